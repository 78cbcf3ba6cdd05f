package dev.thalweg.train;

/// A figure of your own for how well a model does; a lambda is one.
///
/// ```java
/// Metric worst = outcomes -> {
///   double error = 0;
///   for (int row = 0; row < outcomes.rows(); row++) {
///     error = Math.max(error, Math.abs(outcomes.target(row) - outcomes.prediction(row)));
///   }
///   return error;
/// };
/// trainer.withMetric("worst", worst)                       // each epoch, on the validation part
/// fitted.evaluate(data).values().get("worst");             // and in every evaluation after
/// fitted.evaluate(data).metric(worst);                     // or without a name
/// ```
@FunctionalInterface
public interface Metric {

  /// The figure for these predictions.
  double of(Outcomes outcomes);
}
