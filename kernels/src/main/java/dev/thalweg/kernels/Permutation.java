package dev.thalweg.kernels;

/// Arrays whose axes change places: y(i[a₀], i[a₁], …) = x(i₀, i₁, …), where a are the axes of x in
/// the order of y. A family of kernels on any provider; x and y are dense and must not overlap.
public final class Permutation {

  /// Numbers that take about a nanosecond.
  private static final double SPEED = 2;

  /// Rows that are copied or turned at a time.
  private static final int STRIP = 64;

  /// Of the axes that stay: their sizes, and how far apart their numbers are in x and y.
  private final int[] sizes;

  private final int[] xSteps;
  private final int[] ySteps;

  /// The two axes that one kernel goes along: numbers of the columns are neighbours in x, and of
  /// the columns in y where it is no transposition, else of the rows.
  private final int rows;

  private final int xRow;
  private final int yRow;
  private final int columns;
  private final int yColumn;
  private final int outer;

  private Permutation(int[] sizes, int[] axes) {
    int n = axes.length;
    int[] xAll = steps(sizes);
    int[] there = new int[n];
    for (int i = 0; i < n; i++) {
      there[i] = sizes[axes[i]];
    }
    int[] inOrder = steps(there);
    int[] yAll = new int[n];
    for (int i = 0; i < n; i++) {
      yAll[axes[i]] = inOrder[i];
    }
    int last = n - 1;
    int other = axes[last] == last ? (n > 1 ? axes[last - 1] : -1) : axes[last];
    columns = sizes[last];
    yColumn = yAll[last];
    rows = other < 0 ? 1 : sizes[other];
    xRow = other < 0 ? columns : xAll[other];
    yRow = other < 0 ? columns : yAll[other];
    int kept = other < 0 ? 0 : n - 2;
    this.sizes = new int[kept];
    xSteps = new int[kept];
    ySteps = new int[kept];
    int product = 1;
    int to = 0;
    for (int i = 0; i < n && kept > 0; i++) {
      int axis = axes[i]; // in the order of y, so that it is written from front to back
      if (axis != last && axis != other) {
        this.sizes[to] = sizes[axis];
        xSteps[to] = xAll[axis];
        ySteps[to++] = yAll[axis];
        product *= sizes[axis];
      }
    }
    outer = product;
  }

  /// How far apart neighbours along each axis are in a dense array of these sizes.
  private static int[] steps(int... sizes) {
    int[] steps = new int[sizes.length];
    int step = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      steps[i] = step;
      step *= sizes[i];
    }
    return steps;
  }

  /// Where the two axes begin that belong to a number of the outer ones.
  private int start(int number, int... steps) {
    int at = 0;
    int rest = number;
    for (int i = sizes.length - 1; i >= 0; i--) {
      at += rest % sizes[i] * steps[i];
      rest /= sizes[i];
    }
    return at;
  }

  /// Copies x to y.
  ///
  /// @param sizes of the axes of x
  /// @param axes of x, in the order that they have in y: each once
  public static void copy(
      Engine engine, int[] sizes, int[] axes, float[] x, int xStart, float[] y, int yStart) {
    if (sizes.length == 0) {
      y[yStart] = x[xStart];
      return;
    }
    var p = new Permutation(sizes, axes);
    boolean turned = axes[axes.length - 1] != axes.length - 1;
    int strips = Math.ceilDiv(turned ? p.columns : p.rows, STRIP);
    engine.share(
        p.outer * strips,
        (double) p.rows * p.columns / Math.max(1, strips) / SPEED,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i / strips;
            p.strip(
                engine.kernels(),
                turned,
                i % strips * STRIP,
                x,
                xStart + p.start(at, p.xSteps),
                y,
                yStart + p.start(at, p.ySteps));
          }
        });
  }

  private void strip(
      Kernels kernels, boolean turned, int first, float[] x, int xStart, float[] y, int yStart) {
    if (turned) {
      kernels.transpose(
          rows,
          Math.min(STRIP, columns - first),
          x,
          xStart + first,
          xRow,
          y,
          yStart + first * yColumn,
          yColumn);
    } else {
      kernels.copyRows(
          Math.min(STRIP, rows - first),
          columns,
          x,
          xStart + first * xRow,
          xRow,
          y,
          yStart + first * yRow,
          yRow);
    }
  }

  /// See the other, in double.
  public static void copy(
      Engine engine, int[] sizes, int[] axes, double[] x, int xStart, double[] y, int yStart) {
    if (sizes.length == 0) {
      y[yStart] = x[xStart];
      return;
    }
    var p = new Permutation(sizes, axes);
    boolean turned = axes[axes.length - 1] != axes.length - 1;
    int strips = Math.ceilDiv(turned ? p.columns : p.rows, STRIP);
    engine.share(
        p.outer * strips,
        (double) p.rows * p.columns / Math.max(1, strips) / SPEED,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i / strips;
            p.strip(
                turned,
                i % strips * STRIP,
                x,
                xStart + p.start(at, p.xSteps),
                y,
                yStart + p.start(at, p.ySteps));
          }
        });
  }

  private void strip(boolean turned, int first, double[] x, int xStart, double[] y, int yStart) {
    if (turned) {
      DoubleKernels.transpose(
          rows,
          Math.min(STRIP, columns - first),
          x,
          xStart + first,
          xRow,
          y,
          yStart + first * yColumn,
          yColumn);
    } else {
      DoubleKernels.copyRows(
          Math.min(STRIP, rows - first),
          columns,
          x,
          xStart + first * xRow,
          xRow,
          y,
          yStart + first * yRow,
          yRow);
    }
  }
}
