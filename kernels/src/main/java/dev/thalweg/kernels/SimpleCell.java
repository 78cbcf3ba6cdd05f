package dev.thalweg.kernels;

import java.util.Arrays;

/// The step of a simple recurrent unit: tanh or max(x, 0) of the sums, which become the state.
final class SimpleCell implements CellKernel {
  private final Kernels kernels;
  private final int rows;
  private final int units;
  private final boolean tanh;

  SimpleCell(Kernels kernels, int rows, int units, boolean tanh) {
    this.kernels = kernels;
    this.rows = rows;
    this.units = units;
    this.tanh = tanh;
  }

  @Override
  public void forward(float[] gates, int at, float[] hidden, float[] cells, int before, int after) {
    UnaryFunction f = tanh ? UnaryFunction.TANH : UnaryFunction.RELU;
    kernels.map(f, gates, at, hidden, after, rows * units);
  }

  @Override
  public void back(
      float[] kept,
      int at,
      float[] hidden,
      float[] cells,
      int before,
      int after,
      float[] state,
      float[] past,
      float[] cell,
      float[] cellPast,
      float[] slopes,
      int slope) {
    int n = rows * units;
    if (tanh) {
      // dh (1 − h²)
      float[] part = Room.floats(Room.BLOCKS, n);
      kernels.zip(BinaryFunction.MULTIPLY, state, 0, 1, hidden, after, 1, part, 0, n);
      kernels.zip(BinaryFunction.MULTIPLY, part, 0, 1, hidden, after, 1, part, 0, n);
      kernels.zip(BinaryFunction.SUBTRACT, state, 0, 1, part, 0, 1, slopes, slope, n);
    } else {
      kernels.gate(hidden, after, state, 0, slopes, slope, n);
    }
    kernels.withoutNegligible(slopes, slope, slopes, slope, n);
    Arrays.fill(past, 0, n, 0);
  }
}
