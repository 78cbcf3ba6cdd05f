package dev.thalweg.optim;

import static dev.thalweg.optim.Hyperparameter.Range.FRACTION;
import static dev.thalweg.optim.Hyperparameter.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.Hyperparameter.Range.POSITIVE;

import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The table of the optimizers: their names, and every default with its source.
///
/// Rates: no paper gives one that fits all. 1e-3 is what Kingma & Ba (2015) suggest for Adam; 0.01
/// for plain and momentum descent is this library's choice and Keras' (PyTorch has 1e-3, Optax
/// none).
enum OptimizerKind {
  /// θ ← θ − αg
  SGD(new Hyperparameter("lr", 0.01, POSITIVE, "this library's; Keras 3 `SGD`")) {
    @Override
    Optimizer make(List<Schedule> values) {
      return new Sgd(values.get(0));
    }
  },

  /// Descent with a buffer of past gradients
  MOMENTUM(
      new Hyperparameter("lr", 0.01, POSITIVE, "this library's; Keras 3 `SGD`"),
      new Hyperparameter("momentum", 0.9, FRACTION, "Krizhevsky et al. 2012; common practice")) {
    @Override
    Optimizer make(List<Schedule> values) {
      return new Momentum(values.get(0), values.get(1), MomentumForm.TRACE);
    }
  },

  /// Kingma & Ba 2015
  ADAM(
      new Hyperparameter("lr", 1e-3, POSITIVE, "Kingma & Ba 2015, algorithm 1"),
      new Hyperparameter("beta1", 0.9, FRACTION, "Kingma & Ba 2015, algorithm 1"),
      new Hyperparameter("beta2", 0.999, FRACTION, "Kingma & Ba 2015, algorithm 1"),
      new Hyperparameter("epsilon", 1e-8, POSITIVE, "Kingma & Ba 2015, algorithm 1")) {
    @Override
    Optimizer make(List<Schedule> values) {
      return new Adam(values.get(0), values.get(1), values.get(2), values.get(3));
    }
  },

  /// Loshchilov & Hutter 2019
  ADAMW(
      new Hyperparameter("lr", 1e-3, POSITIVE, "Loshchilov & Hutter 2019, algorithm 2"),
      new Hyperparameter("beta1", 0.9, FRACTION, "Loshchilov & Hutter 2019, algorithm 2"),
      new Hyperparameter("beta2", 0.999, FRACTION, "Loshchilov & Hutter 2019, algorithm 2"),
      new Hyperparameter("epsilon", 1e-8, POSITIVE, "Loshchilov & Hutter 2019, algorithm 2"),
      new Hyperparameter(
          "weight_decay", 0.01, NOT_NEGATIVE, "PyTorch `AdamW`; the paper has none")) {
    @Override
    Optimizer make(List<Schedule> values) {
      return new AdamW(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
    }
  };

  /// Immutable, though its type can't say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Hyperparameter> hyperparameters;

  OptimizerKind(Hyperparameter... hyperparameters) {
    this.hyperparameters = List.of(hyperparameters);
  }

  /// The optimizer with these values, in the order of [#hyperparameters].
  abstract Optimizer make(List<Schedule> values);

  /// What can be set, `lr` first.
  List<Hyperparameter> hyperparameters() {
    return hyperparameters;
  }

  /// The optimizer with a rate, everything else as in the table.
  Optimizer withDefaults(double learningRate) {
    var values = new ArrayList<Schedule>();
    for (Hyperparameter hyperparameter : hyperparameters) {
      values.add(Schedule.constant(hyperparameter.defaultValue()));
    }
    values.set(0, Schedule.constant(learningRate));
    return make(values);
  }

  /// Checks what can be checked before a step: constants. In the order of [#hyperparameters].
  ///
  /// @throws IllegalArgumentException naming the first that is out of its range
  void check(Schedule... values) {
    for (int i = 0; i < values.length; i++) {
      var complaint = hyperparameters.get(i).complaint(text(), values[i].at(0));
      if (complaint.isPresent()) {
        throw new IllegalArgumentException(complaint.get());
      }
    }
  }

  /// The name in the text form.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<OptimizerKind> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(kind -> kind.text().equals(lower)).findFirst();
  }

  /// The sentence about a name that is none of them.
  static String unknown(String name) {
    return Nearest.sentence("optimizer", CallValue.shortened(name), names());
  }

  static List<String> names() {
    return Arrays.stream(values()).map(OptimizerKind::text).toList();
  }
}
