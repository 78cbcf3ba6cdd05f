package dev.thalweg.train;

import dev.thalweg.data.ImageOptions;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Scenes;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A trained model that says where things are on an image, and what they are. Predicting and
/// evaluating are safe from several threads at once.
///
/// ```java
/// var model = Models.parse("conv2d(16, 3, padding=same, activation=relu) | max_pool(8) | conv2d(15, 1)", 0);
/// Detector detector = Detector.fit(Trainer.defaults(), model, Optimizers.adamw(1e-3), scenes);
/// List<Detection> found = detector.predict(images).getFirst();
/// ```
///
/// The network gives a grid of cells that cover the image; each has 5 + classes numbers and answers
/// for the box whose middle lies in it: whether there is one, its middle from that of the cell, its
/// width and height, and its class. A cell says one box at most.
///
/// The loss of a scene is the binary cross-entropy of whether there is a box, summed over the
/// cells, and, over its boxes, 2 (1 − GIoU) of place and size and the cross-entropy of the class.
/// Of boxes that share more than 0.45, the most probable is predicted.
public final class Detector {

  private final Network network;
  private final String data;
  private final ImageShape image;
  private final List<String> classNames;
  private final Engine engine;
  private final Optional<History> history;
  private final BoxGrid grid;

  Detector(
      Network network,
      String data,
      ImageShape image,
      List<String> classNames,
      Engine engine,
      Optional<History> history) {
    this.network = network;
    this.data = data;
    this.image = image;
    this.classNames = List.copyOf(classNames);
    this.engine = engine;
    this.history = history;
    this.grid = BoxGrid.of(network.output(), image, classNames.size());
  }

