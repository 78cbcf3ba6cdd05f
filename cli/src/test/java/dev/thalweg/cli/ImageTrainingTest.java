package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Image files from `train` to `predict`.
class ImageTrainingTest {

  @TempDir Path place;

  /// Bars that lie or stand, with noise: 12 of each class.
  private Path bars(String name, int width, int height) {
    Random random = new Random(1);
    for (int i = 0; i < 24; i++) {
      boolean lying = i % 2 == 0;
      var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      int at = 2 + random.nextInt(Math.min(width, height) - 4);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int level = random.nextInt(60) + ((lying ? y : x) == at ? 180 : 0);
          image.getRaster().setSample(x, y, 0, level);
        }
      }
      Path file = place.resolve(name).resolve(lying ? "lying" : "standing").resolve(i + ".png");
      try {
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return place.resolve(name);
  }

  private static Outcome run(Object... words) {
    String[] line = new String[words.length];
    for (int i = 0; i < line.length; i++) {
      line[i] = words[i].toString();
    }
    return Outcome.of(line);
  }

  private String trained(Path folder, String... more) {
    String[] words = {
      "train",
      folder.toString(),
      "--model",
      "mlp(16)",
      "--epochs",
      "2",
      "--out",
      place.resolve("run").toString(),
      "--format",
      "json"
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Outcome outcome = Outcome.of(all);
    assertThat(outcome.err()).isEmpty();
    return outcome.out();
  }

  private static String weights(String json) {
    return json.replaceFirst("(?s).*\"weights_sha256\":\"", "").substring(0, 64);
  }

  @Test
  void aFolderOfImagesTrainsAndTheRunPredictsFilesAndFolders() throws IOException {
    Path folder = bars("bars", 10, 10);
    String weights = weights(trained(folder, "--augment", "flip | shift(1)"));
    Path run = place.resolve("run");
    assertThat(Files.readString(run.resolve("model.json")))
        .contains("\"image\": [10,10,1]")
        .doesNotContain("pixel_");
    assertThat(run("evaluate", run, folder).out()).contains("24 rows").contains("lying");
    assertThat(run("evaluate", run).out()).contains("the run's test part");
    Path file = folder.resolve("lying/0.png");
    assertThat(run("predict", run, file).out())
        .startsWith("file,prediction,probability\n" + file + ",")
        .hasLineCount(2);
    assertThat(run("predict", run, folder, "--format", "json").out()).contains("\"rows\":24");
    // The run's own configuration repeats it to the bit.
    Outcome again =
        run(
            "train",
            "--config",
            run.resolve("config.yaml"),
            "--out",
            place.resolve("again"),
            "--format",
            "json");
    assertThat(weights(again.out())).isEqualTo(weights);
    assertThat(weights(trained(folder))).isNotEqualTo(weights);
  }

  @Test
  void imagesOfAnotherSizeAreBroughtToTheModels() {
    trained(bars("bars", 10, 10));
    Path larger = bars("larger", 20, 30);
    assertThat(run("predict", place.resolve("run"), larger).out()).hasLineCount(25);
    assertThat(run("evaluate", place.resolve("run"), larger).out()).contains("24 rows");
  }

  /// Long images with a bar near one end, which cropping would lose.
  private Path ends(String name) throws IOException {
    for (int i = 0; i < 24; i++) {
      boolean left = i % 2 == 0;
      var image = new BufferedImage(32, 8, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 3; x++) {
          image.getRaster().setSample(left ? x + i % 5 : 31 - x - i % 5, y, 0, 200 + i);
        }
      }
      Path file = place.resolve(name).resolve(left ? "left" : "right").resolve(i + ".png");
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
    return place.resolve(name);
  }

  @Test
  void howImagesAreMadeEqualIsInTheModel() throws IOException {
    Path folder = ends("ends");
    Path run = place.resolve("run");
    String[] words = {
      "train",
      folder.toString(),
      "--size",
      "8",
      "--fit",
      "stretch",
      "--model",
      "mlp(16)",
      "--out",
      run.toString(),
      "--quiet",
      "--epochs",
      "20",
      "--lr",
      "0.02"
    };
    assertThat(Outcome.of(words).err()).isEmpty();
    assertThat(Files.readString(run.resolve("model.json"))).contains("\"fit\": \"stretch\"");
    assertThat(run("evaluate", run, folder, "--format", "json").out()).contains("\"accuracy\":1");
    assertThat(run("predict", run, folder).out().lines().skip(1))
        .allMatch(line -> line.contains(line.contains("/left/") ? ",left," : ",right,"));
    assertThat(run("evaluate", run, "--format", "json").out()).contains("\"accuracy\":1");
    // What is not said is not written.
    trained(bars("bars", 10, 10));
    assertThat(Files.readString(run.resolve("model.json"))).doesNotContain("fit");
  }

  @Test
  void convolutionsAreTrainedAtARateThatFallsUnlessTheyAreTold() throws IOException {
    Path folder = bars("bars", 10, 10);
    String layers = "conv2d(2, 3, padding=same) | flatten | dense(2)";
    assertThat(optimizer(folder, "--model", layers))
        .isEqualTo("adamw(lr=cosine(0.001), weight_decay=0.05)");
    assertThat(optimizer(folder, "--model", layers, "--optimizer", "sgd(0.1)"))
        .isEqualTo("sgd(lr=0.1)");
    assertThat(optimizer(folder, "--model", "flatten | dense(2)")).isEqualTo("adamw(lr=0.001)");
  }

  /// What a training of one epoch says that it was trained by.
  private String optimizer(Path folder, String... more) {
    List<String> words = new ArrayList<>(List.of("train", folder.toString(), "--epochs", "1"));
    words.addAll(List.of("--format", "json", "--out", place.resolve("run").toString()));
    words.addAll(List.of(more));
    String json = Outcome.of(words.toArray(String[]::new)).out();
    return json.replaceFirst("(?s).*\"optimizer\":\"", "").replaceFirst("(?s)\".*", "");
  }

  @Test
  void aPictureShowsPredictionsAndFilters() throws IOException {
    Path picture = place.resolve("p.png");
    Outcome outcome =
        run(
            "train",
            bars("bars", 10, 10),
            "--model",
            "conv2d(4, 3, activation=relu) | flatten | dense(2)",
            "--epochs",
            "1",
            "--out",
            place.resolve("run"),
            "--quiet",
            "--plot",
            picture);
    assertThat(outcome.err()).isEmpty();
    // Heading and two lines of charts, then at least a line of predictions and one of filters.
    assertThat(ImageIO.read(picture.toFile()).getHeight())
        .isGreaterThanOrEqualTo(128 + 2 * 620 + (48 + 117 + 58 + 12) + (48 + 96 + 12));
  }

  @Test
  void aTableCanNameTheFiles() throws IOException {
    Path folder = bars("bars", 8, 8);
    StringBuilder table = new StringBuilder("picture,kind\n");
    for (int i = 0; i < 24; i++) {
      String kind = i % 2 == 0 ? "lying" : "standing";
      table.append(kind).append('/').append(i).append(".png,").append(kind).append('\n');
    }
    Path file = Files.writeString(folder.resolve("list.csv"), table);
    assertThat(trained(file, "--images", "picture", "--target", "kind"))
        .contains("\"task\":\"classification\"");
  }

  private void refused(String sentence, Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).contains(sentence).hasLineCount(1);
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(place.resolve("run")).doesNotExist();
  }

