package dev.thalweg.train;

import dev.thalweg.data.BatchOrder;
import dev.thalweg.data.Ratings;
import dev.thalweg.data.Sampling;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ratings in batches: of each the number of the user and, behind all users, that of the item,
/// rows×2 of I32, and as the target how far it is from the mean.
final class RatingBatches implements BatchSource {

  private final Ratings ratings;
  private final double mean;
  private final BatchOrder order;
  private final TensorBatch whole;
  private final TensorBatch last;

  RatingBatches(Ratings ratings, double mean, int rows, Sampling sampling, long seed) {
    this.ratings = ratings;
    this.mean = mean;
    this.order = new BatchOrder(sampling, ratings.size(), rows, seed);
    this.whole = tensors(Math.min(rows, ratings.size()));
    int left = ratings.size() % whole.rows();
    this.last = left == 0 ? whole : tensors(left);
  }

  private static TensorBatch tensors(int rows) {
    return new TensorBatch(
        List.of(Tensor.wrap(Shape.of(rows, 2), new int[2 * rows])),
        List.of(Tensor.wrap(Shape.of(rows, 1), new float[rows])),
        Optional.empty());
  }

  @Override
  public long batches() {
    return Math.ceilDiv(ratings.size(), whole.rows());
  }

  @Override
  public long count() {
    return ratings.size();
  }

  @Override
  public Reader epoch(int epoch) {
    int[] each = order.epoch(epoch);
    return new Reader() {
      private int next;

      @Override
      public @Nullable TensorBatch next() {
        if (next == each.length) {
          return null;
        }
        TensorBatch batch = each.length - next >= whole.rows() ? whole : last;
        for (int row = 0; row < batch.rows(); row++) {
          int rating = each[next++];
          batch.x().ints()[2 * row] = ratings.user(rating);
          batch.x().ints()[2 * row + 1] = ratings.users().size() + ratings.item(rating);
          batch.y().floats()[row] = (float) (ratings.value(rating) - mean);
        }
        return batch;
      }

      @Override
      public void close() {
        next = each.length;
      }
    };
  }
}