  /// Trains a fresh network of the model on scenes, by [Trainer#fit(Network, Objective, Optimizer,
  /// BatchSource)]: of the settings epochs, batch size, seed, sampling, patience, engine, callbacks
  /// and conditions count. Scores are the `mean_iou` of [DetectorEvaluation], then
  /// `class_accuracy`, `precision` and `recall`.
  ///
  /// @param model takes images of this size, height×width×channels, and gives cells,
  ///   rows×columns×(5 + classes)
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if the model takes or gives something else, or the trainer
  ///   has a share for validation, which is given by itself
  public static Detector fit(Trainer trainer, Sequential model, Optimizer optimizer, Scenes train) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    return fit(trainer, model, optimizer, train, Optional.empty());
  }

  /// The same, watched on other scenes after each epoch, which is what patience looks at; see
  /// [#fit(Trainer, Sequential, Optimizer, Scenes)].
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException also if they have another size or other classes
  public static Detector fit(
      Trainer trainer, Sequential model, Optimizer optimizer, Scenes train, Scenes validation) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(validation, "validation");
    return fit(trainer, model, optimizer, train, Optional.of(validation));
  }

  private static Detector fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Scenes train,
      Optional<Scenes> validation) {
    trainer.checkUndivided("scenes", "trainer, model, optimizer, train, validation");
    ImageShape image = train.images().shape();
    Network network = model.build(Shape.of(image.dimensions()), trainer.seed());
    BoxGrid grid = BoxGrid.of(network.output(), image, train.classNames().size());
    validation.ifPresent(scenes -> check(scenes, image, train.classNames()));
    History history =
        trainer.fit(
            network,
            new BoxObjective(network, grid),
            optimizer,
            new SceneBatches(train, trainer.sampling(), trainer.batchSize(), trainer.seed()),
            validation.map(scenes -> inOrder(network, scenes)));
    return new Detector(
        network,
        train.name(),
        image,
        train.classNames(),
        trainer.engine().orElseGet(Engine::current),
        Optional.of(history));
  }

  /// Whether a model can be trained on scenes.
  ///
  /// @throws IllegalArgumentException if it takes or gives something else than [#fit] asks for
  public static void check(Sequential model, Scenes scenes) {
    NotNull.check(model, "model");
    NotNull.check(scenes, "scenes");
    ImageShape image = scenes.images().shape();
    BoxGrid.of(model.output(Shape.of(image.dimensions())), image, scenes.classNames().size());
  }

  private static SceneBatches inOrder(Network network, Scenes scenes) {
    return new SceneBatches(scenes, Sampling.SEQUENTIAL, RowsAtOnce.of(network), 0);
  }

  private static void check(Scenes scenes, ImageShape image, List<String> classNames) {
    if (!scenes.images().shape().equals(image)) {
      throw new IllegalArgumentException(
          "%s: expected images of %s, found %s"
              .formatted(scenes.name(), image, scenes.images().shape()));
    }
    if (!scenes.classNames().equals(classNames)) {
      throw new IllegalArgumentException(
          "%s: expected the classes %s, found %s"
              .formatted(
                  scenes.name(),
                  String.join(", ", classNames),
                  String.join(", ", scenes.classNames())));
    }
  }

  /// The network with its weights.
  public Network network() {
    return network;
  }

  /// What it was trained on is called.
  public String data() {
    return data;
  }

  /// The size of the images that it takes.
  public ImageShape image() {
    return image;
  }

  /// How image files are read for it: in their own size, which must be [#image], as boxes are
  /// places on them, and with as many channels.
  public ImageOptions imageOptions() {
    return ImageOptions.asTheyAre().withChannels(image.channels());
  }

  /// The names of the classes, by label.
  public List<String> classNames() {
    return classNames;
  }

  /// What training came to; empty for a model that was loaded.
  public Optional<History> history() {
    return history;
  }

  /// How well it does on scenes, in parts: nothing of the predictions is kept.
  ///
  /// @throws IllegalArgumentException if they have another size or other classes
  public DetectorEvaluation evaluate(Scenes scenes) {
    NotNull.check(scenes, "scenes");
    check(scenes, image, classNames);
    StepScope scope = new StepScope(engine);
    var objective = new BoxObjective(network, grid);
    Training.Watched seen =
        scope.call(() -> Trainer.watched(objective, inOrder(network, scenes), scope));
    Map<String, Double> values = seen.values();
    int boxes = 0;
    for (int row = 0; row < scenes.rows(); row++) {
      boxes += scenes.boxes(row).size();
    }
    return new DetectorEvaluation(
        scenes.rows(),
        boxes,
        seen.loss(),
        values.getOrDefault(BoxPairs.MEAN_IOU, Double.NaN),
        values.getOrDefault(BoxPairs.CLASS_ACCURACY, Double.NaN),
        values.getOrDefault(BoxPairs.PRECISION, Double.NaN),
        values.getOrDefault(BoxPairs.RECALL, Double.NaN));
  }

  /// What is on each image, the most probable first; an empty list where nothing is.
  ///
  /// @throws IllegalArgumentException if the images are of another size
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<List<Detection>> predict(Images images) {
    NotNull.check(images, "images");
    if (!images.shape().equals(image)) {
      throw new IllegalArgumentException(
          "predict: expected images of %s, found %s".formatted(image, images.shape()));
    }
    List<List<Detection>> found = new ArrayList<>();
    int most = RowsAtOnce.of(network);
    StepScope scope = new StepScope(engine);
    for (int from = 0; from < images.rows(); from += most) {
      int count = Math.min(most, images.rows() - from);
      float[] x = new float[count * image.size()];
      for (int i = 0; i < count; i++) {
        images.read(from + i, x, i * image.size());
      }
      Tensor part = Tensor.wrap(TensorBatch.batch(count, network.input()), x);
      float[] numbers = scope.call(() -> scope.silently(() -> network.apply(part))).floats();
      Predicted.finite(numbers, 0, count * grid.cells() * grid.width());
      for (int i = 0; i < count; i++) {
        found.add(grid.boxes(numbers, i * grid.cells() * grid.width()));
      }
      scope.endStep();
    }
    return found;
  }

  /// Writes `model.json` and `weights.safetensors` to a folder, as [FittedModel#save] does.
  ///
  /// @param folder new, empty, or a model's folder, which is replaced
  /// @throws RunException if it can't be written, holds something else, or a layer of your own has
  ///   no name, or that of another
  public void save(Path folder) {
    NotNull.check(folder, "folder");
    RunFolder.save(folder, draft -> draft.write(this));
  }

  /// Reads what [#save] or the command line has written.
  ///
  /// @throws RunException with a sentence if a file is missing, truncated or of something else
  public static Detector load(Path folder) {
    NotNull.check(folder, "folder");
    return load(folder, Known.NOTHING);
  }

  /// Reads what [#save] has written of a model with layers of your own.
  ///
  /// @param known the layers that are given back, by their names
  /// @throws RunException as [#load(Path)], or if one of them is not given back
  public static Detector load(Path folder, Known known) {
    NotNull.check(folder, "folder");
    NotNull.check(known, "known");
    return DetectorFile.read(folder, known);
  }

  /// Whether a run folder has a model of boxes, and not one of one answer a row.
  ///
  /// @throws RunException if it is no run folder
  public static boolean isIn(Path folder) {
    NotNull.check(folder, "folder");
    return DetectorFile.isIn(folder);
  }

  /// The network's summary.
  @Override
  public String toString() {
    return network.summary();
  }
}
