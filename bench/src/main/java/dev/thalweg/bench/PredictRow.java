package dev.thalweg.bench;

import dev.thalweg.bench.Turns.Quantity;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;

/// One row from Java: `predict(double...)`, beside the way by tensors that many rows take, for a
/// model and a data set.
///
/// ```
/// tools/bench/run PredictRow [MODEL] [DATA]
/// ```
public final class PredictRow {

  private static final int CALLS = 20_000;

  private PredictRow() {}

  /// Prints microseconds a call.
  public static void main(String[] arguments) {
    String model = arguments.length > 0 ? arguments[0] : "mlp(64)";
    Dataset data = Datasets.named(arguments.length > 1 ? arguments[1] : "digits");
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(1)
            .fit(
                Models.parse(model, data.classes()),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(1e-3),
                data);
    float[] row = data.row(0);
    double[] features = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      features[i] = row[i];
    }
    double[] sink = new double[1];
    new Turns()
        .add(
            "predict",
            () -> {
              for (int i = 0; i < CALLS; i++) {
                sink[0] += fitted.predict(features)[0];
              }
            })
        .add(
            "predictRows of one row",
            () -> {
              for (int i = 0; i < CALLS; i++) {
                sink[0] += fitted.predictRows(row)[0];
              }
            })
        .print(model + " on " + data.name(), 30, 51, Quantity.nanosPer("call", CALLS));
    if (Double.isNaN(sink[0])) {
      throw new IllegalStateException("predictions that are no numbers");
    }
  }
}
