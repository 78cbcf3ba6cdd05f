package dev.thalweg.kernels;

import java.util.Arrays;

/// Attention, softmax(Q Kᵀ / √width) V for each head, and its gradients, without ever holding all
/// of Q Kᵀ: blocks of 64 queries meet blocks of 128 keys, the softmax is kept up to date from block
/// to block (Milakov and Gimelshein 2018, arXiv 1805.02867; Dao et al. 2022, arXiv 2205.14135), and
/// the backward pass computes the blocks again from the logarithm of each query's sum. A family of
/// kernels on any provider.
///
/// The heads of a token lie side by side: those of query i of sequence b begin at (b · queries + i)
/// · stride, head h being `width` floats from h · width on; so with keys and values, of which
/// several heads may share one (*grouped* queries): head h has those of h / (heads / keyHeads).
///
/// Query i stands at the place p = i + keys − queries, at the end of the keys: where there are more
/// keys than queries, the first ones are of steps before. It sees the keys j
///
/// * j ≤ p where `causal`;
/// * |p − j| < `window` where that is not 0;
/// * j < the length of its sequence, where there are lengths;
/// * j ≥ the first key that is said for it, where one is: the beginning of its document, where
///   several are packed into a sequence.
///
/// Who sees none gets zeros, and has no gradient. With `alibi` each head's scores are lowered by
/// slope · |p − j|, slope = 2^(−8 (h + 1) / heads): Press et al. 2022, arXiv 2108.12409, whose
/// heads are a power of 2.
///
/// **The bits.** Scores are chains over the width, of queries that were multiplied by 1/√width
/// before; within a block of keys exponentials are added as [Kernels#sum] does, and the blocks one
/// after the other: sum ← fma(sum, exp(old maximum − new maximum), sum of the block). Results are
/// chains over the keys, block after block, by which they are multiplied alike, and at the end by 1
/// / sum. Gradients are chains over the queries, or keys, in order.
///
/// @param batch sequences
/// @param queries of a sequence
/// @param keys of a sequence
/// @param heads of queries
/// @param keyHeads heads of keys and values, which divide those of queries
/// @param width floats of a head
/// @param causal whether only what was before is seen
/// @param window how far is seen, in steps, the own one included; 0: without limit
/// @param alibi whether scores fall with distance
public record BlockedAttention(
    int batch,
    int queries,
    int keys,
    int heads,
    int keyHeads,
    int width,
    boolean causal,
    int window,
    boolean alibi) {

  private static final int ROWS = 64;
  private static final int COLUMNS = 128;

  /// The score of what is not seen.
  private static final float UNSEEN = -1e30f;

  /// Multiply-adds that take about a nanosecond, with all that is done to the scores.
  private static final double SPEED = 12;

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException where one is negative or 0, or heads are not divided
  public BlockedAttention {
    if (batch < 0 || queries < 0 || keys < 0 || width < 1 || window < 0) {
      throw new IllegalArgumentException(
          "attention: expected sizes of 0 or more and heads of 1 or more, found %d x %d queries, %d keys, width %d, window %d"
              .formatted(batch, queries, keys, width, window));
    }
    if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0) {
      throw new IllegalArgumentException(
          "attention: expected heads of keys that divide the %d heads, found %d"
              .formatted(heads, keyHeads));
    }
  }

  /// The slope of a head's scores with distance.
  public static double slope(int head, int heads) {
    return StrictMath.pow(2, -8.0 * (head + 1) / heads);
  }

  /// The first key that query i of sequence b sees.
  private int first(int[] firsts, int b, int i) {
    int near = window == 0 ? 0 : Math.max(0, i + keys - queries - window + 1);
    return firsts.length == 0 ? near : Math.max(near, firsts[b * queries + i]);
  }

  /// The key behind the last that query i sees.
  private int end(int i, int length) {
    int p = i + keys - queries;
    int end = causal ? p + 1 : window == 0 ? keys : p + window;
    return Math.max(0, Math.min(Math.min(end, keys), length));
  }

  private float unit() {
    return (float) (1 / Math.sqrt(width));
  }

  private double cost(double perPair) {
    double seen = causal ? 0.5 : 1;
    if (window > 0) {
      seen = Math.min(seen, (causal ? 1.0 : 2.0) * window / Math.max(1, keys));
    }
    return seen * queries * keys * (width * perPair + 8) / SPEED;
  }

  /// The results, and the logarithm of each query's and head's sum of exponentials.
  ///
  /// @param qStride floats from token to token
  /// @param lengths how many keys of each sequence there are; none: all
  /// @param firsts batch · queries numbers, the first key that each query sees; none: 0
  /// @param logs receives batch · queries · heads numbers, head by head of each query
  public void forward(
      Engine engine,
      float[] q,
      int qStart,
      int qStride,
      float[] k,
      int kStart,
      int kStride,
      float[] v,
      int vStart,
      int vStride,
      int[] lengths,
      int[] firsts,
      float[] y,
      int yStart,
      int yStride,
      float[] logs,
      int logsStart) {
    engine.share(
        batch * heads,
        cost(2),
        (from, to) -> {
          Kernels kernels = engine.kernels();
          for (int item = from; item < to; item++) {
            int b = item / heads;
            int h = item % heads;
            int own = h / (heads / keyHeads) * width;
            float[] packed = Room.floats(Room.PACKED, packed(kernels));
            int k0 = kStart + b * keys * kStride + own;
            kernels.pack(true, keys, width, k, k0, kStride, packed, 0);
            Block block = new Block(kernels, b, length(lengths, b), firsts, slope(h), packed);
            for (int i = 0; i < queries; i += ROWS) {
              int rows = Math.min(ROWS, queries - i);
              block.look(i, rows, q, qStart + (b * queries + i) * qStride + h * width, qStride);
              block.forward(
                  v,
                  vStart + b * keys * vStride + own,
                  vStride,
                  y,
                  yStart + (b * queries + i) * yStride + h * width,
                  yStride,
                  logs,
                  logsStart + (b * queries + i) * heads + h);
            }
          }
        });
  }

  private float slope(int h) {
    return alibi ? (float) slope(h, heads) : 0;
  }

  private int length(int[] lengths, int b) {
    return lengths.length == 0 ? keys : lengths[b];
  }

  private int packed(Kernels kernels) {
    int panel = kernels.panelColumns();
    return Math.ceilDiv(keys, panel) * panel * width;
  }

  /// The gradients by queries, keys and values, from that by the results.
  ///
  /// @param firsts what [#forward] was given, as all that stands before it
  /// @param y what it gave
  /// @param dy the gradient by it
  /// @param logs what it gave
  public void back(
      Engine engine,
      float[] q,
      int qStart,
      int qStride,
      float[] k,
      int kStart,
      int kStride,
      float[] v,
      int vStart,
      int vStride,
      int[] lengths,
      int[] firsts,
      float[] y,
      int yStart,
      int yStride,
      float[] dy,
      int dyStart,
      int dyStride,
      float[] logs,
      int logsStart,
      float[] dq,
      int dqStart,
      int dqStride,
      float[] dk,
      int dkStart,
      int dkStride,
      float[] dv,
      int dvStart,
      int dvStride) {
    int each = heads / keyHeads;
    engine.share(
        batch * keyHeads,
        cost(5) * each,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          for (int item = from; item < to; item++) {
            int b = item / keyHeads;
            int own = item % keyHeads * width;
            float[] keysPacked = Room.floats(Room.PACKED, packed(kernels));
            float[] valuesPacked = Room.floats(Room.WEIGHTS, packed(kernels));
            int k0 = kStart + b * keys * kStride + own;
            int v0 = vStart + b * keys * vStride + own;
            int dk0 = dkStart + b * keys * dkStride + own;
            int dv0 = dvStart + b * keys * dvStride + own;
            kernels.pack(true, keys, width, k, k0, kStride, keysPacked, 0);
            kernels.pack(true, keys, width, v, v0, vStride, valuesPacked, 0);
            for (int j = 0; j < keys; j++) {
              Arrays.fill(dk, dk0 + j * dkStride, dk0 + j * dkStride + width, 0);
              Arrays.fill(dv, dv0 + j * dvStride, dv0 + j * dvStride + width, 0);
            }
            for (int h = item % keyHeads * each; h < (item % keyHeads + 1) * each; h++) {
              Block block = new Block(kernels, b, length(lengths, b), firsts, slope(h), keysPacked);
              for (int i = 0; i < queries; i += ROWS) {
                int token = b * queries + i;
                int rows = Math.min(ROWS, queries - i);
                block.look(i, rows, q, qStart + token * qStride + h * width, qStride);
                block.back(
                    valuesPacked,
                    k,
                    k0,
                    kStride,
                    y,
                    yStart + token * yStride + h * width,
                    yStride,
                    dy,
                    dyStart + token * dyStride + h * width,
                    dyStride,
                    logs,
                    logsStart + token * heads + h,
                    dq,
                    dqStart + token * dqStride + h * width,
                    dqStride,
                    dk,
                    dk0,
                    dkStride,
                    dv,
                    dv0,
                    dvStride);
              }
            }
          }
        });
  }

  /// Some queries of one head while they meet the keys, on one thread.
  private final class Block {
    private final Kernels kernels;
    private final int sequence;
    private final int length;
    private final int[] firsts;
    private final float slope;
    private final float[] packedKeys;
    private final float[] scores = Room.floats(Room.TURNED, ROWS * COLUMNS);
    private final float[] scaled = Room.floats(Room.BAND, ROWS * width);
    private final float[] numbers = Room.floats(Room.COUNTS, 5 * ROWS);
    private int place;
    private int rows;

    Block(
        Kernels kernels, int sequence, int length, int[] firsts, float slope, float[] packedKeys) {
      this.kernels = kernels;
      this.sequence = sequence;
      this.length = length;
      this.firsts = firsts;
      this.slope = slope;
      this.packedKeys = packedKeys;
    }

    /// Takes queries from number i on.
    void look(int i, int count, float[] q, int qStart, int qStride) {
      place = i;
      rows = count;
      numbers[0] = unit();
      kernels.zipRows(
          BinaryFunction.MULTIPLY,
          count,
          width,
          q,
          qStart,
          qStride,
          1,
          numbers,
          0,
          0,
          0,
          scaled,
          0,
          width);
    }

    /// Where the keys begin that these queries see, at a multiple of a block.
    private int from() {
      int from = keys;
      for (int r = 0; r < rows; r++) {
        from = Math.min(from, first(firsts, sequence, place + r));
      }
      return from / COLUMNS * COLUMNS;
    }

    private int to() {
      return end(place + rows - 1, length);
    }

    /// The scores by keys from j on; what is not seen has the least.
    private void score(int j, int columns) {
      kernels.matmulPacked(
          false,
          rows,
          columns,
          width,
          scaled,
          0,
          width,
          packedKeys,
          j * width,
          width,
          scores,
          0,
          columns,
          false);
      for (int r = 0; r < rows; r++) {
        int row = r * columns;
        int low = Math.min(columns, Math.max(0, first(firsts, sequence, place + r) - j));
        int high = Math.max(low, Math.min(columns, end(place + r, length) - j));
        if (slope != 0) {
          lower(row + low, row + high, place + r + keys - queries - j - low);
        }
        if (low > 0) {
          Arrays.fill(scores, row, row + low, UNSEEN);
        }
        if (high < columns) {
          Arrays.fill(scores, row + high, row + columns, UNSEEN);
        }
      }
    }

    /// Lowers scores by distance.
    ///
    /// @param distance of the first of them
    private void lower(int from, int to, int distance) {
      for (int at = from; at < to; at++) {
        scores[at] -= slope * Math.abs(distance - (at - from));
      }
    }

    void forward(
        float[] v, int v0, int vStride, float[] y, int y0, int yStride, float[] logs, int logs0) {
      int maxima = 0;
      int next = ROWS;
      int sums = 2 * ROWS;
      int part = 3 * ROWS;
      int factors = 4 * ROWS;
      Arrays.fill(numbers, maxima, rows, UNSEEN);
      Arrays.fill(numbers, sums, sums + rows, 0);
      int to = to();
      boolean begun = false;
      for (int j = from(); j < to; j += COLUMNS) {
        int columns = Math.min(COLUMNS, to - j);
        score(j, columns);
        for (int r = 0; r < rows; r++) {
          float most = kernels.max(scores, r * columns, columns);
          // of who sees nothing here nothing changes
          float now = most == UNSEEN ? numbers[r] : Math.max(numbers[r], most);
          numbers[factors + r] = numbers[r] - now;
          numbers[r] = now;
          numbers[next + r] = now == UNSEEN ? 0 : now;
        }
        exponentials(numbers, next, columns);
        kernels.map(UnaryFunction.EXP, numbers, factors, numbers, factors, rows);
        kernels.rowSums(rows, columns, scores, 0, columns, numbers, part);
        for (int r = 0; r < rows; r++) {
          numbers[sums + r] = Math.fma(numbers[sums + r], numbers[factors + r], numbers[part + r]);
        }
        if (begun) {
          scale(y, y0, yStride, factors);
        }
        kernels.matmul(
            false,
            false,
            rows,
            width,
            columns,
            scores,
            0,
            columns,
            v,
            v0 + j * vStride,
            vStride,
            y,
            y0,
            yStride,
            begun);
        begun = true;
      }
      for (int r = 0; r < rows; r++) {
        float sum = numbers[sums + r];
        numbers[factors + r] = sum == 0 ? 0 : 1 / sum;
        logs[logs0 + r * heads] = sum == 0 ? -UNSEEN : numbers[r] + Float32Functions.log(sum);
        if (!begun) {
          Arrays.fill(y, y0 + r * yStride, y0 + r * yStride + width, 0);
        }
      }
      if (begun) {
        scale(y, y0, yStride, factors);
      }
    }

    /// exp(scores − a number a row), but 0 where that is next to nothing.
    private void exponentials(float[] less, int lessStart, int columns) {
      int n = rows * columns;
      kernels.zipRows(
          BinaryFunction.SUBTRACT,
          rows,
          columns,
          scores,
          0,
          columns,
          1,
          less,
          lessStart,
          1,
          0,
          scores,
          0,
          columns);
      kernels.map(UnaryFunction.EXP, scores, 0, scores, 0, n);
      kernels.withoutNegligible(scores, 0, scores, 0, n);
    }

    /// Multiplies rows by a number each.
    private void scale(float[] y, int y0, int yStride, int factors) {
      kernels.zipRows(
          BinaryFunction.MULTIPLY,
          rows,
          width,
          y,
          y0,
          yStride,
          1,
          numbers,
          factors,
          1,
          0,
          y,
          y0,
          yStride);
    }

    void back(
        float[] packedValues,
        float[] k,
        int k0,
        int kStride,
        float[] y,
        int y0,
        int yStride,
        float[] dy,
        int dy0,
        int dyStride,
        float[] logs,
        int logs0,
        float[] dq,
        int dq0,
        int dqStride,
        float[] dk,
        int dk0,
        int dkStride,
        float[] dv,
        int dv0,
        int dvStride) {
      float[] slopes = Room.floats(Room.PART, ROWS * COLUMNS);
      float[] g = Room.floats(Room.BLOCKS, ROWS * width);
      int sums = 0;
      int own = ROWS;
      for (int r = 0; r < rows; r++) {
        kernels.withoutNegligible(dy, dy0 + r * dyStride, g, r * width, width);
        numbers[own + r] = logs[logs0 + r * heads];
      }
      kernels.rowDots(rows, width, y, y0, yStride, g, 0, width, numbers, sums);
      boolean begun = false;
      int to = to();
      for (int j = from(); j < to; j += COLUMNS) {
        int columns = Math.min(COLUMNS, to - j);
        score(j, columns);
        exponentials(numbers, own, columns);
        kernels.matmul(
            true,
            false,
            columns,
            width,
            rows,
            scores,
            0,
            columns,
            g,
            0,
            width,
            dv,
            dv0 + j * dvStride,
            dvStride,
            true);
        kernels.matmulPacked(
            false,
            rows,
            columns,
            width,
            g,
            0,
            width,
            packedValues,
            j * width,
            width,
            slopes,
            0,
            columns,
            false);
        kernels.zipRows(
            BinaryFunction.SUBTRACT,
            rows,
            columns,
            slopes,
            0,
            columns,
            1,
            numbers,
            sums,
            1,
            0,
            slopes,
            0,
            columns);
        int n = rows * columns;
        kernels.zip(BinaryFunction.MULTIPLY, slopes, 0, 1, scores, 0, 1, slopes, 0, n);
        kernels.withoutNegligible(slopes, 0, slopes, 0, n);
        kernels.matmul(
            false,
            false,
            rows,
            width,
            columns,
            slopes,
            0,
            columns,
            k,
            k0 + j * kStride,
            kStride,
            dq,
            dq0,
            dqStride,
            begun);
        kernels.matmul(
            true,
            false,
            columns,
            width,
            rows,
            slopes,
            0,
            columns,
            scaled,
            0,
            width,
            dk,
            dk0 + j * dkStride,
            dkStride,
            true);
        begun = true;
      }
      numbers[sums] = begun ? unit() : 0;
      for (int r = 0; !begun && r < rows; r++) {
        Arrays.fill(dq, dq0 + r * dqStride, dq0 + r * dqStride + width, 0);
      }
      kernels.zipRows(
          BinaryFunction.MULTIPLY,
          rows,
          width,
          dq,
          dq0,
          dqStride,
          1,
          numbers,
          sums,
          0,
          0,
          dq,
          dq0,
          dqStride);
    }
  }
}
