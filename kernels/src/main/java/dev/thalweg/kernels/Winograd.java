package dev.thalweg.kernels;

import java.util.Arrays;

/// Convolution by 3×3 at step 1 in fewer multiplications: F(2×2, 3×3) of Lavin and Gray, arXiv
/// 1509.09308, after Winograd 1980. Targets are made in squares of 2×2 from squares of 4×4 sources;
/// between linear maps of both, which only add, stand 16 matrix products in place of 36
/// multiplications a square, 2.25 times fewer.
///
/// With source squares d, weights w and targets y of a square, all 4×4, 3×3 and 2×2:
///
/// ```
/// v = Bᵀ d B      u = G w Gᵀ      m(i, j) = Σ_channels u(i, j) v(i, j)      y = Aᵀ m A + bias
/// Bᵀ = 1  0 −1  0     G = 1   0   0     Aᵀ = 1  1  1  0
///      0  1  1  0         ½   ½   ½          0  1 −1 −1
///      0 −1  1  0         ½  −½   ½
///      0  1  0 −1         0   0   1
/// ```
///
/// **The bits**: along each row of a square first, then down, each sum from left to right; of u,
/// the outer two numbers first, then the middle one, then the half, in that order, down before
/// across; m is a chain as [Kernels#matmul] has it, over channels; the bias is added last. The
/// gradient by the weights is Gᵀ (Σ_squares v · A dy Aᵀ) G. The sum is that of blocks, in order,
/// each a chain over its squares, row after row, begun at 0: as many images as [Convolution] has
/// together, or 1,024 squares, counted through all images, where one has more. Gᵀ is applied across
/// before down, and what was there is added last. Its error is no larger than that of one chain of
/// 9 · channels products: the shorter chains make up for the maps (`WinogradTest`). A number that
/// is not finite spreads over its squares.
///
/// @param taps 3×3 at step 1
/// @param outputs channels of targets
record Winograd(Taps taps, int outputs) {
  /// Channels, of sources and targets, from which on the maps are worth their time.
  private static final int FEWEST_CHANNELS = 16;

  /// Numbers of a plane of weights, of which there are 16, in four copies: 64 MiB each.
  private static final int LARGEST_PLANE = 1 << 20;

  /// Floats of squares that are worked on at a time: they stay in the second-level cache.
  private static final int CHUNK = 1 << 16;

  /// Squares that a tile of a product has, or a divisor of that.
  private static final int TILE = 12;

  /// Floats of a plane of weights that are mapped at a time.
  private static final int SLICE = 1 << 10;

  private static final float[] HALF = {0.5f};

  /// Multiply-adds that take about a nanosecond.
  private static final double SPEED = 30;

  /// Squares of an image that are one block at most, else so many squares are one.
  private static final int LONGEST = 1024;

  /// Floats of the sums of blocks that are kept at a time.
  private static final int KEPT = 1 << 20;

  /// Numbers of a square.
  private static final int SQUARE = 16;

  /// Whether it can be, and is worth it: squares at the ends of odd sizes are half empty.
  static boolean fits(Taps taps, int outputs) {
    return taps.rows() == 3
        && taps.columns() == 3
        && taps.dilationY() * taps.dilationX() == 1
        && taps.strideY() * taps.strideX() == 1
        && Math.min(taps.channels(), outputs) >= FEWEST_CHANNELS
        && Math.max(taps.channels(), outputs) <= Kernels.CHAIN
        && (long) taps.channels() * outputs <= LARGEST_PLANE
        && 2 * SQUARE * down(taps) * across(taps) <= 15 * taps.pixels();
  }

  private static int down(Taps taps) {
    return Math.ceilDiv(taps.gridHeight(), 2);
  }

  private static int across(Taps taps) {
    return Math.ceilDiv(taps.gridWidth(), 2);
  }

  /// Squares of an image.
  private int squares() {
    return down(taps) * across(taps);
  }

  /// Numbers of one of the nine, and of one of the sixteen, planes of weights.
  private int plane() {
    return taps.channels() * outputs;
  }

