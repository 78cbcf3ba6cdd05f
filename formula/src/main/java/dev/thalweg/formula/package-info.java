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
/// test, each written by hand, and no two of them are quite the same. Here they shall come from
/// those three lines: the value number by number in double, the fused loop over `float[]` and
/// `double[]`, the derivative, the mutants that a golden test must find, the LaTeX in the
/// documentation. Several rules in a row (clip, then Adam, then decay) are substitution, and still
/// one loop.
///
/// **What exists today is the outer form of that language: calls.** Optimizers, models, later
/// schedules and stages are named and configured by them, on the command line, in configuration
/// files and in `toString`. Expressions between the parentheses come next; the update rules of
/// `dev.thalweg.optim` are loops by hand until then, behind the interface that compiled formulas
/// will fill.
///
/// # Main types
///
/// - [Call][dev.thalweg.formula.Call]: a name with arguments, `adamw(lr=1e-3)`; has the grammar,
///   the parser and what all readers of calls share.
/// - [CallValue][dev.thalweg.formula.CallValue]: an argument: a number, a word, a constant, a
///   tuple, a call.
/// - [Span][dev.thalweg.formula.Span]: where something stands in its text, so that a later error
///   can still point at it.
/// - [SyntaxException][dev.thalweg.formula.SyntaxException]: one sentence, and a caret under the
///   culprit; the only exception a text can cause.
///
/// # An example
///
/// ```java
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
/// unclosed parenthesis
///   adamw(lr=1e-3
///        ^
/// ```
///
/// # What must not enter
///
/// Names. What `adamw` or `mlp` mean, which arguments they have and in what range, is known by the
/// modules that have them, which hand in their own tables. Nothing here knows a parameter, a tensor
/// or a file.
@NullMarked
package dev.thalweg.formula;

import org.jspecify.annotations.NullMarked;
