package dev.thalweg.kernels;

import java.util.Arrays;

/// [Convolution] in double, in the same orders, an image at a time and without hurry.
///
/// @param of whose geometry it is
record DoubleConvolution(Convolution of) {

  void forward(
      int images,
      double[] x,
      int xStart,
      double[] w,
      int wStart,
      double[] bias,
      int biasStart,
      double[] y,
      int yStart) {
    Taps taps = of.forwardTaps();
    int filters = of.filters();
    for (int p = 0; p < images * taps.pixels() && bias.length > 0; p++) {
      System.arraycopy(bias, biasStart, y, yStart + p * filters, filters);
    }
    int own = filters / of.groups();
    for (int i = 0; i < images; i++) {
      for (int g = 0; g < of.groups(); g++) {
        product(
            taps,
            x,
            xStart + i * taps.image() + g * depth(),
            depth(),
            w,
            wStart + g * own,
            filters,
            y,
            yStart + i * of.outputSize() + g * own,
            filters,
            own,
            bias.length > 0);
      }
    }
  }

  void byInput(
      int images, double[] dy, int dyStart, double[] w, int wStart, double[] dx, int dxStart) {
    Window window = of.window();
    int own = of.filters() / of.groups();
    for (int py = 0; py < Math.min(window.strideY(), of.height()); py++) {
      for (int px = 0; px < Math.min(window.strideX(), of.width()); px++) {
        Taps taps = of.inputTaps(py, px);
        for (int g = 0; g < of.groups(); g++) {
          double[] turned = turned(taps, py, px, g, w, wStart);
          double[] part = Room.doubles(Room.PART, taps.pixels() * depth());
          for (int i = 0; i < images; i++) {
            product(
                taps,
                dy,
                dyStart + i * taps.image() + g * own,
                own,
                turned,
                0,
                depth(),
                part,
                0,
                depth(),
                depth(),
                false);
            for (int p = 0; p < taps.pixels(); p++) {
              int y = p / taps.gridWidth() * window.strideY() + py;
              int x = p % taps.gridWidth() * window.strideX() + px;
              int pixel = i * of.inputSize() + (y * of.width() + x) * of.channels();
              System.arraycopy(part, p * depth(), dx, dxStart + pixel + g * depth(), depth());
            }
          }
        }
      }
    }
  }

  private double[] turned(Taps taps, int py, int px, int group, double[] w, int wStart) {
    Window window = of.window();
    var y =
        Convolution.Phase.of(
            py, window.strideY(), window.dilationY(), window.kernelHeight(), window.top());
    var x =
        Convolution.Phase.of(
            px, window.strideX(), window.dilationX(), window.kernelWidth(), window.left());
    int own = of.filters() / of.groups();
    double[] turned = Room.doubles(Room.WEIGHTS, taps.taps() * own * depth());
    int to = 0;
    for (int t = 0; t < taps.taps(); t++) {
      int ky = y.last() - t / taps.columns() * y.step();
      int kx = x.last() - t % taps.columns() * x.step();
      int from = wStart + (ky * window.kernelWidth() + kx) * depth() * of.filters() + group * own;
      DoubleKernels.transpose(depth(), own, w, from, of.filters(), turned, to, depth());
      to += own * depth();
    }
    return turned;
  }

  void byWeights(
      int images,
      double[] x,
      int xStart,
      double[] dy,
      int dyStart,
      double[] dw,
      int dwStart,
      boolean accumulate) {
    Taps taps = of.forwardTaps();
    int filters = of.filters();
    int own = filters / of.groups();
    int width = taps.taps() * depth();
    if (!accumulate) {
      Arrays.fill(dw, dwStart, dwStart + of.weights(), 0);
    }
    double[] sum = Room.doubles(Room.BLOCKS, width * own);
    for (int b = 0; b < of.blocks(images); b++) {
      int first = of.firstPixel(b);
      int last = Math.min(of.firstPixel(b + 1), images * taps.pixels());
      double[] windows = Room.doubles(Room.WINDOWS, (last - first) * width);
      for (int g = 0; g < of.groups(); g++) {
        taps.gather(x, xStart + g * depth(), depth(), first, last, windows, 0);
        DoubleKernels.matmul(
            true,
            false,
            width,
            own,
            last - first,
            windows,
            0,
            width,
            dy,
            dyStart + first * filters + g * own,
            filters,
            sum,
            0,
            own,
            false);
        for (int i = 0; i < width * own; i++) {
          dw[dwStart + i / own * filters + g * own + i % own] += sum[i];
        }
      }
    }
  }

  /// Channels of a group.
  private int depth() {
    return of.channels() / of.groups();
  }

  private static void product(
      Taps taps,
      double[] x,
      int xStart,
      int depth,
      double[] w,
      int wStart,
      int wStride,
      double[] c,
      int cStart,
      int cStride,
      int columns,
      boolean accumulate) {
    int k = taps.taps() * depth;
    double[] windows = Room.doubles(Room.WINDOWS, taps.pixels() * k);
    taps.gather(x, xStart, depth, 0, taps.pixels(), windows, 0);
    DoubleKernels.matmul(
        false,
        false,
        taps.pixels(),
        columns,
        k,
        windows,
        0,
        k,
        w,
        wStart,
        wStride,
        c,
        cStart,
        cStride,
        accumulate);
  }
}