  private int chunk() {
    int most = CHUNK / (SQUARE * (taps.channels() + outputs));
    return Math.max(TILE, most - most % TILE);
  }

  /// Targets of so many images.
  ///
  /// @param w the weights, [tap, channel, output]
  void forward(
      Engine engine,
      int images,
      float[] x,
      int xStart,
      float[] w,
      int wStart,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart) {
    int channels = taps.channels();
    float[] u = Room.floats(Room.SQUARES, SQUARE * plane());
    int slices = Math.ceilDiv(plane(), SLICE);
    if (engine.isShared(slices, SLICE * 6.0)) {
      engine.share(
          slices, SLICE * 6.0, (from, to) -> mapWeights(engine.kernels(), from, to, w, wStart, u));
    } else {
      mapWeights(engine.kernels(), 0, slices, w, wStart, u);
    }
    int panel = engine.kernels().panelColumns();
    int each = Math.ceilDiv(outputs, panel) * panel * channels;
    float[] packed = Room.floats(Room.PACKED, SQUARE * each);
    for (int s = 0; s < SQUARE; s++) {
      engine.kernels().pack(false, outputs, channels, u, s * plane(), outputs, packed, s * each);
    }
    int all = images * squares();
    int chunks = Math.ceilDiv(all, chunk());
    double nanos = (double) chunk() * SQUARE * plane() / SPEED;
    if (engine.isShared(chunks, nanos)) {
      engine.share(
          chunks,
          nanos,
          (from, to) ->
              forward(
                  engine.kernels(),
                  all,
                  from,
                  to,
                  x,
                  xStart,
                  packed,
                  each,
                  bias,
                  biasStart,
                  y,
                  yStart));
    } else {
      forward(
          engine.kernels(), all, 0, chunks, x, xStart, packed, each, bias, biasStart, y, yStart);
    }
  }

  /// The chunks `from` … `to − 1` of all squares.
  ///
  /// @param packed the sixteen planes of weights, `each` floats apart
  private void forward(
      Kernels kernels,
      int all,
      int from,
      int to,
      float[] x,
      int xStart,
      float[] packed,
      int each,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart) {
    int channels = taps.channels();
    int chunk = chunk();
    float[] v = Room.floats(Room.WINDOWS, SQUARE * chunk * channels);
    float[] m = Room.floats(Room.PART, SQUARE * chunk * outputs);
    for (int c = from; c < to; c++) {
      int first = c * chunk;
      int last = Math.min(all, first + chunk);
      int n = last - first;
      sources(kernels, x, xStart, first, last, v);
      for (int s = 0; s < SQUARE; s++) {
        kernels.matmulPacked(
            false,
            n,
            outputs,
            channels,
            v,
            s * n * channels,
            channels,
            packed,
            s * each,
            channels,
            m,
            s * n * outputs,
            outputs,
            false);
      }
      targets(kernels, m, first, last, bias, biasStart, y, yStart);
    }
  }

  /// Σ_squares v · A dy Aᵀ of a block of squares: `sum`, [16, channel, output].
  private void products(
      Kernels kernels,
      int begin,
      int end,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sum,
      int sumStart) {
    int channels = taps.channels();
    int chunk = chunk();
    float[] v = Room.floats(Room.WINDOWS, SQUARE * chunk * channels);
    float[] d = Room.floats(Room.PART, SQUARE * chunk * outputs);
    for (int first = begin; first < end; first += chunk) {
      int last = Math.min(end, first + chunk);
      int n = last - first;
      sources(kernels, x, xStart, first, last, v);
      targetsBack(kernels, dy, dyStart, first, last, d);
      for (int s = 0; s < SQUARE; s++) {
        kernels.matmul(
            true,
            false,
            channels,
            outputs,
            n,
            v,
            s * n * channels,
            channels,
            d,
            s * n * outputs,
            outputs,
            sum,
            sumStart + s * plane(),
            outputs,
            first > begin);
      }
    }
  }

