package dev.thalweg.kernels;

import java.util.Arrays;

/// The step of an LSTM: kept are i, f, g, o and tanh(c').
final class LstmCell extends GatedCell {
  LstmCell(Kernels kernels, int rows, int units) {
    super(kernels, rows, units, 5 * units);
  }

  @Override
  public void forward(float[] gates, int at, float[] hidden, float[] cells, int before, int after) {
    int i = at;
    int f = at + units;
    int g = at + 2 * units;
    int o = at + 3 * units;
    int tanh = at + 4 * units;
    for (int r = 0, row = 0; r < rows; r++, row += width) {
      kernels.map(UnaryFunction.SIGMOID, gates, i + row, gates, i + row, 2 * units);
      kernels.map(UnaryFunction.TANH, gates, g + row, gates, g + row, units);
      kernels.map(UnaryFunction.SIGMOID, gates, o + row, gates, o + row, units);
    }
    zip(BinaryFunction.MULTIPLY, gates, i, width, gates, g, width, cells, after, units);
    add(gates, f, width, cells, before, units, cells, after, units, cells, after, units);
    for (int r = 0; r < rows; r++) {
      kernels.map(UnaryFunction.TANH, cells, after + r * units, gates, tanh + r * width, units);
    }
    zip(BinaryFunction.MULTIPLY, gates, o, width, gates, tanh, width, hidden, after, units);
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
    kernels.lstmSlopes(
        rows, units, 0, kept, at, cells, before, state, 0, cell, 0, cellPast, 0, slopes, slope);
    Arrays.fill(past, 0, rows * units, 0);
  }
}
