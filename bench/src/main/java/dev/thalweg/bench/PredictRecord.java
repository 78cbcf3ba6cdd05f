package dev.thalweg.bench;

import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/// What a server does: one record or map of iris in, a `Prediction` out, from several threads.
///
/// ```
/// tools/bench/run PredictRecord [THREADS] [MODEL]
/// ```
public final class PredictRecord {

  private static final int CALLS = 50_000;
  private static final int ROUNDS = 7;

  private record Flower(
      double sepal_length_cm,
      double sepal_width_cm,
      double petal_length_cm,
      double petal_width_cm) {}

  private PredictRecord() {}

  /// Prints calls a second, the median of the rounds after the first two.
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
    String model = arguments.length > 1 ? arguments[1] : "mlp(16)";
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(5)
            .fit(
                Models.parse(model, 3),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(1e-2),
                Datasets.named("iris"));
    Flower flower = new Flower(5.1, 3.5, 1.4, 0.2);
    Map<String, Double> map =
        Map.of(
            "sepal_length_cm", 5.1,
            "sepal_width_cm", 3.5,
            "petal_length_cm", 1.4,
            "petal_width_cm", 0.2);
    print("record", threads, _ -> fitted.predict(flower).probability());
    print("map", threads, _ -> fitted.predict(map).probability());
    print("numbers", threads, _ -> fitted.predict(5.1, 3.5, 1.4, 0.2)[0]);
  }

  private static void print(String name, int threads, ToDoubleFunction<Object> call)
      throws InterruptedException, ExecutionException {
    List<Double> rates = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Future<Double>> sums = new ArrayList<>();
        long begin = System.nanoTime();
        for (int t = 0; t < threads; t++) {
          sums.add(
              pool.submit(() -> {
                double sum = 0;
                for (int i = 0; i < CALLS; i++) {
                  sum += call.applyAsDouble(name);
                }
                return sum;
              }));
        }
        for (Future<Double> sum : sums) {
          if (sum.get().isNaN()) {
            throw new IllegalStateException("predictions that are no numbers");
          }
        }
        if (round >= 2) {
          rates.add(1e9 * CALLS * threads / (System.nanoTime() - begin));
        }
      }
    }
    rates.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-20s %,12.0f calls/s on %d threads%n",
        name,
        rates.get(rates.size() / 2),
        threads);
  }
}
