package dev.thalweg.kernels;

import org.jspecify.annotations.Nullable;

/// Convolution of images (cross-correlation, as all libraries for learning have it), its gradients,
/// and so transposed convolution: a family of kernels, on any provider, of one geometry.
///
/// Images are dense and channels come last: pixel (y, x) of image i has its channels from ((i ·
/// height + y) · width + x) · channels on. Weights are [kernelHeight, kernelWidth, channels /
/// groups, filters], as Keras stores them. Group g joins the input channels from g · channels /
/// groups on to the filters from g · filters / groups on; with as many groups as channels the
/// convolution is depthwise.
///
/// **The bits**, the same for every provider, any number of threads and any cut of a batch into
/// images:
///
/// * *Forward*, an element is a chain as [Kernels#matmul] has it, over (ky, kx, channel) in this
///   order, begun at the bias, or at 0. A tap in the padding is the number 0: it takes part.
/// * *By input*, an element is such a chain over the output pixels that it has part in, row after
///   row, and each pixel's filters, begun at 0; output pixels that would lie outside, within reach
///   of the kernel, are 0 and take part.
/// * *By weights*, pixels are cut into blocks: as many images as have at most 1,024 output pixels
///   together, rounded down to a power of two, or one image, or 4,096 pixels of one that has more.
///   An element is the sum, in order, of the blocks, each a chain over its pixels begun at 0; the
///   sum begins at what was there, or at 0. Zeros may stand between the rows of an image, which
///   moves no bit of finite numbers. So it may be taken in parts of the batch, in order, where each
///   part but the last is a multiple of [#imagesTogether].
/// * *3×3 at step 1* without dilation and groups, of 16 channels and more on both sides, is
///   computed with fewer multiplications: see `Winograd` beside this, which states its bits.
///
/// *Transposed convolution* with these weights is the gradient by the input; its own gradient by
/// the input is the forward convolution, and by the weights that of the convolution with x and the
/// gradient of y in each other's place.
public final class Convolution {

  /// Floats of windows that are worked on at a time: they should stay in the second-level cache.
  private static final int CHUNK = 1 << 15;

  /// The same in a gradient by weights, which goes through its result for each of them.
  private static final int BLOCK_CHUNK = 1 << 16;

  /// Weights of a filter from which on the other factor is turned first.
  private static final int TURNED = 96;

  private static final float[] NONE = {};

  /// Floats that stay in the first-level cache beside others.
  private static final int NEAR = 1 << 12;

  /// Floats of a row of taps that are worth a product of their own.
  private static final int SHORTEST_RUN = 24;

  /// Channels from which on images are read by channels.
  private static final int FEWEST_CHANNELS = 16;

  /// Floats of an image with its padding that may be kept at a time.
  private static final int LARGEST_BAND = 1 << 17;

  /// Pixels that one chain of a gradient by weights has, or about so many.
  private static final int TOGETHER = 1024;

  /// Floats of the results of blocks that are kept at a time.
  private static final int KEPT = 1 << 20;

  /// Multiply-adds that take about a nanosecond.
  private static final double SPEED = 30;

  private final Window window;
  private final int height;
  private final int width;
  private final int channels;
  private final int filters;
  private final int groups;

  /// What the forward direction reads.
  private final Taps forward;

  /// How it is computed with fewer multiplications; null where it is not.
  private final @Nullable Winograd squares;

  /// One of that geometry.
  ///
  /// @param window the kernel's size and steps
  /// @param height rows of an image
  /// @param width columns of an image
  /// @param channels of the input
  /// @param filters channels of the output
  /// @param groups that channels and filters are divided into
  /// @throws IllegalArgumentException if the kernel is larger than the padded image, or groups do
  ///   not divide channels and filters
  public Convolution(Window window, int height, int width, int channels, int filters, int groups) {
    if (height < 1 || width < 1 || channels < 1 || filters < 1) {
      throw new IllegalArgumentException(
          "convolution: expected an image and filters, found %d x %d, %d channels, %d filters"
              .formatted(height, width, channels, filters));
    }
    if (groups < 1 || channels % groups != 0 || filters % groups != 0) {
      throw new IllegalArgumentException(
          "convolution: expected groups that divide %d channels and %d filters, found %d"
              .formatted(channels, filters, groups));
    }
    if (window.outputHeight(height) < 1 || window.outputWidth(width) < 1) {
      throw new IllegalArgumentException(
          "convolution: expected a kernel of at most %d x %d, the image with its padding, found %d x %d"
              .formatted(
                  height + window.top() + window.bottom(),
                  width + window.left() + window.right(),
                  window.spanY(),
                  window.spanX()));
    }
    this.window = window;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.filters = filters;
    this.groups = groups;
    forward =
        new Taps(
            height,
            width,
            channels,
            window.kernelHeight(),
            window.kernelWidth(),
            window.dilationY(),
            window.dilationX(),
            window.strideY(),
            window.strideX(),
            -window.top(),
            -window.left(),
            window.outputHeight(height),
            window.outputWidth(width));
    squares =
        groups == 1 && Winograd.fits(forward, filters) ? new Winograd(forward, filters) : null;
  }

