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
/// - [Optimizer][dev.thalweg.optim.Optimizer]: an immutable value: a record of hyperparameters that
///   checks itself, prints as one line and is parsed from it. Made by
///   [Optimizers][dev.thalweg.optim.Optimizers], where the defaults and their sources are found
///   too.
/// - [OptimizerRun][dev.thalweg.optim.OptimizerRun]: an optimizer attached to parameters: slots,
///   step counter, and `step`. Its state is read, saved and restored by name as an
///   [OptimizerState][dev.thalweg.optim.OptimizerState].
/// - [Schedule][dev.thalweg.optim.Schedule]: a hyperparameter as a pure function of the step.
/// - [MomentumForm][dev.thalweg.optim.MomentumForm]: a convention as a type. The same name means
///   different formulas in different libraries, so what an optimizer computes is said by its type,
///   never by a hidden constant.
///
/// # The optimizers
///
/// | text | update, t = 1, 2, … | defaults |
/// |---|---|---|
/// | `sgd` | θ ← θ − αg | lr 0.01 |
/// | `momentum` | v ← βv + g; θ ← θ − αv | lr 0.01, momentum 0.9 |
/// | `adam` | m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − α m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε) | lr 1e-3, beta1 0.9, beta2 0.999, epsilon 1e-8 |
/// | `adamw` | m, v as in `adam`; θ ← θ − α (m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε) + λθ) | as `adam`, weight_decay 0.01 |
///
/// They are checked against trajectories of Optax 0.2.8 (`tools/golden/optimizers.py`) to 1e-12 in
/// F64 and 1e-5 in F32, and the check is checked by wrong rules that it has to find.
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
/// # How a step runs
///
/// An update rule says which slots it wants, computes in double what depends on the step alone, and
/// has one fused loop for `float[]` and one for `double[]`. The run lays all parameters end to end
/// and cuts them for the threads of the engine. No rule here sums over numbers, so that the cut
/// changes no bit. After the loops, while the arrays are in cache, F32 state that is about to
/// become denormal is cleared every few steps. The loops are written by hand today; compiled
/// formulas will take their place behind the same interface.
///
/// # What must not enter
///
/// Tensors, layers, losses, files; the computing of gradients; loops over epochs. State that is not
/// in a slot under a name, since it would be lost in a checkpoint.
@NullMarked
package dev.thalweg.optim;

import org.jspecify.annotations.NullMarked;
