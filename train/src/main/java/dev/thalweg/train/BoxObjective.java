package dev.thalweg.train;

import dev.thalweg.data.Box;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// Boxes and classes at once, by the cells of a [BoxGrid]. The loss of a scene is, over its cells,
/// Σ of the binary cross-entropy of whether there is a box, and over its boxes, in the cells that
/// answer for them, Σ of 2 (1 − GIoU) and of the cross-entropy of the class; of a batch, the mean
/// over its scenes. GIoU is the IoU less the share of the smallest rectangle around both boxes that
/// is in neither (Rezatofighi et al. 2019, arXiv 1902.09630), which has a slope where they don't
/// meet, too. Of boxes with their middles in one cell the first counts.
final class BoxObjective implements Objective {

  private static final double WEIGHT_OF_PLACE = 2;

  private final Network network;
  private final BoxGrid grid;

  BoxObjective(Network network, BoxGrid grid) {
    this.network = network;
    this.grid = grid;
  }

  @Override
  public Tensor loss(TensorBatch batch, Pass pass, Scores scores) {
    Tensor output = network.apply(batch.x(), pass);
    int rows = batch.rows();
    List<List<Box>> truth = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      truth.add(SceneBatches.boxes(batch, row));
    }
    score(output, truth, scores);
    var answering = new Answering(grid, truth);
    Tensor cells = output.reshape(rows * grid.cells(), grid.width());
    Tensor seen = cells.slice(1, 0, 1).squeeze(1);
    Tensor loss = seen.softplus().minus(seen.times(answering.present())).sum();
    if (answering.count() > 0) {
      Tensor own = cells.gather(answering.cells());
      Tensor classes = own.slice(1, BoxGrid.PLACE, grid.width());
      loss =
          loss.plus(place(own, answering).times(WEIGHT_OF_PLACE))
              .plus(classes.softmaxCrossEntropy(answering.labels()).times(answering.count()));
    }
    return loss.div(rows);
  }

  private void score(Tensor output, List<List<Box>> truth, Scores scores) {
    float[] numbers = output.floats();
    var pairs = new BoxPairs();
    for (int row = 0; row < truth.size(); row++) {
      pairs.add(grid.boxes(numbers, row * grid.cells() * grid.width()), truth.get(row));
    }
    pairs.addTo(scores);
  }

  /// Σ of 1 − GIoU.
  ///
  /// @param own the numbers of the cells that answer for a box, boxes×numbers
  private Tensor place(Tensor own, Answering truth) {
    Tensor x = own.slice(1, 1, 2).times(grid.cellWidth()).plus(truth.middleAcross());
    Tensor y = own.slice(1, 2, 3).times(grid.cellHeight()).plus(truth.middleDown());
    Tensor halfWidth = own.slice(1, 3, 4).softplus().times(grid.cellWidth() / 2);
    Tensor halfHeight = own.slice(1, 4, 5).softplus().times(grid.cellHeight() / 2);
    Tensor left = x.minus(halfWidth);
    Tensor right = x.plus(halfWidth);
    Tensor top = y.minus(halfHeight);
    Tensor bottom = y.plus(halfHeight);
    Tensor across = right.minimum(truth.right()).minus(left.maximum(truth.left())).relu();
    Tensor down = bottom.minimum(truth.bottom()).minus(top.maximum(truth.top())).relu();
    Tensor shared = across.times(down);
    Tensor covered = halfWidth.times(halfHeight).times(4).plus(truth.area()).minus(shared);
    Tensor around =
        right
            .maximum(truth.right())
            .minus(left.minimum(truth.left()))
            .times(bottom.maximum(truth.bottom()).minus(top.minimum(truth.top())));
    Tensor giou = shared.div(covered).plus(covered.div(around)).minus(1);
    return giou.negate().plus(1).sum();
  }

  /// The cells of a batch that answer for a box, with what is true of them.
  private static final class Answering {

    private final float[] present;
    private final List<Integer> cells = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final BoxGrid grid;

    Answering(BoxGrid grid, List<List<Box>> truth) {
      this.grid = grid;
      this.present = new float[truth.size() * grid.cells()];
      for (int row = 0; row < truth.size(); row++) {
        for (Box box : truth.get(row)) {
          int cell = grid.cell(box.left(), box.top(), box.right(), box.bottom());
          int place = row * grid.cells() + cell;
          if (present[place] == 0) {
            present[place] = 1;
            cells.add(place);
            boxes.add(box);
          }
        }
      }
    }

    int count() {
      return boxes.size();
    }

    /// For each cell whether it answers for a box.
    Tensor present() {
      return Tensor.wrap(Shape.of(present.length), present);
    }

    Tensor cells() {
      return Tensor.ofInts(cells.stream().mapToInt(Integer::intValue).toArray());
    }

    Tensor labels() {
      return Tensor.ofInts(boxes.stream().mapToInt(Box::label).toArray());
    }

    Tensor middleAcross() {
      return column(i -> grid.middleAcross(cells.get(i) % grid.cells()));
    }

    Tensor middleDown() {
      return column(i -> grid.middleDown(cells.get(i) % grid.cells()));
    }

    Tensor left() {
      return column(i -> boxes.get(i).left());
    }

    Tensor top() {
      return column(i -> boxes.get(i).top());
    }

    Tensor right() {
      return column(i -> boxes.get(i).right());
    }

    Tensor bottom() {
      return column(i -> boxes.get(i).bottom());
    }

    Tensor area() {
      return column(i -> boxes.get(i).area());
    }

    private Tensor column(IntToDoubleFunction value) {
      var numbers = new float[boxes.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) value.applyAsDouble(i);
      }
      return Tensor.wrap(Shape.of(numbers.length, 1), numbers);
    }
  }
}