  /// The kernel's size and steps.
  public Window window() {
    return window;
  }

  /// Rows of an input image.
  public int height() {
    return height;
  }

  /// Columns of an input image.
  public int width() {
    return width;
  }

  /// Channels of the input.
  public int channels() {
    return channels;
  }

  /// Channels of the output.
  public int filters() {
    return filters;
  }

  /// How many parts channels and filters are divided into.
  public int groups() {
    return groups;
  }

  /// Rows of the output.
  public int outputHeight() {
    return window.outputHeight(height);
  }

  /// Columns of the output.
  public int outputWidth() {
    return window.outputWidth(width);
  }

  /// Numbers of an input image.
  public int inputSize() {
    return height * width * channels;
  }

  /// Numbers of an output image.
  public int outputSize() {
    return outputHeight() * outputWidth() * filters;
  }

  /// Numbers of all weights, without biases.
  public int weights() {
    return window.taps() * (channels / groups) * filters;
  }

  /// Multiply-adds of an image, forward.
  public long multiplyAdds() {
    return (long) outputHeight() * outputWidth() * weights();
  }

  /// How many images are summed as one block in a gradient by the weights.
  public int imagesTogether() {
    return Math.max(1, Integer.highestOneBit(TOGETHER / (outputHeight() * outputWidth())));
  }

  /// y = x * w + bias, for that many images.
  ///
  /// @param bias a number for each filter, from `biasStart` on; may be of length 0: no bias
  public void forward(
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
    if (isDepthwise()) {
      var each = new Depthwise(forward);
      int line = forward.gridWidth() * channels;
      engine.share(
          images * forward.gridHeight(),
          each.nanosOfRow(),
          (from, to) -> {
            for (int r = from; r < to; r++) {
              each.row(
                  engine.kernels(),
                  r,
                  x,
                  xStart,
                  w,
                  wStart,
                  bias,
                  biasStart,
                  y,
                  yStart + r * line,
                  channels);
            }
          });
      return;
    }
    if (squares != null) {
      squares.forward(engine, images, x, xStart, w, wStart, bias, biasStart, y, yStart);
      return;
    }
    int own = filters / groups;
    int depth = channels / groups;
    int pixels = images * forward.pixels();
    int chunk = chunk(forward);
    int each = packedSize(engine.kernels(), forward.taps() * depth, own);
    float[] packed = Room.floats(Room.PACKED, groups * each);
    for (int g = 0; g < groups; g++) {
      engine
          .kernels()
          .pack(false, own, forward.taps() * depth, w, wStart + g * own, filters, packed, g * each);
    }
    int chunks = Math.ceilDiv(pixels, chunk);
    double nanos = (double) chunk * weights() / SPEED;
    if (engine.isShared(chunks, nanos)) {
      engine.share(
          chunks,
          nanos,
          (from, to) ->
              forward(
                  engine.kernels(),
                  pixels,
                  from,
                  to,
                  x,
                  xStart,
                  packed,
                  bias,
                  biasStart,
                  y,
                  yStart));
    } else {
      forward(engine.kernels(), pixels, 0, chunks, x, xStart, packed, bias, biasStart, y, yStart);
    }
  }