  @Test
  void whatDoesNotFitIsOneSentence() throws IOException {
    Path bars = bars("bars", 10, 10);
    Path run = place.resolve("run");
    refused("--target: is for a file", "train", bars, "--out", run, "--target", "x");
    refused("--size big: expected pixels as 32", "train", bars, "--out", run, "--size", "big");
    Outcome unknownChange = run("train", bars, "--out", run, "--augment", "flop");
    assertThat(unknownChange.err()).contains("(did you mean 'flip'?)").endsWith("\n  flop\n  ^\n");
    assertThat(unknownChange.exitCode()).isEqualTo(2);
    refused("expected images for", "train", "iris", "--out", run, "--augment", "flip");
    Files.copy(bars("wide", 12, 9).resolve("lying/2.png"), bars.resolve("lying/zz.png"));
    refused("--size", "train", bars, "--out", run);
    Files.writeString(bars.resolve("lying/zz.png"), "no image");
    refused("zz.png", "train", bars, "--out", run);
    Files.delete(bars.resolve("lying/zz.png"));
    Files.createDirectory(bars.resolve("nothing"));
    refused("found none in nothing", "train", bars, "--out", run);
    Files.delete(bars.resolve("nothing"));
    Path archive = Files.write(place.resolve("cifar-10-binary.tar.gz"), new byte[9]);
    refused(
        archive + ": has the files of the data set cifar-10; expected 'train cifar-10 --folder ",
        "train",
        archive,
        "--out",
        run);
    Path table = Files.writeString(place.resolve("t.csv"), "a,b\n1,2\n");
    refused(
        "--size: is for image files, and " + table + " is a table; expected --images COL, too",
        "train",
        table,
        "--target",
        "b",
        "--size",
        "8",
        "--out",
        run);
    trained(bars);
    Files.createDirectory(bars.resolve("askew"));
    Files.copy(bars.resolve("lying/0.png"), bars.resolve("askew/0.png"));
    Outcome unknown = run("evaluate", run, bars);
    assertThat(unknown.err())
        .isEqualTo("thalweg: bars: unknown class 'askew'; known: lying, standing\n");
    assertThat(unknown.exitCode()).isEqualTo(1);
    Path image = bars.resolve("lying/0.png");
    Outcome one = run("evaluate", run, image);
    assertThat(one.err())
        .isEqualTo(
            "thalweg: %s: expected a folder with a folder of images for each class, found one image\n"
                .formatted(image));
    assertThat(one.exitCode()).isEqualTo(1);
    Outcome noModel = run("predict", run, place.resolve("nowhere.png"));
    assertThat(noModel.err()).contains("nowhere.png").hasLineCount(1);
  }
}
