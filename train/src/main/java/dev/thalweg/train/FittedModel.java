package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A trained model with everything it takes to predict: weights, the scaling fitted on its training
/// data, class names. Predicting and evaluating are safe from several threads at once.
public final class FittedModel {

  private final Network network;
  private final Loss loss;
  private final Preprocessing preprocessing;
  private final Engine engine;
  private final Optional<History> history;

  FittedModel(
      Network network,
      Loss loss,
      Preprocessing preprocessing,
      Engine engine,
      Optional<History> history) {
    this.network = network;
    this.loss = loss;
    this.preprocessing = preprocessing;
    this.engine = engine;
    this.history = history;
  }

  /// The network with its weights.
  public Network network() {
    return network;
  }

  /// The loss that it was trained on.
  public Loss loss() {
    return loss;
  }

  /// What it knows of its training data.
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /// What training came to; empty for a model that was loaded.
  public Optional<History> history() {
    return history;
  }

  /// The names of the classes, in the order of the probabilities; empty in a regression.
  public List<String> classNames() {
    return preprocessing.classNames();
  }

  /// This model on another engine.
  public FittedModel withEngine(Engine other) {
    return new FittedModel(network, loss, preprocessing, other, history);
  }

  /// How well the model does on these data, which are as they came, not scaled.
  ///
  /// @throws IllegalArgumentException if they have another number of features or another task
  public Evaluation evaluate(Dataset data) {
    Dataset scaled = preprocessing.apply(data);
    StepScope scope = new StepScope(engine);
    return scope.call(() -> Evaluator.evaluate(network, loss, scaled, scope));
  }

  /// The prediction for one sample: the probability of each class, or the number.
  ///
  /// @param features as they came, not scaled
  /// @throws IllegalArgumentException if there is not one number for each feature
  public double[] predict(double... features) {
    if (features.length != preprocessing.features()) {
      throw new IllegalArgumentException(
          "predict: expected " + preprocessing.features() + " features, found " + features.length);
    }
    float[] x = new float[features.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) features[i];
    }
    return predict(x, 1).toDoubles();
  }

  /// The predictions for many samples: for each the probability of each class, or the number.
  ///
  /// @param features row after row, as they came, not scaled
  /// @return row after row
  /// @throws IllegalArgumentException if their number is no multiple of the number of features
  public float[] predictRows(float[] features) {
    int width = preprocessing.features();
    if (features.length % width != 0) {
      throw new IllegalArgumentException(
          "predict: expected a multiple of " + width + " numbers, found " + features.length);
    }
    int outputs = network.output().size();
    int rows = features.length / width;
    float[] predictions = new float[rows * outputs];
    int part = 1024;
    for (int from = 0; from < rows; from += part) {
      int count = Math.min(part, rows - from);
      float[] x = new float[count * width];
      System.arraycopy(features, from * width, x, 0, x.length);
      System.arraycopy(predict(x, count).floats(), 0, predictions, from * outputs, count * outputs);
    }
    return predictions;
  }

  /// Scales x in place and applies the network.
  private Tensor predict(float[] x, int rows) {
    preprocessing.standardizer().ifPresent(s -> s.apply(x, 0, rows));
    Tensor batch = Tensor.wrap(Shape.of(rows, preprocessing.features()), x);
    return engine.call(() ->
        Gradients.off(() -> {
          Tensor y = network.apply(batch);
          return preprocessing.task() == Task.CLASSIFICATION ? y.softmax() : y;
        }));
  }

  /// Writes `model.json` and `weights.safetensors` to a folder, beside it first and then renamed:
  /// the folder is complete or not there.
  ///
  /// @param folder new, empty, or a model's folder, which is replaced
  /// @throws RunException if it can't be written, holds something else, or a layer has no text form
  public void save(Path folder) {
    try (RunFolder draft = RunFolder.create(folder)) {
      draft.write(this).commit();
    }
  }

  /// Reads what [#save] or the command line has written.
  ///
  /// @throws RunException with a sentence if a file is missing, truncated or of something else
  public static FittedModel load(Path folder) {
    return ModelFile.read(folder);
  }

  /// The network's summary.
  @Override
  public String toString() {
    return network.summary();
  }
}
