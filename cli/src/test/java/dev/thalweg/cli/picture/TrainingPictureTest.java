package dev.thalweg.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.style.Styler;

/// What stands where on the picture; how it looks is for eyes.
class TrainingPictureTest {

  private static final int HEADING = 28 + 2 * 28 + 16;

  private static FittedModel fit(Dataset data, int epochs, String model) {
    var outputs = data.task() == Task.CLASSIFICATION ? data.classes() : 1;
    return Trainer.defaults()
        .withEpochs(epochs)
        .fit(
            Models.parse(model, outputs),
            Trainer.defaultLoss(data.task()),
            Optimizers.adamw(0.01),
            data);
  }

  private static BufferedImage draw(FittedModel fitted, Optional<Judged> judged) {
    var history = fitted.history().orElseThrow();
    return new TrainingPicture(
            "title", List.of("a fact"), history, "score", judged, Optional.empty(), true, List.of())
        .draw();
  }

  private static boolean has(BufferedImage image, Color color, int x, int y) {
    for (var i = x * 800; i < (x + 1) * 800; i++) {
      for (var j = HEADING + y * 620; j < HEADING + (y + 1) * 620; j++) {
        if ((image.getRGB(i, j) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void fourPanelsOfAClassification() {
    var iris = Datasets.named("iris");
    var fitted = fit(iris, 3, "mlp(8)");
    var image = draw(fitted, Optional.of(Judged.of("test", fitted.evaluate(iris))));
    assertThat(image.getWidth()).isEqualTo(1600);
    assertThat(image.getHeight()).isEqualTo(HEADING + 2 * 620);
    assertThat(has(image, Style.TRAINING, 0, 0)).as("loss").isTrue();
    assertThat(has(image, Style.TEST, 0, 0)).as("loss of the test rows").isTrue();
    assertThat(has(image, Style.VALIDATION, 0, 0)).as("no validation").isFalse();
    assertThat(has(image, Style.TRAINING, 1, 0)).as("accuracy").isTrue();
    assertThat(has(image, new Color(0x7F, 0xB8, 0xE0), 0, 1)).as("matrix").isTrue();
    assertThat(has(image, Style.TRAINING, 1, 1)).as("heap").isTrue();
  }

  @Test
  void aPanelWithoutNumbersIsLeftOutAndTheLastTakesTheWidth() {
    // All targets are equal: there is no R², and without test rows no scatter.
    var data = Dataset.regression(new double[][] {{1}, {2}, {3}, {4}}, new double[] {5, 5, 5, 5});
    var image = draw(fit(data, 1, "linear"), Optional.empty());
    assertThat(image.getHeight()).isEqualTo(HEADING + 620);
    var three = draw(fit(Datasets.named("iris"), 1, "linear"), Optional.empty());
    assertThat(three.getHeight()).isEqualTo(HEADING + 2 * 620);
    assertThat(has(three, Style.TRAINING, 1, 1)).as("the heap's panel is wide").isTrue();
  }

  @Test
  void numbersAndManyClassesAreDrawn() {
    var cars = Datasets.named("auto-mpg");
    var line = fit(cars, 2, "linear");
    draw(line, Optional.of(Judged.of("test", line.evaluate(cars))));
    var x = new double[60][1];
    var labels = new int[60];
    for (var i = 0; i < 60; i++) {
      x[i][0] = i;
      labels[i] = i;
    }
    var many = Dataset.classification(x, labels);
    var fitted = fit(many, 1, "linear");
    draw(fitted, Optional.of(Judged.of("test", fitted.evaluate(many))));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed(@TempDir Path folder) {
    var fitted = fit(Datasets.named("iris"), 1, "linear");
    var picture =
        new TrainingPicture(
            "t",
            List.of(),
            fitted.history().orElseThrow(),
            "accuracy",
            Optional.empty(),
            Optional.empty(),
            false,
            List.of());
    var file = folder.resolve("missing").resolve("p.png");
    assertThatThrownBy(() -> picture.write(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("p.png");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aGridIsASurfaceAndMemoryIsThereWhenAsked() {
    var iris = Datasets.named("iris");
    var fitted = fit(iris, 3, "mlp(8)");
    var surface =
        new GridSurface(
            "f1",
            "lr",
            List.of("0.1", "0.01", "1"),
            "dropout",
            List.of("0", "0.3"),
            List.of(0.9, 0.5, Double.NaN, 0.95, 0.7, 0.6),
            false,
            List.of());
    var history = fitted.history().orElseThrow();
    var image =
        new TrainingPicture(
                "title",
                List.of("a fact"),
                history,
                "accuracy",
                Optional.empty(),
                Optional.of(surface),
                false,
                List.of())
            .draw();
    assertThat(image.getHeight()).isEqualTo(HEADING + 2 * 620);
    assertThat(has(image, new Color(0x7F, 0xB8, 0xE0), 0, 1)).as("the best cell").isTrue();
    assertThat(has(image, new Color(0xFD, 0xE3, 0xCF), 0, 1)).as("the worst cell").isTrue();
    assertThat(has(image, Style.TRAINING, 0, 1)).as("heap").isFalse();
  }

  @Test
  void imagesStandBelowWithTheirFramesAndTexts() {
    var red = new Pixels(2, 4, new int[] {R, R, R, R, R, R, R, R});
    var tile =
        new Tiles.Tile(
            red,
            List.of(new Tiles.Frame(1, 0, 3, 2, Tiles.Kind.RIGHT, "")),
            List.of(new Tiles.Line("right", false), new Tiles.Line("wrong", true)));
    var tiles = new Tiles("title", 100, List.of(tile, tile));
    // A heading, an image of 100 and two lines.
    assertThat(tiles.height(1600)).isEqualTo(48 + 100 + 2 * 19 + 8 + 12 + 12);
    assertThat(tiles.height(200)).isEqualTo(48 + 2 * (100 + 2 * 19 + 8 + 12) + 12);
    var fitted = fit(Datasets.named("iris"), 1, "linear");
    var image =
        new TrainingPicture(
                "title",
                List.of("a fact"),
                fitted.history().orElseThrow(),
                "accuracy",
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(tiles))
            .draw();
    assertThat(image.getHeight()).isEqualTo(HEADING + 620 + tiles.height(1600));
    var top = HEADING + 620 + 48;
    assertThat(image.getRGB(28 + 10, top + 25) & 0xffffff).isEqualTo(R);
    assertThat(image.getRGB(28 + 112 + 10, top + 25) & 0xffffff).as("the second").isEqualTo(R);
    assertThat(image.getRGB(28 + 25, top + 25) & 0xffffff).as("the frame").isEqualTo(0x56b4e9);
    // Of four by two only the upper half of the place is taken.
    assertThat(image.getRGB(28 + 60, top + 75) & 0xffffff).isNotEqualTo(R);
  }

  private static final int R = 0xff0000;

  @Test
  void pixelsAreThoseOfTheImages() {
    var colour =
        Images.of(new ImageShape(1, 2, 3), new byte[] {(byte) 255, 0, 1, 2, (byte) 128, 3});
    assertThat(Pixels.of(colour, 0).colours()).containsExactly(0xff0001, 0x028003);
    // Levels of digits go up to 16.
    var digits = Datasets.named("digits").images().orElseThrow();
    assertThat(digits.white()).isEqualTo(16);
    assertThat(Pixels.of(digits, 0).colours()).contains(0, 0xefefef);
    assertThatThrownBy(() -> new Pixels(2, 2, new int[3]))
        .hasMessage("pixels: expected 4, found 3");
  }

  @Test
  void numbersOfAnAxisAreToldApart() {
    var curves =
        List.of(
            new EpochCurves.Curve(
                "loss",
                List.of(new EpochCurves.Point(1, 1), new EpochCurves.Point(2, 2e-6)),
                Color.BLUE,
                Style.SOLID));
    var styler =
        EpochCurves.of("loss", "epoch", Styler.LegendPosition.InsideNE, true, curves).getStyler();
    assertThat(styler.isYAxisLogarithmic()).isTrue();
    assertThat(labels(styler.getYAxisDecimalPattern(), 1e-5, 1e-4, 1))
        .containsExactly("1E-5", "1E-4", "1E0");
    assertThat(labels(Style.pattern(0.0001, 0.0004, false), 0.00012, 0.00013))
        .doesNotHaveDuplicates();
    assertThat(labels(Style.pattern(0, 2_000, false), 0, 1_000)).containsExactly("0", "1,000");
    assertThat(labels(Style.pattern(0.01, 20, true), 0.01, 10)).containsExactly("0.01", "10");
  }

  private static List<String> labels(String pattern, double... values) {
    var format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    return Arrays.stream(values).mapToObj(format::format).toList();
  }
}