  /// The chunks of pixels `from` … `to − 1` of y.
  private void forward(
      Kernels kernels,
      int pixels,
      int from,
      int to,
      float[] x,
      int xStart,
      float[] packed,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart) {
    int own = filters / groups;
    int depth = channels / groups;
    int chunk = chunk(forward);
    int each = packedSize(kernels, forward.taps() * depth, own);
    for (int c = from; c < to; c++) {
      int first = c * chunk;
      int last = Math.min(pixels, first + chunk);
      int at = yStart + first * filters;
      for (int g = 0; g < groups; g++) {
        product(
            kernels,
            forward,
            x,
            xStart + g * depth,
            depth,
            first,
            last,
            packed,
            g * each,
            y,
            at + g * own,
            filters,
            own,
            bias,
            biasStart + g * own);
      }
    }
  }

  /// dx, from dy and the weights, for that many images.
  public void byInput(
      Engine engine,
      int images,
      float[] dy,
      int dyStart,
      float[] w,
      int wStart,
      float[] dx,
      int dxStart) {
    int own = filters / groups;
    int depth = channels / groups;
    for (int phase = 0; phase < window.strideY() * window.strideX(); phase++) {
      int py = phase / window.strideX();
      int px = phase % window.strideX();
      if (py >= height || px >= width) {
        continue;
      }
      Taps taps = inputTaps(py, px);
      if (isDepthwise()) {
        depthwiseByInput(engine, taps, py, px, images, dy, dyStart, w, wStart, dx, dxStart);
        continue;
      }
      float[] turned = Room.floats(Room.WEIGHTS, Math.max(1, groups * taps.taps() * own * depth));
      turn(engine.kernels(), taps, py, px, w, wStart, turned);
      if (groups == 1
          && window.strideY() * window.strideX() == 1
          && Winograd.fits(taps, channels)) {
        new Winograd(taps, channels)
            .forward(engine, images, dy, dyStart, turned, 0, NONE, 0, dx, dxStart);
        return;
      }
      int k = taps.taps() * own;
      int each = packedSize(engine.kernels(), k, depth);
      float[] packed = Room.floats(Room.PACKED, groups * each);
      for (int g = 0; g < groups; g++) {
        engine.kernels().pack(false, depth, k, turned, g * k * depth, depth, packed, g * each);
      }
      boolean dense = window.strideY() * window.strideX() == 1;
      int pixels = images * taps.pixels();
      int chunk = chunk(taps);
      engine.share(
          Math.ceilDiv(pixels, chunk),
          (double) chunk * taps.taps() * own * channels / SPEED,
          (from, to) -> {
            Kernels kernels = engine.kernels();
            for (int c = from; c < to; c++) {
              int first = c * chunk;
              int last = Math.min(pixels, first + chunk);
              float[] part = dense ? dx : Room.floats(Room.PART, (last - first) * channels);
              int at = dense ? dxStart + first * channels : 0;
              for (int g = 0; g < groups; g++) {
                product(
                    kernels,
                    taps,
                    dy,
                    dyStart + g * own,
                    own,
                    first,
                    last,
                    packed,
                    g * each,
                    part,
                    at + g * depth,
                    channels,
                    depth,
                    NONE,
                    0);
              }
              if (!dense) {
                place(kernels, taps, py, px, part, first, last, dx, dxStart);
              }
            }
          });
    }
  }

