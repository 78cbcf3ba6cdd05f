package dev.thalweg.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
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
    var task = fitted.preprocessing().task();
    return new TrainingPicture(
            "title", List.of("a fact"), history, task, judged, Optional.empty(), true)
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
    var image = draw(fitted, Optional.of(new Judged("test", fitted.evaluate(iris))));
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
    draw(line, Optional.of(new Judged("test", line.evaluate(cars))));
    var x = new double[60][1];
    var labels = new int[60];
    for (var i = 0; i < 60; i++) {
      x[i][0] = i;
      labels[i] = i;
    }
    var many = Dataset.classification(x, labels);
    var fitted = fit(many, 1, "linear");
    draw(fitted, Optional.of(new Judged("test", fitted.evaluate(many))));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed(@TempDir Path folder) {
    var fitted = fit(Datasets.named("iris"), 1, "linear");
    var picture =
        new TrainingPicture(
            "t",
            List.of(),
            fitted.history().orElseThrow(),
            Task.CLASSIFICATION,
            Optional.empty(),
            Optional.empty(),
            false);
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
                Task.CLASSIFICATION,
                Optional.empty(),
                Optional.of(surface),
                false)
            .draw();
    assertThat(image.getHeight()).isEqualTo(HEADING + 2 * 620);
    assertThat(has(image, new Color(0x7F, 0xB8, 0xE0), 0, 1)).as("the best cell").isTrue();
    assertThat(has(image, new Color(0xFD, 0xE3, 0xCF), 0, 1)).as("the worst cell").isTrue();
    assertThat(has(image, Style.TRAINING, 0, 1)).as("heap").isFalse();
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
