package dev.thalweg.tensor;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;

/// Two tensors element by element, each repeated along the dimensions in which its size is 1.
///
/// Neighbouring dimensions along which both tensors go on in the same way are joined first, so that
/// equal shapes are one run, a matrix and a row are one run a row, and a matrix and a column are
/// one run with a repeated number a row. Threads share the runs.
final class Broadcast {

  private final int[] sizes;
  private final int[] aSteps;
  private final int[] bSteps;
  private int dimensions;

  private Broadcast(Shape a, Shape b, Shape y) {
    int rank = y.rank();
    sizes = new int[rank + 2];
    aSteps = new int[rank + 2];
    bSteps = new int[rank + 2];
    int aStride = 1;
    int bStride = 1;
    // From the last dimension to the first; position 0 of the arrays is the innermost run.
    for (int i = rank - 1; i >= 0; i--) {
      int n = y.aligned(i, rank);
      int an = a.aligned(i, rank);
      int bn = b.aligned(i, rank);
      if (n != 1) {
        add(n, an == 1 ? 0 : aStride, bn == 1 ? 0 : bStride);
      }
      aStride *= an;
      bStride *= bn;
    }
    if (dimensions == 0) {
      add(1, 0, 0);
    }
  }

  private void add(int n, int aStep, int bStep) {
    if (dimensions > 0) {
      int last = dimensions - 1;
      if (aStep == aSteps[last] * sizes[last] && bStep == bSteps[last] * sizes[last]) {
        sizes[last] *= n;
        return;
      }
    }
    sizes[dimensions] = n;
    aSteps[dimensions] = aStep;
    bSteps[dimensions] = bStep;
    dimensions++;
  }

  /// y = f(a, b)
  static void zip(BinaryFunction f, Tensor a, Tensor b, Tensor y) {
    if (y.size() == 0) {
      return;
    }
    Engine engine = Context.current().engine();
    boolean narrow = y.dtype() == DType.F32;
    if (a.shape().equals(b.shape())) {
      if (narrow) {
        engine.zip(f, a.floats(), 0, 1, b.floats(), 0, 1, y.floats(), 0, y.size());
      } else {
        engine.zip(f, a.doubles(), 0, 1, b.doubles(), 0, 1, y.doubles(), 0, y.size());
      }
      return;
    }
    Broadcast plan = new Broadcast(a.shape(), b.shape(), y.shape());
    int run = plan.sizes[0];
    if (plan.dimensions == 1) {
      int aStep = plan.aSteps[0];
      int bStep = plan.bSteps[0];
      if (narrow) {
        engine.zip(f, a.floats(), 0, aStep, b.floats(), 0, bStep, y.floats(), 0, run);
      } else {
        engine.zip(f, a.doubles(), 0, aStep, b.doubles(), 0, bStep, y.doubles(), 0, run);
      }
      return;
    }
    engine.share(
        y.size() / run,
        run / (f == BinaryFunction.DIVIDE ? 1.0 : 4.0),
        (from, to) -> plan.zip(engine, f, a, b, y, from, to));
  }

  /// Some of the runs: those that follow each other along the next dimension in one go.
  private void zip(
      Engine engine, BinaryFunction f, Tensor a, Tensor b, Tensor y, int from, int to) {
    int run = sizes[0];
    int rows = dimensions > 1 ? sizes[1] : 1;
    for (int row = from; row < to; ) {
      int last = Math.min(to, row - row % rows + rows);
      int aStart = 0;
      int bStart = 0;
      int rest = row;
      for (int d = 1; d < dimensions; d++) {
        aStart += rest % sizes[d] * aSteps[d];
        bStart += rest % sizes[d] * bSteps[d];
        rest /= sizes[d];
      }
      rows(engine, f, last - row, a, aStart, b, bStart, y, row * run);
      row = last;
    }
  }

  private void rows(
      Engine engine,
      BinaryFunction f,
      int rows,
      Tensor a,
      int aStart,
      Tensor b,
      int bStart,
      Tensor y,
      int start) {
    int run = sizes[0];
    if (y.dtype() == DType.F32) {
      engine
          .kernels()
          .zipRows(
              f,
              rows,
              run,
              a.floats(),
              aStart,
              aSteps[1],
              aSteps[0],
              b.floats(),
              bStart,
              bSteps[1],
              bSteps[0],
              y.floats(),
              start,
              run);
      return;
    }
    for (int i = 0; i < rows; i++) {
      engine.zip(
          f,
          a.doubles(),
          aStart + i * aSteps[1],
          aSteps[0],
          b.doubles(),
          bStart + i * bSteps[1],
          bSteps[0],
          y.doubles(),
          start + i * run,
          run);
    }
  }
}
