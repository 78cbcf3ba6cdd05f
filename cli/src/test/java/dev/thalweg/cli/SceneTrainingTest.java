package dev.thalweg.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Datasets;
import dev.thalweg.data.Scenes;
import dev.thalweg.formats.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `digits-scene` from `train` to `predict`, by a network that is small enough for a test.
class SceneTrainingTest {

  private static final String MODEL = "max_pool(4) | conv2d(15, 3, stride=2, padding=same)";

  @TempDir Path place;

  private Path run() {
    return place.resolve("run");
  }

  private Outcome train(String... more) {
    return Outcome.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "digits-scene",
                    "--model",
                    MODEL,
                    "--epochs",
                    "1",
                    "--out",
                    run().toString(),
                    "--quiet"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Map<?, ?> object(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return requireNonNull((Map<?, ?>) Json.parse(outcome.out()));
  }

  @Test
  void scenesAreTrainedOnAndTheRunIsEvaluatedAndRepeated() throws IOException {
    var trained = object(train("--format", "json", "--validation", "0.1", "--patience", "1"));
    assertThat(trained.get("data")).isEqualTo("digits-scene");
    assertThat(trained.get("task")).isEqualTo("detection");
    assertThat(trained.get("train_rows")).isEqualTo(7000L);
    assertThat(trained.get("validation_rows")).isEqualTo(1000L);
    assertThat(trained.get("test_rows")).isEqualTo(2000L);
    for (var figure :
        List.of(
            "mean_iou",
            "class_accuracy",
            "recall",
            "validation_mean_iou",
            "validation_class_accuracy")) {
      assertThat(trained.get(figure))
          .as(figure)
          .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
          .isBetween(0.0, 1.0);
    }
    assertThat(run()).isDirectoryContaining(path -> path.endsWith("config.yaml"));
    assertThat(Files.readString(run().resolve("model.json"))).contains("\"task\": \"detection\"");
    var evaluated = object(Outcome.of("evaluate", run().toString(), "--format", "json"));
    assertThat(evaluated.get("rows")).isEqualTo(2000L);
    assertThat(evaluated.get("loss")).isEqualTo(trained.get("test_loss"));
    for (var figure : List.of("mean_iou", "class_accuracy", "precision", "recall", "boxes")) {
      assertThat(evaluated.get(figure)).isEqualTo(trained.get(figure));
    }
    var again =
        object(
            Outcome.of(
                "train",
                "--config",
                run().resolve("config.yaml").toString(),
                "--out",
                place.resolve("again").toString(),
                "--quiet",
                "--format",
                "json"));
    assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
  }

  @Test
  void boxesArePredictedOnImageFiles() throws IOException {
    object(train("--test", "0", "--format", "json"));
    var scenes = Scenes.pasted("s", Datasets.named("digits"), 0, 2, 4);
    var folder = Files.createDirectory(place.resolve("scenes"));
    for (var row = 0; row < 2; row++) {
      var image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
      var pixels = scenes.images().pixels(row);
      for (var i = 0; i < pixels.length; i++) {
        image.getRaster().setSample(i % 64, i / 64, 0, pixels[i] & 0xff);
      }
      ImageIO.write(image, "png", folder.resolve(row + ".png").toFile());
    }
    var run = run().toString();
    var text = Outcome.of("predict", run, folder.toString());
    assertThat(text.err()).isEmpty();
    assertThat(text.out()).startsWith("file,left,top,right,bottom,prediction,probability\n");
    assertThat(text.out().lines().skip(1))
        .allMatch(line -> line.matches(".*\\.png(,[0-9.]+){4},[0-9],0?[0-9.E-]+"));
    var json = object(Outcome.of("predict", run, folder.toString(), "--format", "json"));
    assertThat(json.get("rows")).isEqualTo(2L);
    var boxes =
        list(json, "predictions").stream()
            .mapToInt(image -> list((Map<?, ?>) requireNonNull(image), "boxes").size())
            .sum();
    assertThat(text.out()).hasLineCount(1 + boxes);
    var file = place.resolve("boxes.csv");
    var written = Outcome.of("predict", run, folder.toString(), "--output", file.toString());
    assertThat(written.out())
        .isEqualTo("%d box%s on 2 images, see %s\n".formatted(boxes, boxes == 1 ? "" : "es", file));
    assertThat(Files.readString(file)).isEqualTo(text.out());
    var small = place.resolve("small.png");
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY), "png", small.toFile());
    refused(
        1,
        small + ": expected images of 64×64, as the model was trained on, found 32×32",
        Outcome.of("predict", run, small.toString()));
    var table = Files.writeString(place.resolve("t.csv"), "a,b\n1,2\n");
    refused(
        2,
        "predict: expected an image file or a folder of them, found %s; %s has a model of boxes"
            .formatted(table, run),
        Outcome.of("predict", run, table.toString()));
    refused(1, "nowhere.png: no such file", Outcome.of("predict", run, "nowhere.png"));
    refused(
        2,
        "--probabilities: is for data with one answer a row, and %s has a model of boxes"
            .formatted(run),
        Outcome.of("predict", run, small.toString(), "--probabilities"));
    refused(2, "kept no scenes for a test", Outcome.of("evaluate", run));
    refused(
        2,
        "evaluate: expected no FILE, found %s; %s has a model of boxes, which is judged by the scenes that the run kept for its test"
            .formatted(table, run),
        Outcome.of("evaluate", run, table.toString()));
  }

  private static void refused(int code, String sentence, Outcome outcome) {
    assertThat(outcome.err()).contains(sentence).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--target; x; --target: is for data with one answer a row, and digits-scene has boxes",
        "--folds; 3; --folds: is for data with one answer a row, and digits-scene has boxes",
        "--loss; mse; --loss: is for data with one answer a row, and digits-scene has boxes",
        "--augment; flip; --augment: is for data with one answer a row, and digits-scene has boxes",
        "--positive; 3; --positive: is for data with one answer a row, and digits-scene has boxes",
        "--size; 32; --size: is for data with one answer a row, and digits-scene has boxes",
        "--scale-target; no; --scale-target: is for data with one answer a row, and digits-scene"
            + " has boxes",
        "--grid; lr=1,2; --grid: is for data with one answer a row, and digits-scene has boxes",
        "--judge; f1; --judge: is for data with one answer a row, and digits-scene has boxes",
        "--validation; 0.9; --test 0.2 --validation 0.9: expected some rows to train on",
        "--model; cnn; --model: boxes: expected a last layer of shape [rows, columns, 15], a box"
            + " and 10 classes for each cell, found [10]",
        "--model; conv2d(15, 65); --model: ",
        "--optimizer; adm; unknown optimizer 'adm' (did you mean 'adam'?)"
      })
  void whatIsNotForBoxesIsRefused(String option, String value, String sentence) {
    var outcome = Outcome.of("train", "digits-scene", "--out", run().toString(), option, value);
    assertThat(outcome.err()).contains(sentence);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run()).doesNotExist();
  }

  @Test
  void aNameThatIsNearlyRightIsAnsweredWithTheNearest() {
    refused(
        2,
        "unknown data set 'digit-scene' (did you mean 'digits-scene'?)",
        Outcome.of("train", "digit-scene", "--out", run().toString()));
  }

  @Test
  void itIsAmongTheDataSets() throws IOException {
    assertThat(Outcome.of("data").out()).containsPattern("digits-scene +10,000 +4,096 +detection");
    var all = requireNonNull((List<?>) Json.parse(Outcome.of("data", "--format", "json").out()));
    assertThat(all.stream().map(SceneTrainingTest::name)).contains("digits-scene").isSorted();
    var sheet = place.resolve("samples.png");
    var told = Outcome.of("data", "digits-scene", "--plot", sheet.toString());
    assertThat(told.err()).isEmpty();
    assertThat(told.out()).contains("one to three, each around a digit");
    assertThat(ImageIO.read(sheet.toFile()).getWidth()).isEqualTo(1600);
  }

  private static String name(@Nullable Object info) {
    return String.valueOf(requireNonNull((Map<?, ?>) info).get("name"));
  }

  private static List<?> list(Map<?, ?> json, String key) {
    return requireNonNull((List<?>) json.get(key));
  }

  @Test
  void aPictureShowsTheBoxes() throws IOException {
    var file = place.resolve("p.png");
    var outcome = train("--test", "0.002", "--plot", file.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("test mean IoU").contains("test class accuracy");
    var image = ImageIO.read(file.toFile());
    // Heading, curves, twice two rows of six scenes, and a row of filters.
    assertThat(image.getHeight())
        .isEqualTo(28 + 3 * 28 + 16 + 620 + 2 * (48 + 4 * 126 + 12) + 48 + 96 + 12);
  }
}
