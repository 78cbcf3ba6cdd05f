package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Box;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.Scenes;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Philox;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTest {

  private static final int SIDE = 16;
  private static final Sequential MODEL =
      Models.parse(
          "conv2d(8, 3, padding=same, activation=relu) | max_pool(2) | conv2d(16, 3, padding=same,"
              + " activation=relu) | max_pool(2) | conv2d(7, 3, padding=same)",
          1);
  private static final Optimizer OPTIMIZER = Optimizers.adam(0.01);

  /// A full or a hollow square on each image.
  private static Scenes squares(int rows, long seed) {
    var random = Philox.of(seed, 0);
    var shape = new ImageShape(SIDE, SIDE, 1);
    var pixels = new byte[rows * shape.size()];
    List<List<Box>> boxes = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int side = 5 + random.below(8L * row, 4);
      int left = random.below(8L * row + 2, SIDE - side + 1);
      int top = random.below(8L * row + 4, SIDE - side + 1);
      int label = random.below(8L * row + 6, 2);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          boolean edge = x == 0 || y == 0 || x == side - 1 || y == side - 1;
          if (label == 0 || edge) {
            pixels[row * shape.size() + (top + y) * SIDE + left + x] = (byte) 255;
          }
        }
      }
      boxes.add(List.of(new Box(left, top, left + side, top + side, label)));
    }
    return Scenes.of("squares", Images.of(shape, pixels), boxes, List.of("full", "hollow"));
  }

  private static Detector trained(int rows, int epochs, Engine engine) {
    return Detector.fit(
        Trainer.defaults().withEpochs(epochs).withSeed(3).withEngine(engine),
        MODEL,
        OPTIMIZER,
        squares(rows, 1));
  }

  @Test
  void boxesAndClassesAreLearned() {
    Detector detector = trained(600, 12, Engine.standard());
    Scenes others = squares(200, 2);
    DetectorEvaluation evaluation = detector.evaluate(others);
    assertThat(evaluation.meanIou()).isGreaterThan(0.7);
    assertThat(evaluation.classAccuracy()).isGreaterThan(0.9);
    assertThat(evaluation.precision()).isGreaterThan(0.85);
    assertThat(evaluation.recall()).isGreaterThan(0.85);
    assertThat(evaluation.rows()).isEqualTo(200);
    assertThat(evaluation.boxes()).isEqualTo(200);
    assertThat(evaluation)
        .asString()
        .matches("loss [0-9.]+, mean IoU 0\\.[0-9]{4}, class accuracy [0-9.]{6} \\(200 scenes\\)");
    // What is predicted is what was judged.
    var scores = new Scores();
    var pairs = new BoxPairs();
    List<List<Detection>> found = detector.predict(others.images());
    for (int row = 0; row < others.rows(); row++) {
      pairs.add(found.get(row), others.boxes(row));
    }
    pairs.addTo(scores);
    assertThat(scores.take().get("mean_iou")).isEqualTo(evaluation.meanIou(), within(1e-12));
    History history = detector.history().orElseThrow();
    assertThat(history.epochs().getLast().score()).isGreaterThan(0.7);
    assertThat(history.epochs().getLast().loss())
        .isLessThan(history.epochs().getFirst().loss() / 3);
  }

  @Test
  void bitsDoNotDependOnThreads() {
    Detector one = trained(70, 2, Engine.of("scalar", 1));
    Detector three = trained(70, 2, Engine.of("scalar", 3));
    assertThat(one.network().sameWeights(three.network())).isTrue();
  }

  @Test
  void validationIsWatchedAndPatienceLooksAtIt() {
    Scenes others = squares(40, 2);
    Detector detector =
        Detector.fit(
            Trainer.defaults().withEpochs(3).withPatience(1),
            MODEL,
            OPTIMIZER,
            squares(70, 1),
            others);
    var epoch = detector.history().orElseThrow().best();
    assertThat(epoch.metrics().sequencedKeySet())
        .containsExactly("mean_iou", "class_accuracy", "precision", "recall");
    DetectorEvaluation evaluation = detector.evaluate(others);
    assertThat(evaluation.loss()).isEqualTo(epoch.validationLoss().orElseThrow());
    assertThat(evaluation.meanIou()).isEqualTo(epoch.validationScore().orElseThrow());
  }

  @Test
  void whatIsSavedPredictsTheSame(@TempDir Path folder) {
    Detector detector = trained(70, 2, Engine.standard());
    Path place = folder.resolve("model");
    detector.save(place);
    assertThat(Detector.isIn(place)).isTrue();
    Detector again = Detector.load(place);
    Images images = squares(20, 5).images();
    assertThat(again.predict(images)).isEqualTo(detector.predict(images));
    assertThat(again.classNames()).containsExactly("full", "hollow");
    assertThat(again.data()).isEqualTo("squares");
    assertThat(again.image()).isEqualTo(new ImageShape(SIDE, SIDE, 1));
    assertThat(again.history()).isEmpty();
  }

  @Test
  void oneKindOfModelIsNotReadAsTheOther(@TempDir Path folder) {
    Path boxes = folder.resolve("boxes");
    trained(40, 1, Engine.standard()).save(boxes);
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> FittedModel.load(boxes))
        .withMessage(
            boxes.resolve("model.json")
                + ": task: expected classification or regression, found detection;"
                + " Detector.load reads a model of boxes");
    Path rows = folder.resolve("rows");
    var data =
        Dataset.classification(
            new double[][] {{1, 2}, {3, 4}, {5, 7}, {8, 9}}, new int[] {0, 1, 0, 1});
    Trainer.defaults()
        .withEpochs(1)
        .fit(Models.linear(2), Losses.softmaxCrossEntropy(), OPTIMIZER, data)
        .save(rows);
    assertThat(Detector.isIn(rows)).isFalse();
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> Detector.load(rows))
        .withMessage(
            rows.resolve("model.json")
                + ": task: expected detection, found classification; FittedModel.load reads a model"
                + " of one answer a row");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> Detector.isIn(folder.resolve("none")))
        .withMessage(folder.resolve("none") + ": no such run folder");
  }

  @Test
  void weightsOfAnotherModelAreRefused(@TempDir Path folder) throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    trained(40, 1, Engine.standard()).save(one);
    trained(40, 2, Engine.standard()).save(other);
    Files.copy(
        other.resolve(RunFolder.WEIGHTS),
        one.resolve(RunFolder.WEIGHTS),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> Detector.load(one))
        .withMessageStartingWith(one.resolve(RunFolder.WEIGHTS).toString());
    Path json = other.resolve(RunFolder.MODEL);
    Files.writeString(json, Files.readString(json).replace("\"hollow\"", "\"hollow\", \"third\""));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> Detector.load(other))
        .withMessage(
            json
                + ": boxes: expected a last layer of shape [rows, columns, 8], a box and 3 classes"
                + " for each cell, found [4, 4, 7]");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Scenes scenes = squares(40, 1);
    Trainer trainer = Trainer.defaults().withEpochs(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.fit(trainer, Models.parse("conv2d(6, 3)", 1), OPTIMIZER, scenes))
        .withMessage(
            "boxes: expected a last layer of shape [rows, columns, 7], a box and 2 classes for each"
                + " cell, found [14, 14, 6]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.fit(trainer.withValidation(0.2), MODEL, OPTIMIZER, scenes))
        .withMessageStartingWith("withValidation: expected data to divide, found scenes");
    var larger = new ImageShape(20, 20, 1);
    Detector detector = Detector.fit(trainer, MODEL, OPTIMIZER, scenes);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> detector.predict(Images.of(larger, new byte[400])))
        .withMessage("predict: expected images of 16×16, found 20×20");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            detector.evaluate(
                Scenes.of(
                    "large", Images.of(larger, new byte[400]), List.of(List.of()), List.of("a"))))
        .withMessage("large: expected images of 16×16, found 20×20");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            detector.evaluate(
                Scenes.of(
                    "odd",
                    Images.of(new ImageShape(16, 16, 1), new byte[256]),
                    List.of(List.of()),
                    List.of("full", "round"))))
        .withMessage("odd: expected the classes full, hollow, found full, round");
  }

  @Test
  void imagesWithoutBoxesTrainToo() {
    Scenes some = squares(40, 1);
    List<List<Box>> none = IntStream.range(0, 40).mapToObj(row -> List.<Box>of()).toList();
    Scenes empty = Scenes.of("empty", some.images(), none, some.classNames());
    Detector detector = Detector.fit(Trainer.defaults().withEpochs(6), MODEL, OPTIMIZER, empty);
    DetectorEvaluation evaluation = detector.evaluate(empty);
    assertThat(evaluation.loss()).isLessThan(1);
    assertThat(evaluation.boxes()).isZero();
    assertThat(evaluation.meanIou()).isNaN();
    assertThat(detector.predict(empty.images())).allMatch(List::isEmpty);
  }
}
