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
    int n = units;
    int i = at;
    int f = at + n;
    int g = at + 2 * n;
    int o = at + 3 * n;
    int tanh = at + 4 * n;
    int di = slope;
    int df = slope + n;
    int dg = slope + 2 * n;
    int dO = slope + 3 * n;
    int s = 4 * n;
    float[] part = Room.floats(Room.BLOCKS, rows * n);
    float[] less = Room.floats(Room.COUNTS, rows * width);
    BinaryFunction times = BinaryFunction.MULTIPLY;
    kernels.map(UnaryFunction.NEGATE, kept, at, less, 0, rows * width);
    // dc += dh o (1 − tanh²); do = dh tanh o (1 − o)
    zip(times, state, 0, n, kept, o, width, part, 0, n);
    zip(times, part, 0, n, kept, tanh, width, slopes, dO, s);
    zip(BinaryFunction.ADD, cell, 0, n, part, 0, n, cellPast, 0, n);
    add(slopes, dO, s, less, 4 * n, width, cellPast, 0, n, cellPast, 0, n);
    add(slopes, dO, s, less, 3 * n, width, slopes, dO, s, slopes, dO, s);
    // di = dc g i (1 − i); dg = dc i (1 − g²)
    zip(times, cellPast, 0, n, kept, i, width, part, 0, n);
    zip(times, part, 0, n, kept, g, width, slopes, di, s);
    add(slopes, di, s, less, 2 * n, width, part, 0, n, slopes, dg, s);
    add(slopes, di, s, less, 0, width, slopes, di, s, slopes, di, s);
    // dc f goes past; df = dc c f (1 − f)
    zip(times, cellPast, 0, n, kept, f, width, cellPast, 0, n);
    zip(times, cellPast, 0, n, cells, before, n, slopes, df, s);
    add(slopes, df, s, less, n, width, slopes, df, s, slopes, df, s);
    Arrays.fill(past, 0, rows * n, 0);
  }
}
