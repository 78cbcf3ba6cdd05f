/// How parameters move by their gradients: optimizers as values, runs with named state, update
/// rules at the speed of memory.
///
/// # What it is for
///
/// Given arrays of parameters and, step by step, arrays of gradients, wherever they come from: a
/// trainer, another framework, a formula, a file. Nothing else of Thalweg is needed.
///
/// # Main types
///
/// - [Parameter][dev.thalweg.optim.Parameter]: a name and the array that is moved, the user's own.
/// - [Optimizer][dev.thalweg.optim.Optimizer]: an immutable value: a chain of stages, one of them
///   the rule, that checks itself, prints as one line and is parsed from it. Made by
///   [Optimizers][dev.thalweg.optim.Optimizers], or as other libraries compute it by
///   [Torch][dev.thalweg.optim.Torch], [Keras][dev.thalweg.optim.Keras] and
///   [Optax][dev.thalweg.optim.Optax].
/// - [OptimizerRun][dev.thalweg.optim.OptimizerRun]: an optimizer attached to parameters: slots,
///   step counter, and `step`, with gradients or with what gives them. Its state is read, saved and
///   restored by name as an [OptimizerState][dev.thalweg.optim.OptimizerState].
/// - [Schedule][dev.thalweg.optim.Schedule]: a hyperparameter as a pure function of the step.
/// - [MomentumForm][dev.thalweg.optim.MomentumForm],
///   [EpsilonPlace][dev.thalweg.optim.EpsilonPlace], [DecayForm][dev.thalweg.optim.DecayForm],
///   [BiasCorrection][dev.thalweg.optim.BiasCorrection], [Boundary][dev.thalweg.optim.Boundary]:
///   conventions as types. The same name means different formulas in different libraries, so what
///   an optimizer computes is said by its settings, never by a hidden constant.
/// - [Minimizer][dev.thalweg.optim.Minimizer]: an optimizer down a function in double precision.
///
/// # A rule is its formula
///
/// A method is a file (`rule/Lion.java`): a name, arguments with ranges and defaults, and a formula
/// as its paper prints it; [Optimizer#formula][dev.thalweg.optim.Optimizer#formula] shows the one
/// that the settings make:
///
/// ```
/// m = m + (1 - beta1) * (g - m)
/// v = v + (1 - beta2) * (g^2 - v)
/// p = p - lr * (m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + weight_decay * p)
/// ```
///
/// `dev.thalweg.formula` makes the fused loop from that text, and a chain is its stages' formulas
/// one after the other: still one loop, but for norms, which need a pass before. The loops of the
/// most common rules are compiled when the project is built, and how they are carried out is
/// written down with them, so that attaching one reads no formula; those of a user's own rule are
/// made when it is attached.
///
/// Every rule is checked against trajectories of executed PyTorch 2.15.0, Keras 3.15.1 and Optax
/// 0.2.8, or of a program with 50 digits (`tools/golden`), to 1e-12 in F64 and 1e-5 in F32.
///
/// # An example
///
/// ```java
/// float[] weights = {1, 2, 3};
/// var run = adamw(1e-3).withWeightDecay(0.05).attach(Parameter.of("weights", weights));
/// run.step(new float[] {0.5f, 0, -0.5f});       // weights have moved
/// OptimizerState saved = run.state();           // "weights.m", "weights.v", 1 step
/// ```
///
/// # Functions of whole arrays
///
/// A formula may call a function of a whole array, which is plain Java over matrix products:
///
/// ```
/// m = lerp(m, g, 1 - momentum)
/// u = newton_schulz(m / norm(m), 5, 3.4445, -4.775, 2.0315)
/// p -= lr * sqrt(max(1, columns / rows)) * u
/// ```
///
/// Such a call ends a pass over the data, as a norm does: what it takes is put into an array, the
/// function is called for each parameter, and what stands behind it goes on from its result. A
/// function (`matrix/NewtonSchulz.java`) may keep state, which is in the snapshot under its name.
///
/// # Groups
///
/// What is otherwise for some parameters (`for rank<2: weight_decay=0`) makes parts of a run, each
/// with a plan of its own for its parameters. Stages before the rule that need a number over all
/// parameters, such as a global norm, are a part in front of the others.
///
/// # Formulas around others, and steps that ask
///
/// A stage whose formula has `…` is around all that follow it: `lookahead`, averages of weights.
/// One with `g = gradient(p)` asks for the gradient where the parameter is then, and a formula may
/// read `value`, what is minimised where the step begins:
///
/// ```
/// start = p
/// p += rho * g / (global_norm(g) + epsilon)
/// g = gradient(p)
/// p = start
/// ```
///
/// A chain is cut where it asks; each segment is a program with loops of its own, and what one
/// assigns and a later one reads is a slot of both, which no snapshot has. Such a run is stepped
/// with a [GradientFunction][dev.thalweg.optim.GradientFunction]; whatever goes wrong while that is
/// asked, parameters and state are as they were.
///
/// # How a step runs
///
/// What is the same for all elements is computed once, in double: hyperparameters by their
/// schedules, corrections of the step, norms. The run lays all parameters end to end and cuts them
/// for the threads of the engine; sums are taken over fixed blocks in a fixed order, so that no cut
/// changes a bit. After the loops, while the arrays are in cache, F32 state that is about to become
/// denormal is cleared every few steps. A gradient with a NaN or an infinity fails the step before
/// anything has moved, unless the optimizer says otherwise.
///
/// # Gradients of few rows
///
/// A gradient may say in which rows it has numbers ([Values#usedRows][dev.thalweg.kernels.Values]),
/// all others being +0: that of an embedding. Whether the step's loop then leaves parameter and
/// slots of the others as they are is concluded from its operations and the numbers of the step
/// ([AtZero][dev.thalweg.kernels.loop.AtZero]): `p − lr · 0` is p, `0.9 · m + 0.1 · 0` is not m. If
/// so, the loop runs over the rows that are named, sums leave out what is 0 but keep its place, and
/// a row is cleared as long as clearing it changes something; so the bits are those of a step that
/// knows nothing of rows. `lazy` makes a rule of any other that rests so.
///
/// # What must not enter
///
/// Tensors, layers, losses, files; the computing of gradients; loops over epochs. State that is not
/// in a slot under a name, since it would be lost in a checkpoint.
@NullMarked
package dev.thalweg.optim;

import org.jspecify.annotations.NullMarked;
