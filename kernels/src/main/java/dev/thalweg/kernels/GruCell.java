package dev.thalweg.kernels;

/// The step of a GRU: kept are r, z, n and d + h U of n; gradients are those by the sums of r, z
/// and n, and by that.
final class GruCell extends GatedCell {
  GruCell(Kernels kernels, int rows, int units) {
    super(kernels, rows, units, 4 * units);
  }

  @Override
  public void forward(float[] gates, int at, float[] hidden, float[] cells, int before, int after) {
    int r = at;
    int z = at + units;
    int n = at + 2 * units;
    int other = at + 3 * units;
    for (int i = 0, row = 0; i < rows; i++, row += width) {
      kernels.map(UnaryFunction.SIGMOID, gates, r + row, gates, r + row, 2 * units);
    }
    add(gates, r, width, gates, other, width, gates, n, width, gates, n, width);
    for (int i = 0, row = 0; i < rows; i++, row += width) {
      kernels.map(UnaryFunction.TANH, gates, n + row, gates, n + row, units);
    }
    zip(BinaryFunction.SUBTRACT, hidden, before, units, gates, n, width, hidden, after, units);
    add(gates, z, width, hidden, after, units, gates, n, width, hidden, after, units);
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
    int u = units;
    int r = at;
    int z = at + u;
    int n = at + 2 * u;
    int other = at + 3 * u;
    int dr = slope;
    int dz = slope + u;
    int dn = slope + 2 * u;
    int dOther = slope + 3 * u;
    float[] part = Room.floats(Room.BLOCKS, rows * u);
    float[] less = Room.floats(Room.COUNTS, rows * width);
    BinaryFunction times = BinaryFunction.MULTIPLY;
    kernels.map(UnaryFunction.NEGATE, kept, at, less, 0, rows * width);
    // dh z goes past; dn = (dh − dh z) (1 − n²)
    zip(times, state, 0, u, kept, z, width, past, 0, u);
    zip(BinaryFunction.SUBTRACT, state, 0, u, past, 0, u, part, 0, u);
    zip(times, part, 0, u, kept, n, width, slopes, dn, width);
    add(slopes, dn, width, less, 2 * u, width, part, 0, u, slopes, dn, width);
    // dz = dh z (h − n) (1 − z)
    zip(BinaryFunction.SUBTRACT, hidden, before, u, kept, n, width, part, 0, u);
    zip(times, past, 0, u, part, 0, u, slopes, dz, width);
    add(slopes, dz, width, less, u, width, slopes, dz, width, slopes, dz, width);
    // by d + h U: dn r; dr = dn (d + h U) r (1 − r)
    zip(times, slopes, dn, width, kept, r, width, slopes, dOther, width);
    zip(times, slopes, dOther, width, kept, other, width, slopes, dr, width);
    add(slopes, dr, width, less, 0, width, slopes, dr, width, slopes, dr, width);
    kernels.withoutNegligible(slopes, slope, slopes, slope, rows * width);
  }
}
