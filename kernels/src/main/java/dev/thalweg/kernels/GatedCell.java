package dev.thalweg.kernels;

/// A step with gates: blocks of so many columns as there are units, of the rows of some sequences.
abstract class GatedCell implements CellKernel {
  final Kernels kernels;
  final int rows;
  final int units;

  /// Numbers that are kept of a sequence.
  final int width;

  GatedCell(Kernels kernels, int rows, int units, int width) {
    this.kernels = kernels;
    this.rows = rows;
    this.units = units;
    this.width = width;
  }

  /// z = f(x, y), of a block each.
  final void zip(
      BinaryFunction f,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart,
      int zStride) {
    kernels.zipRows(
        f, rows, units, x, xStart, xStride, 1, y, yStart, yStride, 1, z, zStart, zStride);
  }

  /// to = fma(x, y, z), of a block each.
  final void add(
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart,
      int zStride,
      float[] to,
      int toStart,
      int toStride) {
    kernels.multiplyAdd(
        rows, units, x, xStart, xStride, 1, y, yStart, yStride, 1, z, zStart, zStride, 1, to,
        toStart, toStride);
  }
}
