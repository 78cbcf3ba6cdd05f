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

  /// The taps of the targets `from` … `to − 1`, counted through all images, a row of rows · columns
  /// · depth floats each, tap after tap.
  ///
  /// @param xStart the first channel wanted of the first pixel of the first image
  /// @param depth channels wanted of each pixel
  void gather(
      Kernels kernels, float[] x, int xStart, int depth, int from, int to, float[] y, int yStart) {
    int row = Math.floorDiv(from, gridWidth);
    int width = rows * columns * depth;
    for (int at = from; at < to; row++) {
      int end = Math.min(to, (row + 1) * gridWidth);
      int image = row / gridHeight;
      int first = at - row * gridWidth;
      gatherRow(
          kernels,
          x,
          xStart + image * image(),
          depth,
          row - image * gridHeight,
          first,
          first + end - at,
          y,
          yStart + (at - from) * width);
      at = end;
    }
  }

  private void gatherRow(
      Kernels kernels,
      float[] x,
      int xStart,
      int depth,
      int row,
      int from,
      int to,
      float[] y,
      int yStart) {
    int run = columns * depth;
    int step = rows * run;
    for (int ty = 0; ty < rows; ty++) {
      int sy = row * strideY + offsetY + ty * dilationY;
      int at = yStart + ty * run;
      if (sy < 0 || sy >= height) {
        zeros(to - from, run, y, at, step);
      } else if (dilationX == 1 && depth == channels) {
        runs(kernels, x, xStart + sy * width * channels, from, to, y, at, step);
      } else {
        for (int tx = 0; tx < columns; tx++) {
          tap(kernels, x, xStart + sy * width * channels, depth, tx, from, to, y, at, step);
          at += depth;
        }
      }
    }
  }

  /// All taps across, which are neighbours in the source.
  private void runs(
      Kernels kernels, float[] x, int xRow, int from, int to, float[] y, int yStart, int step) {
    int inside = Math.clamp(Math.ceilDiv(-offsetX, strideX), from, to);
    int outside = Math.clamp(Math.floorDiv(width - columns - offsetX, strideX) + 1, inside, to);
    for (int t = from; t < inside; t++) {
      edge(x, xRow, t * strideX + offsetX, y, yStart + (t - from) * step);
    }
    if (inside < outside) {
      kernels.copyRows(
          outside - inside,
          columns * channels,
          x,
          xRow + (inside * strideX + offsetX) * channels,
          strideX * channels,
          y,
          yStart + (inside - from) * step,
          step);
    }
    for (int t = outside; t < to; t++) {
      edge(x, xRow, t * strideX + offsetX, y, yStart + (t - from) * step);
    }
  }

  /// The taps across from source column `sx` on, of which some are outside.
  private void edge(float[] x, int xRow, int sx, float[] y, int at) {
    int first = Math.clamp(-sx, 0, columns);
    int last = Math.clamp(width - sx, first, columns);
    Arrays.fill(y, at, at + first * channels, 0);
    if (first < last) {
      System.arraycopy(
          x, xRow + (sx + first) * channels, y, at + first * channels, (last - first) * channels);
    }
    Arrays.fill(y, at + last * channels, at + columns * channels, 0);
  }

  /// One tap across.
  private void tap(
      Kernels kernels,
      float[] x,
      int xRow,
      int depth,
      int tx,
      int from,
      int to,
      float[] y,
      int yStart,
      int step) {
    int offset = offsetX + tx * dilationX;
    int inside = Math.clamp(Math.ceilDiv(-offset, strideX), from, to);
    int outside = Math.clamp(Math.floorDiv(width - 1 - offset, strideX) + 1, inside, to);
    zeros(inside - from, depth, y, yStart, step);
    if (inside < outside) {
      kernels.copyRows(
          outside - inside,
          depth,
          x,
          xRow + (inside * strideX + offset) * channels,
          strideX * channels,
          y,
          yStart + (inside - from) * step,
          step);
    }
    zeros(to - outside, depth, y, yStart + (outside - from) * step, step);
  }

  private static void zeros(int rows, int columns, float[] y, int yStart, int yStride) {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(y, yStart + i * yStride, yStart + i * yStride + columns, 0);
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
