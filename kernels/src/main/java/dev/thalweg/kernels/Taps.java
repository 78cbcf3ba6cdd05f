package dev.thalweg.kernels;

import java.util.Arrays;

/// Where the factors of a convolution lie: for each pixel of a grid of targets the taps of a source
/// image, at regular distances, those outside the image being 0.
///
/// Tap (ty, tx) of target (y, x) is source pixel (y strideY + offsetY + ty dilationY, x strideX +
/// offsetX + tx dilationX). Forward, the source is the input; for the gradient by the input it is
/// the gradient of the output.
///
/// @param height rows of the source
/// @param width columns of the source
/// @param channels floats a pixel of the source
/// @param rows taps down
/// @param columns taps across
/// @param gridHeight rows of targets
/// @param gridWidth columns of targets
record Taps(
    int height,
    int width,
    int channels,
    int rows,
    int columns,
    int dilationY,
    int dilationX,
    int strideY,
    int strideX,
    int offsetY,
    int offsetX,
    int gridHeight,
    int gridWidth) {

  /// Taps of a target.
  int taps() {
    return rows * columns;
  }

  /// Targets of an image.
  int pixels() {
    return gridHeight * gridWidth;
  }

  /// Floats of an image of the source.
  int image() {
    return height * width * channels;
  }

  /// Whether each target has one tap, the source pixel of its own number.
  boolean areInPlace() {
    return rows * columns == 1
        && strideY * strideX == 1
        && offsetY == 0
        && offsetX == 0
        && gridHeight == height
        && gridWidth == width;
  }

  /// The taps of the targets `from` … `to − 1`, counted through all images: a matrix with a row for
  /// each target, tap after tap and channel after channel, in panels of so many columns as
  /// [Kernels#panelColumns] has them; of all columns, it is an ordinary matrix.
  ///
  /// @param xStart the first channel wanted of the first pixel of the first image
  /// @param depth channels wanted of each pixel
  /// @param panel columns of a panel
  void gather(
      Kernels kernels,
      float[] x,
      int xStart,
      int depth,
      int from,
      int to,
      float[] y,
      int yStart,
      int panel) {
    int row = from / gridWidth;
    var line = new Line(kernels, x, depth, y, panel, (to - from) * panel);
    for (int at = from; at < to; row++) {
      int end = Math.min(to, (row + 1) * gridWidth);
      int image = row / gridHeight;
      int first = at - row * gridWidth;
      line.from = first;
      line.to = first + end - at;
      gatherRow(
          line, xStart + image * image(), row - image * gridHeight, yStart + (at - from) * panel);
      at = end;
    }
  }

  /// Targets of a row, row after row, and where their taps come from and go to.
  private static final class Line {
    private final Kernels kernels;
    private final float[] x;
    private final int depth;
    private final float[] y;
    private final int panel;

    /// Floats from panel to panel.
    private final int step;

    private int from;
    private int to;

    Line(Kernels kernels, float[] x, int depth, float[] y, int panel, int step) {
      this.kernels = kernels;
      this.x = x;
      this.depth = depth;
      this.y = y;
      this.panel = panel;
      this.step = step;
    }

    /// Columns `column` … `column + n − 1` of the targets `first` … `last − 1`, from the source.
    void copy(int first, int last, int column, int n, int xAt, int xStride, int yAt) {
      int done = 0;
      while (done < n && first < last) {
        int j = column + done;
        int some = Math.min(n - done, panel - j % panel);
        kernels.copyRows(
            last - first,
            some,
            x,
            xAt + done,
            xStride,
            y,
            yAt + j / panel * step + (first - from) * panel + j % panel,
            panel);
        done += some;
      }
    }

    /// The same columns and targets become 0.
    void zeros(int first, int last, int column, int n, int yAt) {
      int done = 0;
      while (done < n && first < last) {
        int j = column + done;
        int some = Math.min(n - done, panel - j % panel);
        int at = yAt + j / panel * step + (first - from) * panel + j % panel;
        for (int i = first; i < last; i++) {
          Arrays.fill(y, at, at + some, 0);
          at += panel;
        }
        done += some;
      }
    }
  }

  private void gatherRow(Line line, int xStart, int row, int yAt) {
    int run = columns * line.depth;
    for (int ty = 0; ty < rows; ty++) {
      int sy = row * strideY + offsetY + ty * dilationY;
      int xRow = xStart + sy * width * channels;
      if (sy < 0 || sy >= height) {
        line.zeros(line.from, line.to, ty * run, run, yAt);
      } else if (dilationX == 1 && line.depth == channels) {
        runs(line, xRow, ty * run, yAt);
      } else {
        for (int tx = 0; tx < columns; tx++) {
          tap(line, xRow, tx, ty * run + tx * line.depth, yAt);
        }
      }
    }
  }

  /// All taps across, which are neighbours in the source.
  private void runs(Line line, int xRow, int column, int yAt) {
    int inside = Math.clamp(Math.ceilDiv(-offsetX, strideX), line.from, line.to);
    int outside =
        Math.clamp(Math.floorDiv(width - columns - offsetX, strideX) + 1, inside, line.to);
    for (int t = line.from; t < inside; t++) {
      edge(line, xRow, t, column, yAt);
    }
    int at = xRow + (inside * strideX + offsetX) * channels;
    line.copy(inside, outside, column, columns * channels, at, strideX * channels, yAt);
    for (int t = outside; t < line.to; t++) {
      edge(line, xRow, t, column, yAt);
    }
  }

  /// The taps across of one target, of which some are outside.
  private void edge(Line line, int xRow, int target, int column, int yAt) {
    int sx = target * strideX + offsetX;
    int first = Math.clamp(-sx, 0, columns);
    int last = Math.clamp(width - sx, first, columns);
    int next = target + 1;
    line.zeros(target, next, column, first * channels, yAt);
    line.copy(
        target,
        next,
        column + first * channels,
        (last - first) * channels,
        xRow + (sx + first) * channels,
        0,
        yAt);
    line.zeros(target, next, column + last * channels, (columns - last) * channels, yAt);
  }

  /// One tap across.
  private void tap(Line line, int xRow, int tx, int column, int yAt) {
    int offset = offsetX + tx * dilationX;
    int inside = Math.clamp(Math.ceilDiv(-offset, strideX), line.from, line.to);
    int outside = Math.clamp(Math.floorDiv(width - 1 - offset, strideX) + 1, inside, line.to);
    line.zeros(line.from, inside, column, line.depth, yAt);
    int at = xRow + (inside * strideX + offset) * channels;
    line.copy(inside, outside, column, line.depth, at, strideX * channels, yAt);
    line.zeros(outside, line.to, column, line.depth, yAt);
  }

  /// Columns of an image of the source with what its taps reach beyond it.
  int bandWidth() {
    return (gridWidth - 1) * strideX + (columns - 1) * dilationX + 1;
  }

  /// Rows of an image of the source with what its taps reach beyond it.
  int bandHeight() {
    return (gridHeight - 1) * strideY + (rows - 1) * dilationY + 1;
  }

  /// The part of an image of the source that its taps reach, with zeros where they reach beyond it:
  /// tap (ty, tx) of target (y, x) is pixel (y strideY + ty dilationY, x strideX + tx dilationX).
  ///
  /// @param xStart where the image begins
  /// @param step floats from row to row of y, bandWidth · channels or more
  void band(Kernels kernels, float[] x, int xStart, float[] y, int yStart, int step) {
    int left = Math.clamp(-offsetX, 0, bandWidth());
    int right = Math.clamp(width - offsetX, left, bandWidth());
    int top = Math.clamp(-offsetY, 0, bandHeight());
    int bottom = Math.clamp(height - offsetY, top, bandHeight());
    Arrays.fill(y, yStart, yStart + top * step + left * channels, 0);
    int first = yStart + top * step + left * channels;
    int n = (right - left) * channels;
    if (top < bottom && n > 0) {
      kernels.copyRows(
          bottom - top,
          n,
          x,
          xStart + ((offsetY + top) * width + offsetX + left) * channels,
          width * channels,
          y,
          first,
          step);
    }
    for (int row = top; row < bottom; row++) {
      int at = first + (row - top) * step + n;
      Arrays.fill(y, at, at + step - n, 0);
    }
    if (bottom < bandHeight()) {
      int at = first + (bottom - top) * step;
      Arrays.fill(y, at, Math.max(at, yStart + bandHeight() * step), 0);
    }
  }

  /// See the other.
  void gather(double[] x, int xStart, int depth, int from, int to, double[] y, int yStart) {
    int to0 = yStart;
    for (int at = from; at < to; at++) {
      int image = at / pixels();
      int row = at % pixels() / gridWidth;
      int column = at % gridWidth;
      for (int ty = 0; ty < rows; ty++) {
        int sy = row * strideY + offsetY + ty * dilationY;
        for (int tx = 0; tx < columns; tx++) {
          int sx = column * strideX + offsetX + tx * dilationX;
          if (sy < 0 || sy >= height || sx < 0 || sx >= width) {
            Arrays.fill(y, to0, to0 + depth, 0);
          } else {
            int pixel = xStart + image * image() + (sy * width + sx) * channels;
            System.arraycopy(x, pixel, y, to0, depth);
          }
          to0 += depth;
        }
      }
    }
  }
}
