package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Box;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Scenes;
import dev.thalweg.kernels.Philox;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoxGridTest {

  private static final ImageShape IMAGE = new ImageShape(12, 16, 1);
  private static final BoxGrid GRID = new BoxGrid(3, 2, IMAGE, 2);

  /// Numbers that stand for nothing.
  private static float[] nothing() {
    var numbers = new float[GRID.cells() * GRID.width()];
    for (int cell = 0; cell < GRID.cells(); cell++) {
      numbers[cell * GRID.width()] = -10;
    }
    return numbers;
  }

  /// Writes a box into the numbers of a cell.
  private static void put(float[] numbers, int cell, double seen, Box box) {
    int at = cell * GRID.width();
    numbers[at] = (float) Math.log(seen / (1 - seen));
    numbers[at + 1] =
        (float) (((box.left() + box.right()) / 2 - GRID.middleAcross(cell)) / GRID.cellWidth());
    numbers[at + 2] =
        (float) (((box.top() + box.bottom()) / 2 - GRID.middleDown(cell)) / GRID.cellHeight());
    numbers[at + 3] = (float) Math.log(Math.expm1(box.width() / GRID.cellWidth()));
    numbers[at + 4] = (float) Math.log(Math.expm1(box.height() / GRID.cellHeight()));
    numbers[at + 5 + box.label()] = (float) Math.log(3);
  }

  private static void assertSame(Box found, Box box) {
    assertThat(found.left()).isEqualTo(box.left(), within(1e-5));
    assertThat(found.top()).isEqualTo(box.top(), within(1e-5));
    assertThat(found.right()).isEqualTo(box.right(), within(1e-5));
    assertThat(found.bottom()).isEqualTo(box.bottom(), within(1e-5));
    assertThat(found.label()).isEqualTo(box.label());
  }

  @Test
  void theCellOfTheMiddleAnswers() {
    assertThat(GRID.cell(0, 0, 2, 2)).isZero();
    assertThat(GRID.cell(7, 3, 10, 6)).isEqualTo(3);
    assertThat(GRID.cell(14, 10, 16, 12)).isEqualTo(5);
    assertThat(GRID.cellHeight()).isEqualTo(4);
    assertThat(GRID.cellWidth()).isEqualTo(8);
    assertThat(GRID.middleAcross(3)).isEqualTo(12);
    assertThat(GRID.middleDown(3)).isEqualTo(6);
  }

  @Test
  void aBoxComesBackFromItsNumbers() {
    var box = new Box(3, 2, 13.5, 9, 1);
    float[] numbers = nothing();
    put(numbers, GRID.cell(3, 2, 13.5, 9), 0.8, box);
    List<Detection> found = GRID.boxes(numbers, 0);
    assertThat(found).hasSize(1);
    assertSame(found.getFirst().box(), box);
    // Of two classes the one is three times as probable.
    assertThat(found.getFirst().probability()).isEqualTo(0.8 * 0.75, within(1e-6));
  }

  @Test
  void aBoxEndsAtTheEdgeOfTheImageAndOneBeyondIsLeftOut() {
    float[] numbers = nothing();
    put(numbers, 0, 0.9, new Box(-3, -1, 5, 3, 0));
    put(numbers, 5, 0.9, new Box(17, 9, 20, 12, 1));
    List<Detection> found = GRID.boxes(numbers, 0);
    assertThat(found).hasSize(1);
    assertSame(found.getFirst().box(), new Box(0, 0, 5, 3, 0));
  }

  @Test
  void whatIsLessProbableThanAHalfIsNotSeen() {
    float[] numbers = nothing();
    put(numbers, 2, 0.499, new Box(1, 1, 4, 4, 0));
    put(numbers, 3, 0.501, new Box(8, 4, 12, 8, 0));
    assertThat(GRID.boxes(numbers, 0)).hasSize(1);
  }

  @Test
  void ofBoxesThatAreNearlyOneTheMostProbableIsKept() {
    float[] numbers = nothing();
    put(numbers, 2, 0.6, new Box(2, 4, 10, 8, 1));
    put(numbers, 3, 0.9, new Box(3, 4, 11, 8, 0));
    put(numbers, 1, 0.7, new Box(6, 0, 16, 4.5, 0));
    List<Detection> found = GRID.boxes(numbers, 0);
    assertThat(found).hasSize(2);
    assertSame(found.get(0).box(), new Box(3, 4, 11, 8, 0));
    assertSame(found.get(1).box(), new Box(6, 0, 16, 4.5, 0));
  }

  @Test
  void anotherLastLayerIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxGrid.of(Shape.of(8, 8, 16), IMAGE, 10))
        .withMessage(
            "boxes: expected a last layer of shape [rows, columns, 15], a box and 10 classes for"
                + " each cell, found [8, 8, 16]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxGrid.of(Shape.of(15), IMAGE, 10))
        .withMessageEndingWith("found [15]");
  }

  @Test
  void boxesArePairedOneToOneByWhatTheyShare() {
    var scores = new Scores();
    var pairs = new BoxPairs();
    var truth = List.of(new Box(0, 0, 4, 4, 0), new Box(0, 4, 4, 8, 1), new Box(9, 9, 10, 10, 1));
    var found =
        List.of(
            // Shares a half of the first, and would take it if the first came first.
            new Detection(new Box(0, 2, 4, 6, 1), 0.9),
            new Detection(new Box(0, 0, 4, 4, 1), 0.8),
            new Detection(new Box(12, 0, 13, 1, 0), 0.7));
    pairs.add(found, truth);
    pairs.add(List.of(), List.of());
    pairs.addTo(scores);
    var values = scores.take();
    // 1 and 1/3 of three; the class of the second is right.
    assertThat(values.get("mean_iou")).isEqualTo((1 + 1.0 / 3) / 3, within(1e-12));
    assertThat(values.get("class_accuracy")).isEqualTo(1.0 / 3, within(1e-12));
    // The one that is right shares less than a half.
    assertThat(values.get("precision")).isZero();
    assertThat(values.get("recall")).isZero();
  }

  @Test
  void aBoxThatIsFoundCounts() {
    var scores = new Scores();
    var pairs = new BoxPairs();
    pairs.add(
        List.of(
            new Detection(new Box(0, 0, 4, 3, 2), 0.9), new Detection(new Box(8, 8, 9, 9, 2), 0.9)),
        List.of(new Box(0, 0, 4, 4, 2)));
    pairs.addTo(scores);
    assertThat(scores.take().values()).containsExactly(0.75, 1.0, 0.5, 1.0);
  }

  /// The loss written out again, in double, cell by cell.
  @Test
  void theLossIsWhatItsDescriptionSays() {
    var model = Models.parse("conv2d(7, 1, stride=(4, 8))", 1);
    var network = model.build(Shape.of(12, 16, 1), 3);
    var random = Philox.of(5, 1);
    var bytes = new byte[3 * IMAGE.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.below(2L * i, 256);
    }
    List<List<Box>> truth =
        List.of(
            List.of(new Box(1, 1, 6, 7, 1), new Box(8, 2, 15, 11, 0)),
            List.of(),
            // The second has its middle in the cell of the first, and is not looked at.
            List.of(new Box(9, 4, 12, 8, 0), new Box(10, 5, 11, 7, 1)));
    var scenes = Scenes.of("s", Images.of(IMAGE, bytes), truth, List.of("a", "b"));
    var batches = new SceneBatches(scenes, Sampling.SEQUENTIAL, 3, 0);
    double loss;
    float[] numbers;
    try (var reader = batches.epoch(0)) {
      TensorBatch batch = Objects.requireNonNull(reader.next());
      loss = new BoxObjective(network, GRID).loss(batch, Pass.inference(), new Scores()).item();
      numbers = network.apply(batch.x()).floats();
      assertThat(reader.next()).isNull();
    }
    double expected = 0;
    for (int row = 0; row < 3; row++) {
      var taken = new boolean[GRID.cells()];
      for (Box box : truth.get(row)) {
        int cell = GRID.cell(box.left(), box.top(), box.right(), box.bottom());
        if (!taken[cell]) {
          taken[cell] = true;
          expected += ofBox(numbers, (row * GRID.cells() + cell) * 7, cell, box);
        }
      }
      for (int cell = 0; cell < GRID.cells(); cell++) {
        double o = numbers[(row * GRID.cells() + cell) * 7];
        expected += Math.log1p(Math.exp(o)) - (taken[cell] ? o : 0);
      }
    }
    assertThat(loss).isEqualTo(expected / 3, within(1e-5));
  }

  private static double ofBox(float[] n, int at, int cell, Box truth) {
    double x = GRID.middleAcross(cell) + 8 * n[at + 1];
    double y = GRID.middleDown(cell) + 4 * n[at + 2];
    double w = 8 * Math.log1p(Math.exp(n[at + 3]));
    double h = 4 * Math.log1p(Math.exp(n[at + 4]));
    var box = new Box(x - w / 2, y - h / 2, x + w / 2, y + h / 2, 0);
    double iou = box.iou(truth);
    double union = (box.area() + truth.area()) / (1 + iou);
    double around =
        (Math.max(box.right(), truth.right()) - Math.min(box.left(), truth.left()))
            * (Math.max(box.bottom(), truth.bottom()) - Math.min(box.top(), truth.top()));
    double giou = iou - (around - union) / around;
    double a = Math.exp(n[at + 5]);
    double b = Math.exp(n[at + 6]);
    return 2 * (1 - giou) - Math.log((truth.label() == 0 ? a : b) / (a + b));
  }

  @Test
  void aBatchHasTheBoxesOfItsRowsInTheOrderOfTheEpoch() {
    var bytes = new byte[5 * IMAGE.size()];
    for (int row = 0; row < 5; row++) {
      Arrays.fill(bytes, row * IMAGE.size(), (row + 1) * IMAGE.size(), (byte) (row * 51));
    }
    List<List<Box>> truth =
        List.of(
            List.of(),
            List.of(new Box(0, 0, 1, 1, 0)),
            List.of(new Box(0, 0, 2, 1, 0), new Box(0, 0, 2, 2, 0)),
            List.of(new Box(0, 0, 3, 1, 0)),
            List.of(new Box(0, 0, 4, 1, 0)));
    var scenes = Scenes.of("s", Images.of(IMAGE, bytes), truth, List.of("a"));
    var batches = new SceneBatches(scenes, Sampling.SHUFFLE, 2, 9);
    assertThat(batches.batches()).isEqualTo(3);
    assertThat(batches.count()).isEqualTo(5);
    var seen = new int[5];
    @Nullable Tensor first = null;
    try (var reader = batches.epoch(1)) {
      for (TensorBatch batch = reader.next(); batch != null; batch = reader.next()) {
        first = first == null ? batch.x() : first;
        for (int i = 0; i < batch.rows(); i++) {
          int row = Math.round(batch.x().floats()[i * IMAGE.size()] * 5);
          seen[row]++;
          assertThat(SceneBatches.boxes(batch, i)).isEqualTo(truth.get(row));
        }
      }
    }
    assertThat(seen).containsOnly(1);
    try (var reader = batches.epoch(2)) {
      assertThat(Objects.requireNonNull(reader.next()).x()).isSameAs(first);
    }
  }
}
