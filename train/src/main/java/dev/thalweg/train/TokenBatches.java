package dev.thalweg.train;

import dev.thalweg.data.Corpus;
import dev.thalweg.data.Sampling;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Windows of a text in batches: tokens, rows×context of I32, and as targets those that follow
/// each. A target of [#NONE] does not count: it is beyond the end, or was counted before. Of packed
/// documents a second input says for each token where in the window its document begins.
final class TokenBatches implements BatchSource {

  /// In the place of a target.
  static final int NONE = -1;

  private final Corpus corpus;
  private final int context;

  /// Where the windows of an epoch begin.
  private final IntFunction<int[]> starts;

  /// How many tokens of each window but the first are not counted.
  private final int before;

  private final int windows;
  private final long count;
  private final TensorBatch whole;
  private final TensorBatch last;

  private TokenBatches(
      Corpus corpus,
      int context,
      IntFunction<int[]> starts,
      int windows,
      int before,
      long count,
      int rows) {
    this.corpus = corpus;
    this.context = context;
    this.starts = starts;
    this.windows = windows;
    this.before = before;
    this.count = count;
    this.whole = tensors(corpus, Math.min(rows, windows), context);
    int left = windows % whole.rows();
    this.last = left == 0 ? whole : tensors(corpus, left, context);
  }

  /// Windows one behind the other, in another order and from another place on in each epoch.
  static TokenBatches toTrainOn(
      Corpus corpus, int context, int rows, Sampling sampling, long seed) {
    int windows = corpus.windows(context);
    return new TokenBatches(
        corpus,
        context,
        epoch -> corpus.starts(context, sampling, seed, epoch),
        windows,
        0,
        (long) windows * context,
        rows);
  }

  /// Every token but the first as a target once, each with at least half a window before it where
  /// the text has that.
  static TokenBatches toJudge(Corpus corpus, int context, int rows) {
    int step = Math.max(1, context / 2);
    int targets = corpus.size() - 1;
    int windows = 1 + Math.ceilDiv(Math.max(0, targets - context), step);
    int[] each = new int[windows];
    Arrays.setAll(each, i -> i * step);
    return new TokenBatches(corpus, context, epoch -> each, windows, context - step, targets, rows);
  }

  private static TensorBatch tensors(Corpus corpus, int rows, int context) {
    Shape shape = Shape.of(rows, context);
    return new TensorBatch(
        corpus.documents() == 0 ? List.of(numbers(shape)) : List.of(numbers(shape), numbers(shape)),
        List.of(numbers(shape)),
        Optional.empty());
  }

  /// On an array of its own, also where it is made within a step.
  private static Tensor numbers(Shape shape) {
    return Tensor.wrap(shape, new int[shape.size()]);
  }

  /// The pass over such inputs.
  static Pass told(Pass pass, List<Tensor> inputs) {
    return inputs.size() == 1 ? pass : pass.withFirsts(inputs.get(1));
  }

  /// Where the document of each token of a window begins, at the earliest at its first one.
  ///
  /// @param firsts receives a number a token
  /// @param at where the first of them goes
  /// @param steps tokens of the window, those behind the end of the text included
  static void firsts(Corpus corpus, int start, int steps, int[] firsts, int at) {
    for (int i = 0; i < steps; i++) {
      int place = Math.min(start + i, corpus.size() - 1);
      firsts[at + i] = Math.max(0, corpus.begin(place) - start);
    }
  }

  @Override
  public long batches() {
    return Math.ceilDiv(windows, whole.rows());
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public Reader epoch(int epoch) {
    int[] each = starts.apply(epoch);
    return new Reader() {
      private int next;

      @Override
      public @Nullable TensorBatch next() {
        if (next == each.length) {
          return null;
        }
        TensorBatch batch = each.length - next >= whole.rows() ? whole : last;
        int counted = fill(batch, each, next);
        next += batch.rows();
        return batch.withCount(counted);
      }

      @Override
      public void close() {
        next = each.length;
      }
    };
  }

  /// How many targets count.
  private int fill(TensorBatch batch, int[] each, int from) {
    int[] x = batch.x().ints();
    int[] y = batch.y().ints();
    int counted = 0;
    for (int row = 0; row < batch.rows(); row++) {
      int start = each[from + row];
      int uncounted = start == 0 ? 0 : before;
      for (int i = 0; i < context; i++) {
        int at = row * context + i;
        boolean known = start + i + 1 < corpus.size();
        boolean counts = known && i >= uncounted;
        x[at] = start + i < corpus.size() ? corpus.token(start + i) : 0;
        y[at] = counts ? corpus.token(start + i + 1) : NONE;
        counted += counts ? 1 : 0;
      }
      if (batch.inputs().size() > 1) {
        firsts(corpus, start, context, batch.inputs().get(1).ints(), row * context);
      }
    }
    return counted;
  }
}
