package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// Logistic regression on the breast-cancer data, and what its weights say. The features are
/// brought to mean 0 and variance 1, so weights can be compared: one standard deviation more of a
/// feature multiplies the odds p / (1 − p) of the second class by e to the weight, all others being
/// equal.
///
/// They rarely are equal: radius, perimeter and area of a cell measure nearly the same, and the
/// model may share a weight among them in any way. L2 makes it share evenly, and so the weights
/// readable.
///
/// Run it with `examples/run LogisticWeights`.
public final class LogisticWeights {

  private LogisticWeights() {}

  /// A feature and its weight.
  record Weight(String feature, double weight) {
    /// By what the odds are multiplied for one standard deviation more.
    double oddsRatio() {
      return Math.exp(weight);
    }
  }

  /// Weights of a model, the largest first, and how good it is.
  record Explanation(String first, String second, List<Weight> weights, double accuracy) {}

  /// Prints the ten weights that matter most.
  public static void main(String[] arguments) {
    Explanation explanation = explain();
    IO.println(
        "right in %.1f %% of the cases it has not seen".formatted(100 * explanation.accuracy));
    IO.println(
        "one standard deviation more multiplies the odds of '%s' against '%s' by"
            .formatted(explanation.second, explanation.first));
    for (Weight weight : explanation.weights.subList(0, 10)) {
      IO.println(
          "  %-25s weight %6.3f   odds × %.2f"
              .formatted(weight.feature, weight.weight, weight.oddsRatio()));
    }
  }

  /// Trains, and reads the weights.
  static Explanation explain() {
    Split parts = Datasets.named("breast-cancer").split(0.8, 7);
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(60)
            .fit(
                Models.parse("logistic(l2=0.01)", 1),
                Losses.bce(),
                Optimizers.adamw(0.01).withWeightDecay(0),
                parts.train());
    // One output: the logarithm of the odds of the second class.
    float[] values = fitted.network().parameters().getFirst().values().floats();
    List<String> names = parts.train().featureNames();
    List<Weight> weights =
        IntStream.range(0, values.length)
            .mapToObj(i -> new Weight(names.get(i), values[i]))
            .sorted(Comparator.comparingDouble((Weight w) -> Math.abs(w.weight)).reversed())
            .toList();
    List<String> classes = fitted.classNames();
    return new Explanation(
        classes.getFirst(), classes.getLast(), weights, fitted.evaluate(parts.test()).accuracy());
  }
}
