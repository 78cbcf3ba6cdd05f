package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Images;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.tensor.Shape;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which images are shown, and what is written under them.
class ImageTilesTest {

  private static FittedModel fit(Dataset data, String model) {
    return Trainer.defaults()
        .withEpochs(1)
        .fit(
            Models.parse(model, data.task() == Task.CLASSIFICATION ? 10 : 1),
            Trainer.defaultLoss(data.task()),
            Optimizers.adamw(0.003),
            data);
  }

  private static Images images(Dataset data) {
    return data.images().orElseThrow();
  }

  @Test
  void classesAreShownBesideWhatIsTrueAndMistakesTheWorstFirst() {
    var digits = Datasets.named("digits");
    var outcomes = fit(digits, "mlp(16)").evaluate(digits).outcomes();
    List<Tiles> sheets = ImageTiles.of(images(digits), outcomes);
    assertThat(sheets).hasSize(2);
    assertThat(sheets.getFirst().title())
        .isEqualTo("predictions for the first of the 1,797 test rows");
    assertThat(sheets).allSatisfy(sheet -> assertThat(sheet.tiles()).hasSize(24));
    for (var row = 0; row < 24; row++) {
      var lines = sheets.getFirst().tiles().get(row).lines();
      assertThat(lines.get(0).text()).isEqualTo("is " + outcomes.label(row));
      assertThat(lines.get(0).wrong()).isFalse();
      assertThat(lines.get(1).text()).matches("[01]\\.[0-9]{2} " + outcomes.predictedLabel(row));
      assertThat(lines.get(1).wrong())
          .isEqualTo(outcomes.label(row) != outcomes.predictedLabel(row));
    }
    assertThat(sheets.getLast().tiles()).allMatch(tile -> tile.lines().get(1).wrong());
    var worst = 0;
    var mistakes = 0;
    for (var row = 0; row < outcomes.rows(); row++) {
      mistakes += outcomes.label(row) != outcomes.predictedLabel(row) ? 1 : 0;
      if (outcomes.logProbability(row, outcomes.label(row))
          < outcomes.logProbability(worst, outcomes.label(worst))) {
        worst = row;
      }
    }
    assertThat(sheets.getLast().title()).startsWith("the worst of the " + mistakes + " mistakes");
    assertThat(sheets.getLast().tiles().getFirst().lines().getFirst().text())
        .isEqualTo("is " + outcomes.label(worst));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageTiles.of(images(digits).subset(1, 2), outcomes))
        .withMessage("expected 1797 images, found 2");
  }

  @Test
  void numbersAreShownTheLargestErrorFirst() {
    var digits = Datasets.named("digits").withClassesAsNumbers();
    var outcomes = fit(digits, "mlp(16)").evaluate(digits).outcomes();
    List<Tiles> sheets = ImageTiles.of(images(digits), outcomes);
    assertThat(sheets.getLast().title()).isEqualTo("the largest errors");
    var errors = sheets.getLast().tiles().stream().mapToDouble(ImageTilesTest::error).toArray();
    assertThat(errors[0]).isGreaterThan(errors[23]).isGreaterThan(3);
  }

  private static double error(Tiles.Tile tile) {
    var is = Double.parseDouble(tile.lines().get(0).text().replace("is ", ""));
    var said =
        Double.parseDouble(tile.lines().get(1).text().replace("said ", "").replace('−', '-'));
    return Math.abs(is - said);
  }

  @Test
  void filtersAreThoseOfTheFirstConvolution() {
    var network = Models.parse("conv2d(5, 3) | flatten | dense(2)", 2).build(Shape.of(8, 8, 1), 1);
    var sheet = ImageTiles.filters(network).orElseThrow();
    assertThat(sheet.title()).startsWith("the 5 filters of the first layer, 3×3");
    assertThat(sheet.tiles()).hasSize(5);
    var weights = network.parameters().getFirst().values().floats();
    for (var filter = 0; filter < 5; filter++) {
      var colours = sheet.tiles().get(filter).pixels().colours();
      var largest = 0;
      for (var i = 0; i < 9; i++) {
        var level = colours[i] & 0xff;
        assertThat(colours[i]).as("grey").isEqualTo(level * 0x10101);
        assertThat(level >= 128).isEqualTo(weights[i * 5 + filter] > 0);
        largest = Math.max(largest, Math.abs(level - 127));
      }
      assertThat(largest).isGreaterThanOrEqualTo(127);
    }
    var colour = Models.parse("conv2d(70, 5) | flatten | dense(2)", 2).build(Shape.of(8, 8, 3), 1);
    assertThat(ImageTiles.filters(colour).orElseThrow().tiles()).hasSize(64);
    assertThat(ImageTiles.filters(colour).orElseThrow().title())
        .startsWith("the first 64 of 70 filters");
    for (var other :
        List.of(
            "flatten | dense(2)",
            "conv2d_transpose(3, 2) | flatten | dense(2)",
            "conv2d(3, 3) | flatten | dense(2)")) {
      var none = Models.parse(other, 2).build(Shape.of(8, 8, 2), 1);
      assertThat(ImageTiles.filters(none)).as(other).isEmpty();
    }
  }
}