  /// dw of so many images, or dw += it.
  ///
  /// @param together images that are one block where they have few squares
  void byWeights(
      Engine engine,
      int images,
      int together,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] dw,
      int dwStart,
      boolean accumulate) {
    int all = images * squares();
    if (all == 0 && !accumulate) {
      Arrays.fill(dw, dwStart, dwStart + 9 * plane(), 0);
    }
    int block = squares() <= LONGEST ? together * squares() : LONGEST;
    int blocks = Math.ceilDiv(all, block);
    int size = SQUARE * plane();
    int wave = Math.clamp(KEPT / size, 1, Math.max(1, blocks));
    float[] sums = Room.floats(Room.BLOCKS, (1 + wave) * size);
    for (int w0 = 0; w0 < blocks; w0 += wave) {
      int begin = w0;
      int some = Math.min(wave, blocks - w0);
      engine.share(
          some,
          (double) block * size / SPEED,
          (from, to) -> {
            for (int b = from; b < to; b++) {
              int first = (begin + b) * block;
              products(
                  engine.kernels(),
                  first,
                  Math.min(all, first + block),
                  x,
                  xStart,
                  dy,
                  dyStart,
                  sums,
                  (1 + b) * size);
            }
          });
      engine.share(
          Math.ceilDiv(plane(), SLICE),
          (some + 1) * SLICE * 4.0,
          (from, to) -> {
            for (int s = from; s < to; s++) {
              add(engine.kernels(), sums, s * SLICE, some, begin == 0);
              if (begin + some == blocks) {
                mapWeightsBack(
                    engine.kernels(), sums, s * SLICE, dw, dwStart + s * SLICE, accumulate);
              }
            }
          });
    }
  }

  /// A slice of all planes of some blocks, added to those in front of them.
  private void add(Kernels kernels, float[] sums, int slice, int blocks, boolean begins) {
    int n = Math.min(SLICE, plane() - slice);
    int size = SQUARE * plane();
    for (int at = slice; at < size; at += plane()) {
      if (begins) {
        System.arraycopy(sums, size + at, sums, at, n);
      }
      for (int b = begins ? 2 : 1; b <= blocks; b++) {
        kernels.zip(BinaryFunction.ADD, sums, at, 1, sums, b * size + at, 1, sums, at, n);
      }
    }
  }

  // ------------------------------------------------------------------------------- squares

  /// v of the squares `first` … `last − 1`, counted through all images: 16 matrices, a row for each
  /// square.
  private void sources(Kernels kernels, float[] x, int xStart, int first, int last, float[] v) {
    int channels = taps.channels();
    int step = (last - first) * channels;
    for (int at = first; at < last; ) {
      int row = at / across(taps);
      int column = at - row * across(taps);
      int image = row / down(taps);
      int y0 = 2 * (row - image * down(taps)) + taps.offsetY();
      int end = Math.min(last, (row + 1) * across(taps)) - at + column;
      int source = xStart + image * taps.image();
      int to = (at - first) * channels;
      boolean high = y0 >= 0 && y0 + 4 <= taps.height();
      int inside = high ? Math.clamp(Math.ceilDiv(-taps.offsetX(), 2), column, end) : end;
      int outside =
          high
              ? Math.clamp(Math.floorDiv(taps.width() - 4 - taps.offsetX(), 2) + 1, inside, end)
              : end;
      edge(kernels, x, source, y0, column, inside, v, to, step);
      if (inside < outside) {
        kernels.winogradInput(
            outside - inside,
            channels,
            x,
            source + (y0 * taps.width() + 2 * inside + taps.offsetX()) * channels,
            taps.width() * channels,
            v,
            to + (inside - column) * channels,
            step);
      }
      edge(kernels, x, source, y0, outside, end, v, to + (outside - column) * channels, step);
      at += end - column;
    }
  }

  /// Squares of a row of which some sources are outside the image.
  private void edge(
      Kernels kernels,
      float[] x,
      int source,
      int y0,
      int column,
      int end,
      float[] v,
      int to,
      int step) {
    if (column >= end) {
      return;
    }
    int channels = taps.channels();
    int wide = 2 * (end - column) + 2;
    int x0 = 2 * column + taps.offsetX();
    int line = wide * channels;
    float[] band = Room.floats(Room.BAND, 4 * line);
    Arrays.fill(band, 0, 4 * line, 0);
    int left = Math.clamp(-x0, 0, wide);
    int right = Math.clamp(taps.width() - x0, left, wide);
    for (int r = 0; r < 4; r++) {
      if (y0 + r >= 0 && y0 + r < taps.height()) {
        System.arraycopy(
            x,
            source + ((y0 + r) * taps.width() + x0 + left) * channels,
            band,
            r * line + left * channels,
            (right - left) * channels);
      }
    }
    kernels.winogradInput(end - column, channels, band, 0, line, v, to, step);
  }

  /// y of the squares `first` … `last − 1`, from their 16 matrices.
  private void targets(
      Kernels kernels,
      float[] m,
      int first,
      int last,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart) {
    int step = (last - first) * outputs;
    int line = taps.gridWidth() * outputs;
    for (int at = first; at < last; ) {
      int row = at / across(taps);
      int column = at - row * across(taps);
      int image = row / down(taps);
      int y0 = 2 * (row - image * down(taps));
      int end = Math.min(last, (row + 1) * across(taps)) - at + column;
      int target = yStart + image * taps.pixels() * outputs + y0 * line;
      int from = (at - first) * outputs;
      int whole =
          y0 + 2 <= taps.gridHeight() ? Math.clamp(taps.gridWidth() / 2, column, end) : column;
      if (column < whole) {
        kernels.winogradOutput(
            whole - column,
            outputs,
            m,
            from,
            step,
            bias,
            biasStart,
            y,
            target + 2 * column * outputs,
            line);
      }
      if (whole < end) {
        int wide = 2 * (end - whole) * outputs;
        float[] band = Room.floats(Room.BAND, 2 * wide);
        kernels.winogradOutput(
            end - whole,
            outputs,
            m,
            from + (whole - column) * outputs,
            step,
            bias,
            biasStart,
            band,
            0,
            wide);
        int n = Math.min(wide, line - 2 * whole * outputs);
        for (int r = 0; r < 2 && y0 + r < taps.gridHeight(); r++) {
          System.arraycopy(band, r * wide, y, target + r * line + 2 * whole * outputs, n);
        }
      }
      at += end - column;
    }
  }

  /// A dy Aᵀ of the squares `first` … `last − 1`: 16 matrices, a row for each square.
  private void targetsBack(
      Kernels kernels, float[] dy, int dyStart, int first, int last, float[] d) {
    int step = (last - first) * outputs;
    int line = taps.gridWidth() * outputs;
    for (int at = first; at < last; ) {
      int row = at / across(taps);
      int column = at - row * across(taps);
      int image = row / down(taps);
      int y0 = 2 * (row - image * down(taps));
      int end = Math.min(last, (row + 1) * across(taps)) - at + column;
      int target = dyStart + image * taps.pixels() * outputs + y0 * line;
      int to = (at - first) * outputs;
      int whole =
          y0 + 2 <= taps.gridHeight() ? Math.clamp(taps.gridWidth() / 2, column, end) : column;
      if (column < whole) {
        kernels.winogradOutputBack(
            whole - column, outputs, dy, target + 2 * column * outputs, line, d, to, step);
      }
      if (whole < end) {
        int wide = 2 * (end - whole) * outputs;
        float[] band = Room.floats(Room.BAND, 2 * wide);
        Arrays.fill(band, 0, 2 * wide, 0);
        int n = Math.min(wide, line - 2 * whole * outputs);
        for (int r = 0; r < 2 && y0 + r < taps.gridHeight(); r++) {
          System.arraycopy(dy, target + r * line + 2 * whole * outputs, band, r * wide, n);
        }
        kernels.winogradOutputBack(
            end - whole, outputs, band, 0, wide, d, to + (whole - column) * outputs, step);
      }
      at += end - column;
    }
  }

  // ------------------------------------------------------------------------------- weights

  /// u of the weights of the slices `from` … `to − 1` of a plane.
  private void mapWeights(Kernels kernels, int from, int to, float[] w, int wStart, float[] u) {
    for (int s = from; s < to; s++) {
      mapWeights(kernels, w, wStart, u, s * SLICE);
    }
  }

  /// u of some weights, beginning with number `first` of a plane.
  private void mapWeights(Kernels kernels, float[] w, int wStart, float[] u, int first) {
    int n = Math.min(SLICE, plane() - first);
    float[] half = Room.floats(Room.TURNED, 12 * SLICE);
    for (int column = 0; column < 3; column++) {
      int at = wStart + column * plane() + first;
      int row = 3 * plane();
      map3(kernels, n, w, at, row, half, column * SLICE, 3 * SLICE);
    }
    for (int row = 0; row < 4; row++) {
      map3(kernels, n, half, row * 3 * SLICE, SLICE, u, row * 4 * plane() + first, plane());
    }
  }

  /// Three numbers to four, by G.
  private static void map3(
      Kernels kernels, int n, float[] w, int at, int step, float[] u, int to, int next) {
    System.arraycopy(w, at, u, to, n);
    System.arraycopy(w, at + 2 * step, u, to + 3 * next, n);
    int one = to + next;
    int two = one + next;
    kernels.zip(BinaryFunction.ADD, w, at, 1, w, at + 2 * step, 1, u, two, n);
    kernels.zip(BinaryFunction.ADD, u, two, 1, w, at + step, 1, u, one, n);
    kernels.zip(BinaryFunction.SUBTRACT, u, two, 1, w, at + step, 1, u, two, n);
    kernels.zip(BinaryFunction.MULTIPLY, u, one, 1, HALF, 0, 0, u, one, n);
    kernels.zip(BinaryFunction.MULTIPLY, u, two, 1, HALF, 0, 0, u, two, n);
  }

  /// dw, or dw += it, of the numbers of a slice of all planes, which are not kept.
  private void mapWeightsBack(
      Kernels kernels, float[] sum, int slice, float[] dw, int dwStart, boolean accumulate) {
    int n = Math.min(SLICE, plane() - slice);
    float[] part = Room.floats(Room.TURNED, 15 * SLICE);
    for (int row = 0; row < 4; row++) {
      map4(kernels, n, sum, slice + row * 4 * plane(), plane(), part, row * 3 * SLICE, SLICE);
    }
    for (int column = 0; column < 3; column++) {
      int to = accumulate ? 12 * SLICE : dwStart + column * plane();
      float[] y = accumulate ? part : dw;
      int next = accumulate ? SLICE : 3 * plane();
      map4(kernels, n, part, column * SLICE, 3 * SLICE, y, to, next);
      for (int row = 0; row < 3 && accumulate; row++) {
        int at = dwStart + (3 * row + column) * plane();
        kernels.zip(BinaryFunction.ADD, dw, at, 1, part, to + row * next, 1, dw, at, n);
      }
    }
  }

  /// Four numbers to three, by Gᵀ. The second two of the four become their halved sum and
  /// difference.
  private static void map4(
      Kernels kernels, int n, float[] u, int at, int step, float[] w, int to, int next) {
    int one = at + step;
    int two = one + step;
    kernels.zip(BinaryFunction.SUBTRACT, u, one, 1, u, two, 1, w, to + next, n);
    kernels.zip(BinaryFunction.MULTIPLY, w, to + next, 1, HALF, 0, 0, w, to + next, n);
    kernels.zip(BinaryFunction.ADD, u, one, 1, u, two, 1, u, one, n);
    kernels.zip(BinaryFunction.MULTIPLY, u, one, 1, HALF, 0, 0, u, one, n);
    kernels.zip(BinaryFunction.ADD, u, at, 1, u, one, 1, w, to, n);
    kernels.zip(BinaryFunction.ADD, u, one, 1, u, two + step, 1, w, to + 2 * next, n);
  }
}
