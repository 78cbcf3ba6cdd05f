package dev.thalweg.optim;

import java.util.SequencedMap;

/// Gradient descent with momentum, in the trace form unless another is chosen:
///
/// v ← βv + g; θ ← θ − αv, v beginning at 0.
///
/// Polyak, "Some methods of speeding up the convergence of iteration methods", 1964. With β = 0 it
/// is [Sgd].
///
/// @param learningRate α, in (0, ∞); text `lr`, default 0.01
/// @param momentum β, in [0, 1); text `momentum`, default 0.9
/// @param form where the rate stands; [MomentumForm#TRACE] by default
public record Momentum(Schedule learningRate, Schedule momentum, MomentumForm form)
    implements Optimizer {
  private static final OptimizerKind KIND = OptimizerKind.MOMENTUM;

  /// @throws IllegalArgumentException if a value is out of its range
  public Momentum {
    KIND.check(learningRate, momentum);
  }

  @Override
  public Momentum withLearningRate(double learningRate) {
    return new Momentum(Schedule.constant(learningRate), momentum, form);
  }

  /// The same with another β.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1)
  public Momentum withMomentum(double momentum) {
    return new Momentum(learningRate, Schedule.constant(momentum), form);
  }

  /// The same in another form.
  public Momentum withForm(MomentumForm form) {
    return new Momentum(learningRate, momentum, form);
  }

  @Override
  public String name() {
    return KIND.text();
  }

  @Override
  public SequencedMap<String, Schedule> hyperparameters() {
    return OptimizerText.byName(KIND, learningRate, momentum);
  }

  /// The text form: `momentum(lr=0.01)`, `momentum(lr=0.01, momentum=0.99)`.
  @Override
  public String toString() {
    return OptimizerText.print(KIND, this);
  }
}
