package dev.thalweg.tensor;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;

/// Part of a tensor along one axis: runs of neighbouring numbers at regular distances, copied or
/// added, by all threads.
final class Blocks {

  /// Numbers that are copied or added in about a nanosecond.
  private static final double SPEED = 4;

  /// How often the run comes.
  private final int rows;

  /// Numbers of a run of the whole, and of the part.
  private final int wide;

  private final int run;

  /// Where the part's runs begin in those of the whole.
  private final int start;

  /// The part that is as long along the axis as `part` is, from `from` on.
  Blocks(Shape whole, Shape part, int axis, int from) {
    int inner = 1;
    for (int i = axis + 1; i < whole.rank(); i++) {
      inner *= whole.dimension(i);
    }
    wide = inner * whole.dimension(axis);
    run = inner * part.dimension(axis);
    start = inner * from;
    rows = run == 0 ? 0 : part.size() / run;
  }

  /// part = whole there
  void take(Tensor whole, Tensor part) {
    copy(whole, start, wide, part, 0, run);
  }

  /// whole = part there
  void put(Tensor part, Tensor whole) {
    copy(part, 0, run, whole, start, wide);
  }

  private void copy(Tensor x, int xStart, int xStride, Tensor y, int yStart, int yStride) {
    Engine engine = Operation.engine();
    if (x.dtype() == DType.F32) {
      float[] from = x.floats();
      float[] into = y.floats();
      engine.share(
          rows,
          run / SPEED,
          (a, b) ->
              engine
                  .kernels()
                  .copyRows(
                      b - a,
                      run,
                      from,
                      xStart + a * xStride,
                      xStride,
                      into,
                      yStart + a * yStride,
                      yStride));
      return;
    }
    Object from = x.array();
    Object into = y.array();
    engine.share(
        rows,
        run / SPEED,
        (a, b) -> {
          for (int i = a; i < b; i++) {
            System.arraycopy(from, xStart + i * xStride, into, yStart + i * yStride, run);
          }
        });
  }

  /// whole = whole + part there
  void add(Tensor part, Tensor whole) {
    Engine engine = Operation.engine();
    if (part.dtype() == DType.F32) {
      float[] x = part.floats();
      float[] y = whole.floats();
      engine.share(
          rows,
          run / SPEED,
          (a, b) ->
              engine
                  .kernels()
                  .zipRows(
                      BinaryFunction.ADD,
                      b - a,
                      run,
                      y,
                      start + a * wide,
                      wide,
                      1,
                      x,
                      a * run,
                      run,
                      1,
                      y,
                      start + a * wide,
                      wide));
      return;
    }
    double[] x = part.doubles();
    double[] y = whole.doubles();
    engine.share(
        rows,
        run / SPEED,
        (a, b) -> {
          for (int i = a; i < b; i++) {
            for (int j = 0, at = start + i * wide; j < run; j++, at++) {
              y[at] += x[i * run + j];
            }
          }
        });
  }
}
