package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import java.util.List;
import java.util.SequencedMap;

/// How parameters move by their gradients: an immutable value, without state.
///
/// Made by [Optimizers] or from a text, changed by `withX` methods, which return another one.
/// [#attach] makes a run, which has the state; any number of runs can be attached to one optimizer
/// and share nothing.
///
/// ```java
/// Optimizer optimizer = Optimizer.parse("adamw(lr=1e-3, weight_decay=0.05)");
/// OptimizerRun run = optimizer.attach(Parameter.of("weights", weights));
/// run.step(gradient);
/// ```
///
/// `toString` is the text form: the rate, and whatever differs from the defaults. It parses to an
/// equal optimizer.
public sealed interface Optimizer permits Sgd, Momentum, Adam, AdamW {

  /// The name in the text form: `adamw`.
  String name();

  /// The values by name, `lr` first.
  SequencedMap<String, Schedule> hyperparameters();

  /// The same optimizer with another constant rate.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  Optimizer withLearningRate(double learningRate);

  /// A run with fresh state.
  ///
  /// @throws IllegalArgumentException if there is no parameter, two have one name, or two share
  ///   their storage
  default OptimizerRun attach(List<Parameter> parameters) {
    return new OptimizerRun(this, UpdateRule.of(this), parameters);
  }

  /// A run with fresh state.
  ///
  /// @throws IllegalArgumentException if there is no parameter, two have one name, or two share
  ///   their storage
  default OptimizerRun attach(Parameter... parameters) {
    return attach(List.of(parameters));
  }

  /// Reads the text form: `adam`, `sgd(0.1)`, `adamw(lr=1e-3, weight_decay=0.01)`.
  ///
  /// The first argument without a name is the rate, the next ones follow in the order of
  /// [Optimizers#hyperparameters]. What is not given has its default. The name may be in any case.
  ///
  /// @throws dev.thalweg.formula.SyntaxException if the text is malformed, names an unknown
  ///   optimizer or hyperparameter (with the nearest known one), or a value is out of its range; a
  ///   caret stands under the culprit
  static Optimizer parse(String text) {
    return OptimizerText.read(Call.parseChain(text));
  }
}
