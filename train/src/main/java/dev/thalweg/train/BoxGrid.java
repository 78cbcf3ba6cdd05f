package dev.thalweg.train;

import dev.thalweg.data.Box;
import dev.thalweg.data.ImageShape;
import dev.thalweg.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Cells of equal size that cover an image, each of which answers for the box whose middle lies in
/// it, as in Redmon et al., You Only Look Once (2016). A cell's numbers, with c the cell's middle
/// and s its size along an axis:
///
/// | number | stands for |
/// |---|---|
/// | o | sigmoid(o): the probability that there is a box |
/// | x, y | the middle of the box, c + s x |
/// | w, h | its width and height, s softplus(w) |
/// | one for each class | softmax: the probabilities of the classes |
///
/// @param rows of cells
/// @param columns of cells
/// @param image that they cover
/// @param classes to tell apart
record BoxGrid(int rows, int columns, ImageShape image, int classes) {

  /// The numbers before those of the classes.
  static final int PLACE = 5;

  /// From what probability on a cell has a box.
  private static final double SEEN = 0.5;

  /// Two boxes that share more than this are one, found twice.
  private static final double SAME = 0.45;

  /// The grid of a network's output.
  ///
  /// @throws IllegalArgumentException if it is no grid of so many numbers
  static BoxGrid of(Shape output, ImageShape image, int classes) {
    if (output.rank() != 3 || output.dimension(2) != PLACE + classes) {
      throw new IllegalArgumentException(
          "boxes: expected a last layer of shape [rows, columns, %d], a box and %d classes for each cell, found %s"
              .formatted(PLACE + classes, classes, output));
    }
    return new BoxGrid(output.dimension(0), output.dimension(1), image, classes);
  }

  int cells() {
    return rows * columns;
  }

  /// The numbers of a cell.
  int width() {
    return PLACE + classes;
  }

  double cellHeight() {
    return (double) image.height() / rows;
  }

  double cellWidth() {
    return (double) image.width() / columns;
  }

  /// The cell that answers for a box.
  int cell(double left, double top, double right, double bottom) {
    int row = Math.clamp((long) Math.floor((top + bottom) / 2 / cellHeight()), 0, rows - 1);
    int column = Math.clamp((long) Math.floor((left + right) / 2 / cellWidth()), 0, columns - 1);
    return row * columns + column;
  }

  /// The middle of a cell from the left.
  double middleAcross(int cell) {
    return (cell % columns + 0.5) * cellWidth();
  }

  /// The middle of a cell from above.
  double middleDown(int cell) {
    int row = cell / columns;
    return (row + 0.5) * cellHeight();
  }

  /// The boxes that the numbers of an image stand for, the most probable first. Of boxes that share
  /// much, the most probable one is kept. Those that lie beyond the image are left out, others end
  /// at its edge.
  ///
  /// @param from the first number of the image
  List<Detection> boxes(float[] numbers, int from) {
    List<Detection> all = new ArrayList<>();
    for (int cell = 0; cell < cells(); cell++) {
      int at = from + cell * width();
      double seen = 1 / (1 + StrictMath.exp(-numbers[at]));
      if (seen >= SEEN) {
        add(all, numbers, at, cell, seen);
      }
    }
    all.sort(Comparator.comparingDouble(Detection::probability).reversed());
    List<Detection> kept = new ArrayList<>();
    for (Detection found : all) {
      if (kept.stream().noneMatch(other -> other.box().iou(found.box()) > SAME)) {
        kept.add(found);
      }
    }
    return kept;
  }

  private void add(List<Detection> to, float[] numbers, int at, int cell, double seen) {
    double x = middleAcross(cell) + cellWidth() * numbers[at + 1];
    double y = middleDown(cell) + cellHeight() * numbers[at + 2];
    double halfWidth = cellWidth() * softplus(numbers[at + 3]) / 2;
    double halfHeight = cellHeight() * softplus(numbers[at + 4]) / 2;
    double left = Math.max(0, x - halfWidth);
    double right = Math.min(image.width(), x + halfWidth);
    double top = Math.max(0, y - halfHeight);
    double bottom = Math.min(image.height(), y + halfHeight);
    if (!(left < right && top < bottom)) {
      return;
    }
    int first = at + PLACE;
    int label = 0;
    for (int k = 1; k < classes; k++) {
      if (numbers[first + k] > numbers[first + label]) {
        label = k;
      }
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += StrictMath.exp((double) numbers[first + k] - numbers[first + label]);
    }
    to.add(new Detection(new Box(left, top, right, bottom, label), seen / sum));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
