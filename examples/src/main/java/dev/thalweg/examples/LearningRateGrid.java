package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// Which learning rate? Each of a grid is judged by five-fold cross-validation on the wines, with
/// three seeds, and the table says how much of a difference is chance.
///
/// Run it with `examples/run LearningRateGrid`.
public final class LearningRateGrid {

  private static final int FOLDS = 5;
  private static final int SEEDS = 3;

  private LearningRateGrid() {}

  /// A learning rate and what it came to.
  ///
  /// @param accuracy on rows that were not trained on, mean over seeds; 0 where training diverged
  /// @param spread the standard deviation over seeds
  /// @param loss on these rows
  record Row(double learningRate, double accuracy, double spread, double loss) {}

  /// Prints the table, the best first.
  public static void main(String[] arguments) {
    IO.println("learning rate  accuracy  ± over seeds    loss");
    for (Row row : search(30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)) {
      IO.println(
          "%13s  %8.4f  %12.4f  %6.3f"
              .formatted(row.learningRate, row.accuracy, row.spread, row.loss));
    }
  }

  /// One row for each learning rate, the most accurate first, of equal ones that of smaller loss.
  static List<Row> search(double... learningRates) {
    return Arrays.stream(learningRates)
        .mapToObj(LearningRateGrid::row)
        .sorted(Comparator.comparingDouble(Row::accuracy).reversed().thenComparingDouble(Row::loss))
        .toList();
  }

  private static Row row(double learningRate) {
    double[] accuracies = new double[SEEDS];
    double loss = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      for (Split fold : Datasets.named("wine").folds(FOLDS, seed)) {
        try {
          Evaluation tested =
              Trainer.defaults()
                  .withEpochs(10)
                  .withSeed(seed)
                  .fit(
                      Models.parse("mlp(16)", 3),
                      Losses.softmaxCrossEntropy(),
                      Optimizers.sgd(learningRate),
                      fold.train())
                  .evaluate(fold.test());
          accuracies[seed] += tested.accuracy() / FOLDS;
          loss += tested.loss() / (FOLDS * SEEDS);
        } catch (DivergedException diverged) {
          loss = Double.POSITIVE_INFINITY;
        }
      }
    }
    double mean = Arrays.stream(accuracies).average().orElseThrow();
    double squares = Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).sum();
    return new Row(learningRate, mean, Math.sqrt(squares / (SEEDS - 1)), loss);
  }
}