  /// dw, from x and dy, for that many images.
  ///
  /// @param accumulate whether what is in `dw` is added to
  public void byWeights(
      Engine engine,
      int images,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] dw,
      int dwStart,
      boolean accumulate) {
    Taps taps = forward;
    if (squares != null) {
      squares.byWeights(
          engine, images, imagesTogether(), x, xStart, dy, dyStart, dw, dwStart, accumulate);
      return;
    }
    int own = filters / groups;
    int width = taps.taps() * (channels / groups);
    int size = weights();
    int blocks = blocks(images);
    int wave = Math.clamp(KEPT / size, 1, Math.max(1, blocks));
    float[] sums = Room.floats(Room.BLOCKS, (wave + 1) * size);
    Kernels mine = engine.kernels();
    boolean planes = isDepthwise() || byTaps(taps) || byChannels(taps);
    if (planes && accumulate) {
      System.arraycopy(dw, dwStart, sums, 0, size);
    } else if (planes) {
      java.util.Arrays.fill(sums, 0, size, 0);
    }
    for (int g = 0; g < groups && !planes; g++) {
      if (accumulate) {
        mine.transpose(width, own, dw, dwStart + g * own, filters, sums, g * own * width, width);
      } else {
        java.util.Arrays.fill(sums, g * own * width, (g + 1) * own * width, 0);
      }
    }
    for (int w0 = 0; w0 < blocks; w0 += wave) {
      int begin = w0;
      int some = Math.min(wave, blocks - w0);
      engine.share(
          some,
          (double) size * Math.min(TOGETHER, taps.pixels() * (long) images) / SPEED,
          (from, to) -> {
            for (int b = from; b < to; b++) {
              block(
                  engine.kernels(),
                  taps,
                  images,
                  begin + b,
                  x,
                  xStart,
                  dy,
                  dyStart,
                  sums,
                  (1 + b) * size);
            }
          });
      engine.share(
          Math.ceilDiv(size, SLICE),
          some * SLICE / 8.0,
          (from, to) -> {
            int last = Math.min(size, to * SLICE);
            int first = from * SLICE;
            for (int b = 1; b <= some; b++) {
              engine
                  .kernels()
                  .zip(
                      BinaryFunction.ADD,
                      sums,
                      first,
                      1,
                      sums,
                      b * size + first,
                      1,
                      sums,
                      first,
                      last - first);
            }
          });
    }
    if (planes) {
      System.arraycopy(sums, 0, dw, dwStart, size);
      return;
    }
    for (int g = 0; g < groups; g++) {
      mine.transpose(own, width, sums, g * own * width, width, dw, dwStart + g * own, filters);
    }
  }

  /// Numbers of all blocks' sums that are added in one go.
  private static final int SLICE = 1024;

  /// Blocks of pixels of a gradient by the weights.
  int blocks(int images) {
    int perImage = Math.ceilDiv(outputHeight() * outputWidth(), Kernels.CHAIN);
    return perImage > 1 ? images * perImage : Math.ceilDiv(images, imagesTogether());
  }

  /// The first pixel of a block, counted through all images; that of the next is where it ends, or
  /// the last pixel of all.
  int firstPixel(int block) {
    int pixels = outputHeight() * outputWidth();
    int perImage = Math.ceilDiv(pixels, Kernels.CHAIN);
    return perImage > 1
        ? block / perImage * pixels + block % perImage * Kernels.CHAIN
        : block * imagesTogether() * pixels;
  }

  /// Whether each channel has one filter of its own, and rows of targets are short enough for a
  /// chain to be whole rows.
  private boolean isDepthwise() {
    return groups > 1
        && groups == channels
        && groups == filters
        && outputHeight() * outputWidth() <= Kernels.CHAIN;
  }

  private void depthwiseByInput(
      Engine engine,
      Taps taps,
      int py,
      int px,
      int images,
      float[] dy,
      int dyStart,
      float[] w,
      int wStart,
      float[] dx,
      int dxStart) {
    Phase y =
        Phase.of(py, window.strideY(), window.dilationY(), window.kernelHeight(), window.top());
    Phase x =
        Phase.of(px, window.strideX(), window.dilationX(), window.kernelWidth(), window.left());
    float[] turned = Room.floats(Room.WEIGHTS, taps.taps() * channels);
    for (int t = 0; t < taps.taps(); t++) {
      int ky = y.last - t / taps.columns() * y.step;
      int kx = x.last - t % taps.columns() * x.step;
      int from = wStart + (ky * window.kernelWidth() + kx) * channels;
      System.arraycopy(w, from, turned, t * channels, channels);
    }
    var each = new Depthwise(taps);
    engine.share(
        images * taps.gridHeight(),
        each.nanosOfRow(),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int iy = r % taps.gridHeight() * window.strideY() + py;
            int line = r / taps.gridHeight() * height + iy;
            each.row(
                engine.kernels(),
                r,
                dy,
                dyStart,
                turned,
                0,
                NONE,
                0,
                dx,
                dxStart + (line * width + px) * channels,
                window.strideX() * channels);
          }
        });
  }

  private void depthwiseBlock(
      Kernels kernels,
      Taps taps,
      int first,
      int last,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sum,
      int sumStart) {
    var each = new Depthwise(taps);
    int line = taps.gridWidth();
    java.util.Arrays.fill(sum, sumStart, sumStart + taps.taps() * channels, 0);
    for (int r = first / line; r < last / line; r++) {
      int at = dyStart + r * line * channels;
      each.addRow(kernels, r, x, xStart, dy, at, sum, sumStart);
    }
  }

  /// The part of one image, taps and channels down and filters across.
  private void planes(
      Kernels kernels,
      Taps taps,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sum,
      int sumStart,
      boolean add) {
    int line = taps.bandWidth();
    int pixels = line * taps.bandHeight();
    float[] band = Room.floats(Room.BAND, (taps.bandHeight() + 1) * line * channels);
    taps.band(kernels, x, xStart, band, 0, line * channels);
    // an odd number of cache lines from channel to channel, so that they don't evict each other
    int plane = (Math.ceilDiv(pixels, 16) | 1) * 16;
    float[] turned = Room.floats(Room.TURNED, plane * channels);
    kernels.transpose(pixels, channels, band, 0, channels, turned, 0, plane);
    int depth = (taps.gridHeight() - 1) * line + taps.gridWidth();
    int panel = kernels.panelColumns();
    float[] packed = Room.floats(Room.WINDOWS, packedSize(kernels, depth, filters));
    packRows(kernels, taps, dy, dyStart, line, depth, panel, packed);
    for (int t = 0; t < taps.taps(); t++) {
      int ty = t / taps.columns();
      int tx = t % taps.columns();
      kernels.matmulPacked(
          false,
          channels,
          filters,
          depth,
          turned,
          ty * taps.dilationY() * line + tx,
          plane,
          packed,
          0,
          depth,
          sum,
          sumStart + t * channels * filters,
          filters,
          add);
    }
  }

  /// Packs dy of one image, with zeros between its rows.
  ///
  /// @param line numbers from row to row
  /// @param depth numbers of all rows
  private void packRows(
      Kernels kernels,
      Taps taps,
      float[] dy,
      int dyStart,
      int line,
      int depth,
      int panel,
      float[] packed) {
    int width = taps.gridWidth();
    for (int j = 0; j < filters; j += panel) {
      int to = j * depth;
      for (int row = 0; row < taps.gridHeight(); row++) {
        kernels.copyRows(
            width,
            Math.min(panel, filters - j),
            dy,
            dyStart + row * width * filters + j,
            filters,
            packed,
            to,
            panel);
        if (row + 1 < taps.gridHeight()) {
          java.util.Arrays.fill(packed, to + width * panel, to + line * panel, 0);
        }
        to += line * panel;
      }
    }
  }

  /// The sum of one block, filters down and taps across.
  private void block(
      Kernels kernels,
      Taps taps,
      int images,
      int block,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sum,
      int sumStart) {
    int first = firstPixel(block);
    int last = Math.min(firstPixel(block + 1), images * taps.pixels());
    if (isDepthwise()) {
      depthwiseBlock(kernels, taps, first, last, x, xStart, dy, dyStart, sum, sumStart);
      return;
    }
    if (byTaps(taps)) {
      for (int p = first; p < last; p += taps.pixels()) {
        float[] rows = rows(kernels, taps, x, xStart + p / taps.pixels() * taps.image());
        kernels.matmul(
            false,
            false,
            taps.taps() * channels,
            filters,
            taps.pixels(),
            rows,
            0,
            taps.pixels(),
            dy,
            dyStart + p * filters,
            filters,
            sum,
            sumStart,
            filters,
            p > first);
      }
      return;
    }
    if (byChannels(taps)) {
      for (int p = first; p < last; p += taps.pixels()) {
        int image = p / taps.pixels();
        planes(
            kernels,
            taps,
            x,
            xStart + image * taps.image(),
            dy,
            dyStart + p * filters,
            sum,
            sumStart,
            p > first);
      }
      return;
    }
    int own = filters / groups;
    int depth = channels / groups;
    int width = taps.taps() * depth;
    int chunk = Math.max(1, BLOCK_CHUNK / width);
    int panel = kernels.panelColumns();
    int some = Math.min(chunk, last - first);
    float[] windows = Room.floats(Room.WINDOWS, packedSize(kernels, some, width));
    boolean turns = width >= TURNED;
    float[] turned = turns ? Room.floats(Room.TURNED, some * own) : dy;
    for (int g = 0; g < groups; g++) {
      for (int p = first; p < last; p += chunk) {
        int n = Math.min(last - p, chunk);
        int at = dyStart + p * filters + g * own;
        taps.gather(kernels, x, xStart + g * depth, depth, p, p + n, windows, 0, panel);
        if (turns) {
          kernels.transpose(n, own, dy, at, filters, turned, 0, n);
        }
        kernels.matmulPacked(
            !turns,
            own,
            width,
            n,
            turned,
            turns ? 0 : at,
            turns ? n : filters,
            windows,
            0,
            n,
            sum,
            sumStart + g * own * width,
            width,
            p > first);
      }
    }
  }

  /// See the other, in double.
  public void forward(
      Engine engine,
      int images,
      double[] x,
      int xStart,
      double[] w,
      int wStart,
      double[] bias,
      int biasStart,
      double[] y,
      int yStart) {
    engine.share(
        images,
        multiplyAdds() * 2.0,
        (from, to) ->
            new DoubleConvolution(this)
                .forward(
                    to - from,
                    x,
                    xStart + from * inputSize(),
                    w,
                    wStart,
                    bias,
                    biasStart,
                    y,
                    yStart + from * outputSize()));
  }

  /// See the other, in double.
  public void byInput(
      Engine engine,
      int images,
      double[] dy,
      int dyStart,
      double[] w,
      int wStart,
      double[] dx,
      int dxStart) {
    engine.share(
        images,
        multiplyAdds() * 2.0,
        (from, to) ->
            new DoubleConvolution(this)
                .byInput(
                    to - from,
                    dy,
                    dyStart + from * outputSize(),
                    w,
                    wStart,
                    dx,
                    dxStart + from * inputSize()));
  }

  /// See the other, in double; on the calling thread.
  public void byWeights(
      Engine engine,
      int images,
      double[] x,
      int xStart,
      double[] dy,
      int dyStart,
      double[] dw,
      int dwStart,
      boolean accumulate) {
    new DoubleConvolution(this).byWeights(images, x, xStart, dy, dyStart, dw, dwStart, accumulate);
  }

  Taps forwardTaps() {
    return forward;
  }

  /// The output pixels that input pixels have part in, for those whose row is `py` and whose column
  /// is `px` modulo the stride: at regular distances again.
  Taps inputTaps(int py, int px) {
    Phase y =
        Phase.of(py, window.strideY(), window.dilationY(), window.kernelHeight(), window.top());
    Phase x =
        Phase.of(px, window.strideX(), window.dilationX(), window.kernelWidth(), window.left());
    return new Taps(
        outputHeight(),
        outputWidth(),
        filters,
        x.taps == 0 ? 0 : y.taps,
        y.taps == 0 ? 0 : x.taps,
        y.distance,
        x.distance,
        1,
        1,
        y.offset,
        x.offset,
        Math.ceilDiv(height - py, window.strideY()),
        Math.ceilDiv(width - px, window.strideX()));
  }

  /// Along one axis: which taps of the kernel reach input pixels of one residue, and from where.
  ///
  /// @param last the last of them, which belongs to the first output pixel
  /// @param step from tap to tap
  /// @param distance from output pixel to output pixel
  /// @param offset of the first output pixel, seen from the number of the input pixel among those
  ///   of its residue
  record Phase(int taps, int last, int step, int distance, int offset) {
    static Phase of(int residue, int stride, int dilation, int kernel, int padding) {
      int common = gcd(stride, dilation);
      int step = stride / common;
      int first = 0;
      while (first < step && (residue + padding - first * dilation) % stride != 0) {
        first++;
      }
      if (first == step || first >= kernel) {
        return new Phase(0, 0, step, 1, 0);
      }
      int taps = (kernel - 1 - first) / step + 1;
      int last = first + (taps - 1) * step;
      int offset = (residue + padding - last * dilation) / stride;
      return new Phase(taps, last, step, dilation / common, offset);
    }

    private static int gcd(int a, int b) {
      return b == 0 ? a : gcd(b, a % b);
    }
  }

  /// The weights of one phase, for each group [tap, filter, channel], taps in the order of the
  /// output pixels.
  private void turn(
      Kernels kernels, Taps taps, int py, int px, float[] w, int wStart, float[] turned) {
    Phase y =
        Phase.of(py, window.strideY(), window.dilationY(), window.kernelHeight(), window.top());
    Phase x =
        Phase.of(px, window.strideX(), window.dilationX(), window.kernelWidth(), window.left());
    int own = filters / groups;
    int depth = channels / groups;
    int to = 0;
    for (int g = 0; g < groups; g++) {
      for (int ty = 0; ty < taps.rows(); ty++) {
        for (int tx = 0; tx < taps.columns(); tx++) {
          int ky = y.last - ty * y.step;
          int kx = x.last - tx * x.step;
          int from = wStart + (ky * window.kernelWidth() + kx) * depth * filters + g * own;
          kernels.transpose(depth, own, w, from, filters, turned, to, depth);
          to += own * depth;
        }
      }
    }
  }

  /// Puts the input gradients of one phase where they belong.
  private void place(
      Kernels kernels,
      Taps taps,
      int py,
      int px,
      float[] part,
      int first,
      int last,
      float[] dx,
      int dxStart) {
    for (int at = first; at < last; ) {
      int row = at / taps.gridWidth();
      int end = Math.min(last, (row + 1) * taps.gridWidth());
      int image = row / taps.gridHeight();
      int iy = row % taps.gridHeight() * window.strideY() + py;
      int ix = at % taps.gridWidth() * window.strideX() + px;
      kernels.copyRows(
          end - at,
          channels,
          part,
          (at - first) * channels,
          channels,
          dx,
          dxStart + ((image * height + iy) * width + ix) * channels,
          window.strideX() * channels);
      at = end;
    }
  }

  /// Whether the taps across are read where they lie, in an image with its padding: then no window
  /// is copied, and an output row is a product for each row of taps, on overlapping rows of
  /// factors.
  private boolean direct(Taps taps) {
    int run = taps.columns() * taps.channels();
    int band = taps.bandWidth() * taps.bandHeight() * taps.channels();
    return groups == 1
        && taps.dilationX() == 1
        && taps.taps() > 1
        && run >= SHORTEST_RUN
        && taps.rows() * run <= Kernels.CHAIN
        && band <= LARGEST_BAND;
  }

  /// Whether a gradient by weights reads the image by channels: then each tap is a product on a
  /// matrix that begins elsewhere, and between the rows of dy are zeros.
  private boolean byChannels(Taps taps) {
    return direct(taps)
        && window.strideY() * window.strideX() == 1
        && channels >= FEWEST_CHANNELS
        && taps.gridHeight() * taps.bandWidth() <= Kernels.CHAIN
        && 4 * taps.bandWidth() <= 5 * taps.gridWidth();
  }

  /// Whether images have so few channels that their windows are made a row for each tap and
  /// channel: copies of whole lines then, where each window would be a few floats here and there.
  private boolean byTaps(Taps taps) {
    return groups == 1
        && taps.strideY() * taps.strideX() == 1
        && taps.taps() > 1
        && taps.channels() < FEWEST_CHANNELS
        && taps.taps() * taps.channels() <= Kernels.CHAIN
        && taps.pixels() <= Kernels.CHAIN
        && (long) taps.taps() * taps.channels() * taps.pixels() <= LARGEST_BAND;
  }

  /// Targets that are worked on at a time.
  private int chunk(Taps taps) {
    if (direct(taps) || byTaps(taps)) {
      return taps.pixels();
    }
    return Math.max(1, CHUNK / Math.max(1, taps.taps() * taps.channels() / groups));
  }

  /// The windows of one image, a row for each tap and channel, a column for each target.
  private static float[] rows(Kernels kernels, Taps taps, float[] x, int xStart) {
    int line = taps.bandWidth();
    int pixels = line * taps.bandHeight();
    int channels = taps.channels();
    float[] band = Room.floats(Room.BAND, (taps.bandHeight() + 1) * line * channels);
    taps.band(kernels, x, xStart, band, 0, line * channels);
    float[] planes = band;
    if (channels > 1) {
      planes = Room.floats(Room.TURNED, pixels * channels);
      kernels.transpose(pixels, channels, band, 0, channels, planes, 0, pixels);
    }
    float[] rows = Room.floats(Room.WINDOWS, taps.taps() * channels * taps.pixels());
    int to = 0;
    for (int ty = 0; ty < taps.rows(); ty++) {
      for (int tx = 0; tx < taps.columns(); tx++) {
        int at = ty * taps.dilationY() * line + tx * taps.dilationX();
        for (int c = 0; c < channels; c++) {
          kernels.copyRows(
              taps.gridHeight(),
              taps.gridWidth(),
              planes,
              at + c * pixels,
              line,
              rows,
              to,
              taps.gridWidth());
          to += taps.pixels();
        }
      }
    }
    return rows;
  }

  /// The products of one image, a row of targets and a row of taps each.
  private static void directly(
      Kernels kernels,
      Taps taps,
      float[] x,
      int xStart,
      int first,
      float[] packed,
      int packedStart,
      float[] c,
      int cStart,
      int cStride,
      int columns,
      float[] bias,
      int biasStart) {
    int run = taps.columns() * taps.channels();
    int step = taps.bandWidth() * taps.channels();
    float[] band = Room.floats(Room.BAND, (taps.bandHeight() + 1) * step);
    taps.band(kernels, x, xStart + first / taps.pixels() * taps.image(), band, 0, step);
    int width = kernels.panelColumns();
    boolean biased = bias.length > 0;
    int all = taps.rows() * taps.gridHeight();
    boolean near = taps.rows() * run * columns <= NEAR;
    for (int i = 0; i < all; i++) {
      // weights that stay in the first-level cache are gone through for each row of targets
      int ty = near ? i % taps.rows() : i / taps.gridHeight();
      int row = near ? i / taps.rows() : i % taps.gridHeight();
      int at = cStart + row * taps.gridWidth() * cStride;
      if (biased && ty == 0) {
        kernels.fillRows(taps.gridWidth(), columns, bias, biasStart, c, at, cStride);
      }
      kernels.matmulPacked(
          false,
          taps.gridWidth(),
          columns,
          run,
          band,
          (row * taps.strideY() + ty * taps.dilationY()) * step,
          taps.strideX() * taps.channels(),
          packed,
          packedStart + ty * run * width,
          taps.rows() * run,
          c,
          at,
          cStride,
          biased || ty > 0);
    }
  }

  /// Room that a packed matrix takes.
  private static int packedSize(Kernels kernels, int k, int n) {
    int panel = kernels.panelColumns();
    return Math.ceilDiv(n, panel) * panel * k;
  }

  /// C = windows · w, or C += windows · w, of the targets `first` … `last − 1`.
  private void product(
      Kernels kernels,
      Taps taps,
      float[] x,
      int xStart,
      int depth,
      int first,
      int last,
      float[] packed,
      int packedStart,
      float[] c,
      int cStart,
      int cStride,
      int columns,
      float[] bias,
      int biasStart) {
    int k = taps.taps() * depth;
    boolean biased = bias.length > 0;
    if (direct(taps)) {
      directly(
          kernels,
          taps,
          x,
          xStart,
          first,
          packed,
          packedStart,
          c,
          cStart,
          cStride,
          columns,
          bias,
          biasStart);
      return;
    }
    if (byTaps(taps)) {
      float[] rows = rows(kernels, taps, x, xStart + first / taps.pixels() * taps.image());
      int some = Math.max(12, NEAR / columns / 12 * 12);
      for (int p = 0; p < taps.pixels(); p += some) {
        int m = Math.min(some, taps.pixels() - p);
        int at = cStart + p * cStride;
        if (biased) {
          kernels.fillRows(m, columns, bias, biasStart, c, at, cStride);
        }
        kernels.matmulPacked(
            true,
            m,
            columns,
            k,
            rows,
            p,
            taps.pixels(),
            packed,
            packedStart,
            k,
            c,
            at,
            cStride,
            biased);
      }
      return;
    }
    if (biased) {
      kernels.fillRows(last - first, columns, bias, biasStart, c, cStart, cStride);
    }
    if (taps.areInPlace()) {
      kernels.matmulPacked(
          false,
          last - first,
          columns,
          k,
          x,
          xStart + first * taps.channels(),
          taps.channels(),
          packed,
          packedStart,
          k,
          c,
          cStart,
          cStride,
          biased);
      return;
    }
    float[] windows = Room.floats(Room.WINDOWS, (last - first) * k);
    taps.gather(kernels, x, xStart, depth, first, last, windows, 0, Math.max(1, k));
    kernels.matmulPacked(
        false,
        last - first,
        columns,
        k,
        windows,
        0,
        k,
        packed,
        packedStart,
        k,
        c,
        cStart,
        cStride,
        biased);
  }

  /// Its geometry: `8 x 8 x 16 to 32 filters, 1 group, Window[…]`.
  @Override
  public String toString() {
    return "%d x %d x %d to %d filters, %d group%s, %s"
        .formatted(height, width, channels, filters, groups, groups == 1 ? "" : "s", window);
  }
}
