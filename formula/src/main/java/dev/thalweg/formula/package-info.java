/// A rule is its formula: the language in which update rules, activations and functions to minimise
/// are written once, as their papers print them, and everything else is derived from that text.
///
/// # What it is for
///
/// An optimizer like Adam is three lines in its paper:
///
/// ```
/// m = lerp(m, g, 1 - beta1)
/// v = lerp(v, g^2, 1 - beta2)
/// p -= lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
/// ```
///
/// In most libraries it is also a fast kernel, a slow reference, a page of documentation and a
/// test, each written by hand, and no two of them are quite the same. Here they come from those
/// three lines: the value number by number in double, the derivative, the fused loops over
/// `float[]` and `double[]`, the LaTeX in the documentation, and in tests the mutants that golden
/// values must find. Several rules in a row (clip, then Adam, then decay) are substitution.
///
/// Around the formulas stand **calls**: `adamw(lr=1e-3)`. Optimizers, models, schedules and stages
/// are named and configured by them, on the command line, in configuration files and in `toString`.
///
/// # How a formula becomes something else
///
/// Everything is a walk over one graph, whose equal parts are one node. `Sharing` makes the nodes,
/// each different one once; `Order` lists them, inputs first. No walk recurses, so depth is no
/// limit but the parser's, and each costs as much as the graph is large, however long its text
/// would be.
///
/// 1. `Tokens` and `ExpressionParser` read it; `Sugar` writes out `lerp` and its like.
/// 2. `Derivative` applies the chain rule, from below for one variable or from above for all.
/// 3. `Simplifier` folds constants and, with `Sums` and `Products`, collects like terms and
///    factors, but only where that hides no missing value: `Signs` knows what can't be zero or
///    negative.
/// 4. `Evaluator` runs it in double as [Operator#apply][dev.thalweg.formula.Operator#apply]
///    defines: what every faster form of it is held against.
/// 5. `ExpressionPrinter` and `LatexPrinter` write it down.
///
/// Numbers are double, and what is computed is what is written: the parser reorders nothing, and
/// only `simplified()` and `derivative()` simplify. Classes on the way from a text to its first
/// value are plain: no pattern switch, no lambda, no record as a key, each of which costs tens of
/// milliseconds in a new process.
///
/// # Main types
///
/// - [Expression][dev.thalweg.formula.Expression]: a formula, a graph of
///   [operators][dev.thalweg.formula.Operator]; has the grammar.
/// - [Formula][dev.thalweg.formula.Formula]: a function to minimise, with gradient and Hessian.
/// - [Program][dev.thalweg.formula.Program]: the assignments of an update rule.
/// - [Evaluator][dev.thalweg.formula.Evaluator]: formulas prepared for many points.
/// - [Call][dev.thalweg.formula.Call]: a name with arguments, `adamw(lr=1e-3)`; has the grammar,
///   the parser and what all readers of calls share.
/// - [CallValue][dev.thalweg.formula.CallValue]: an argument: a number, a word, a constant, a
///   tuple, a call.
/// - [Span][dev.thalweg.formula.Span]: where something stands in its text, so that a later error
///   can still point at it.
/// - [SyntaxException][dev.thalweg.formula.SyntaxException]: one sentence, and a caret under the
///   culprit; the only exception a text can cause.
///
/// # Examples
///
/// ```java
/// Formula f = Formula.parse("x * theta - log(theta)");
/// f.derivative("theta");                       // x - 1 / theta
/// f.complaint(new double[] {1, -0.3});         // log(theta): theta is -0.3
///
/// Program rule = Program.parse("m = lerp(m, g, 0.1); p -= lr * sign(m)");
/// rule.results().get("p");                     // p - lr * sign(m + 0.1 * (g - m))
///
/// Call call = Call.parse("mlp(128, 64, activation=relu)");
/// call.requireNamed("argument of mlp", List.of("activation", "dropout"));
/// for (CallValue units : call.positional()) {
///   add(units.asInt("mlp: units"));            // 128, 64
/// }
/// call.named("activation").map(value -> value.asWord("mlp: activation"));   // relu
/// ```
///
/// and of a text that is none:
///
/// ```
/// expected an operator before 'x'; to multiply, write *
///   2x
///    ^
/// ```
///
/// # What must not enter
///
/// Names. What `adamw` or `mlp` mean, which arguments they have and in what range, is known by the
/// modules that have them, which hand in their own tables; of the names in a program only `t`, `g`
/// and `p` are known, and to `LatexNames` what papers call the others. Nothing here knows a
/// parameter, a tensor or a file.
@NullMarked
package dev.thalweg.formula;

import org.jspecify.annotations.NullMarked;
