package dev.thalweg.train;

import dev.thalweg.data.BatchOrder;
import dev.thalweg.data.Box;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Scenes;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Scenes in batches: the images, and as targets the boxes of each, rows×boxes×5, which are left,
/// top, right, bottom and label; where an image has fewer than another, the label is −1.
final class SceneBatches implements BatchSource {

  /// The numbers of a box.
  static final int WIDTH = 5;

  private final Scenes scenes;
  private final BatchOrder order;
  private final int most;
  private final TensorBatch whole;
  private final TensorBatch last;

  SceneBatches(Scenes scenes, Sampling sampling, int batch, long seed) {
    this.scenes = scenes;
    this.order = new BatchOrder(sampling, scenes.rows(), Math.min(batch, scenes.rows()), seed);
    int boxes = 1;
    for (int row = 0; row < scenes.rows(); row++) {
      boxes = Math.max(boxes, scenes.boxes(row).size());
    }
    this.most = boxes;
    this.whole = tensors(order.batch());
    int left = order.size(order.batches() - 1);
    this.last = left == order.batch() ? whole : tensors(left);
  }

  private TensorBatch tensors(int rows) {
    ImageShape shape = scenes.images().shape();
    // On arrays of its own, also where it is made within a step.
    return new TensorBatch(
        List.of(
            Tensor.wrap(
                TensorBatch.batch(rows, Shape.of(shape.dimensions())),
                new float[rows * shape.size()])),
        List.of(Tensor.wrap(Shape.of(rows, most, WIDTH), new float[rows * most * WIDTH])),
        Optional.empty());
  }

  @Override
  public long batches() {
    return order.batches();
  }

  @Override
  public long count() {
    return scenes.rows();
  }

  @Override
  public Reader epoch(int epoch) {
    int[] rows = order.epoch(epoch);
    return new Reader() {
      private int next;

      @Override
      public @Nullable TensorBatch next() {
        if (next == rows.length) {
          return null;
        }
        TensorBatch batch = rows.length - next >= whole.rows() ? whole : last;
        fill(batch, rows, next);
        next += batch.rows();
        return batch;
      }

      @Override
      public void close() {
        next = rows.length;
      }
    };
  }

  private void fill(TensorBatch batch, int[] rows, int from) {
    float[] x = batch.x().floats();
    float[] y = batch.y().floats();
    int size = scenes.images().shape().size();
    Arrays.fill(y, -1);
    for (int i = 0; i < batch.rows(); i++) {
      scenes.images().read(rows[from + i], x, i * size);
      int at = i * most * WIDTH;
      for (Box box : scenes.boxes(rows[from + i])) {
        y[at] = (float) box.left();
        y[at + 1] = (float) box.top();
        y[at + 2] = (float) box.right();
        y[at + 3] = (float) box.bottom();
        y[at + 4] = box.label();
        at += WIDTH;
      }
    }
  }

  /// The boxes of a row of a batch.
  static List<Box> boxes(TensorBatch batch, int row) {
    float[] y = batch.y().floats();
    int most = batch.y().shape().dimension(1);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int at = (row * most + i) * WIDTH;
      if (y[at + 4] >= 0) {
        boxes.add(new Box(y[at], y[at + 1], y[at + 2], y[at + 3], (int) y[at + 4]));
      }
    }
    return boxes;
  }
}
