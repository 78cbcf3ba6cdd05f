package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// A table in memory to a model that predicts: train, judge, save, load, predict.
///
/// Run it with `examples/run IrisInMemory`.
public final class IrisInMemory {

  private IrisInMemory() {}

  /// What the example finds out.
  ///
  /// @param evaluation on the flowers that were not trained on
  /// @param species the name of the most probable class of a flower
  /// @param probability of that class, by the model that was loaded
  record Result(Evaluation evaluation, String species, double probability) {}

  /// Saves the model to a temporary folder and prints what it predicts.
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("iris").resolve("model");
    Result result = run(folder);
    IO.println("flowers it has not seen: " + result.evaluation());
    IO.println(
        "a flower of 5.1, 3.5, 1.4, 0.2 cm: %s, with probability %.3f"
            .formatted(result.species(), result.probability()));
    IO.println("the model is in " + folder);
  }

  /// Trains on three quarters of the flowers and saves the model to a folder.
  static Result run(Path folder) {
    double[][] measures = measures();
    int[] species = Datasets.named("iris").labels();

    Split iris = Dataset.classification(measures, species).withName("iris").split(0.75, 3);
    Sequential model = Sequential.of(Layers.dense(16, Activation.TANH), Layers.dense(3));
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(60)
            .withBatchSize(16)
            .withSeed(3)
            .fit(model, Losses.softmaxCrossEntropy(), Optimizers.adam(0.01), iris.train());

    fitted.save(folder);
    FittedModel loaded = FittedModel.load(folder);
    double[] probabilities = loaded.predict(5.1, 3.5, 1.4, 0.2);
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    String name = List.of("setosa", "versicolor", "virginica").get(best);
    return new Result(fitted.evaluate(iris.test()), name, probabilities[best]);
  }

  /// Sepal length and width, petal length and width in cm; in a program of yours, your own numbers.
  private static double[][] measures() {
    Dataset iris = Datasets.named("iris");
    double[][] rows = new double[iris.rows()][iris.features()];
    for (int i = 0; i < rows.length; i++) {
      float[] row = iris.row(i);
      Arrays.setAll(rows[i], j -> row[j]);
    }
    return rows;
  }
}
