package dev.thalweg.kernels;

import java.util.Arrays;

/// Normalisation of each row of a dense matrix, and its gradients: *layer* normalisation, and *RMS*
/// normalisation, which leaves the mean where it is. A family of kernels on any provider.
///
/// Layer: μ = Σx / n, σ² = Σ(x − μ)² / n (biased, in two passes), t = (x − μ) / √(σ² + ε). RMS: t =
/// x / √(Σx² / n + ε). y = γ t + β, with one fused multiply-add.
///
/// **The bits.** Sums along a row are in the order of [Kernels#sum] and [Kernels#rowDots]; down the
/// rows, in the gradients of γ and β, each 256 rows are a chain begun at 0, and these are added in
/// order in double. Means are divided, and roots taken, in double, and rounded once.
///
/// Gammas and betas may be of length 0: then γ = 1 and β = 0.
///
/// @param rows of the matrix
/// @param columns what is normalised together
/// @param centred whether the mean is taken off: layer normalisation
public record RowNorm(int rows, int columns, boolean centred) {

  /// Numbers that take about a nanosecond.
  private static final double SPEED = 1;

  private static final int CHAIN = Rows.CHAIN;

  /// Numbers that are worked on at a time.
  private static final int CHUNK = 1 << 12;

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException for rows without numbers
  public RowNorm {
    if (rows < 0 || columns < 1) {
      throw new IllegalArgumentException(
          "normalisation: expected rows of 1 number or more, found " + rows + " of " + columns);
    }
  }

  /// Rows that are worked on at a time.
  private int chunk() {
    return Math.clamp(CHUNK / columns, 1, CHAIN);
  }

  /// y = γ t + β
  ///
  /// @param mean receives the mean of each row, where it is taken off; else 0
  /// @param inverse receives 1 / √(σ² + ε), or 1 / √(Σx² / n + ε), of each row
  public void forward(
      Engine engine,
      float[] x,
      int xStart,
      double epsilon,
      float[] gamma,
      int gammaStart,
      float[] beta,
      int betaStart,
      float[] y,
      int yStart,
      float[] mean,
      int meanStart,
      float[] inverse,
      int inverseStart) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          for (int i = from; i < to; i += chunk()) {
            int n = Math.min(chunk(), to - i);
            int at = yStart + i * columns;
            statistics(
                kernels,
                n,
                x,
                xStart + i * columns,
                epsilon,
                y,
                at,
                mean,
                meanStart + i,
                inverse,
                inverseStart + i);
            byColumn(kernels, n, y, at, inverse, inverseStart + i, y, at);
            affine(kernels, n, y, at, gamma, gammaStart, beta, betaStart);
          }
        });
  }

  /// Mean and inverse deviation of some rows, and in y the rows less their means.
  private void statistics(
      Kernels kernels,
      int n,
      float[] x,
      int xStart,
      double epsilon,
      float[] y,
      int yStart,
      float[] mean,
      int meanStart,
      float[] inverse,
      int inverseStart) {
    if (centred) {
      kernels.rowSums(n, columns, x, xStart, columns, mean, meanStart);
      for (int i = meanStart; i < meanStart + n; i++) {
        mean[i] = (float) ((double) mean[i] / columns);
      }
      centre(kernels, n, x, xStart, mean, meanStart, y, yStart);
    } else {
      Arrays.fill(mean, meanStart, meanStart + n, 0);
      kernels.copyRows(n, columns, x, xStart, columns, y, yStart, columns);
    }
    kernels.rowDots(n, columns, y, yStart, columns, y, yStart, columns, inverse, inverseStart);
    for (int i = inverseStart; i < inverseStart + n; i++) {
      inverse[i] = (float) (1 / Math.sqrt((double) inverse[i] / columns + epsilon));
    }
  }

  private void centre(
      Kernels kernels,
      int n,
      float[] x,
      int xStart,
      float[] mean,
      int meanStart,
      float[] y,
      int yStart) {
    kernels.zipRows(
        BinaryFunction.SUBTRACT,
        n,
        columns,
        x,
        xStart,
        columns,
        1,
        mean,
        meanStart,
        1,
        0,
        y,
        yStart,
        columns);
  }

  /// Each row times its number.
  private void byColumn(
      Kernels kernels,
      int n,
      float[] x,
      int xStart,
      float[] factors,
      int factorsStart,
      float[] y,
      int yStart) {
    kernels.zipRows(
        BinaryFunction.MULTIPLY,
        n,
        columns,
        x,
        xStart,
        columns,
        1,
        factors,
        factorsStart,
        1,
        0,
        y,
        yStart,
        columns);
  }

  /// y = γ y + β, a number a column.
  private void affine(
      Kernels kernels,
      int n,
      float[] y,
      int yStart,
      float[] gamma,
      int gammaStart,
      float[] beta,
      int betaStart) {
    if (gamma.length == 0 && beta.length == 0) {
      return;
    }
    float[] constants = Room.floats(Room.COUNTS, 2);
    constants[0] = 1;
    constants[1] = 0;
    boolean scaled = gamma.length > 0;
    boolean shifted = beta.length > 0;
    kernels.multiplyAdd(
        n,
        columns,
        y,
        yStart,
        columns,
        1,
        scaled ? gamma : constants,
        scaled ? gammaStart : 0,
        0,
        scaled ? 1 : 0,
        shifted ? beta : constants,
        shifted ? betaStart : 1,
        0,
        shifted ? 1 : 0,
        y,
        yStart,
        columns);
  }

  /// The gradients.
  ///
  /// With h = γ dy: dx = (h − Σh / n − t Σht / n) / √(σ² + ε); without the second term in RMS
  /// normalisation. dγ = Σ dy t and dβ = Σ dy over all rows.
  ///
  /// @param dgamma receives a number a column; may be of length 0, as may `dbeta`
  public void back(
      Engine engine,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] mean,
      int meanStart,
      float[] inverse,
      int inverseStart,
      float[] gamma,
      int gammaStart,
      float[] dx,
      int dxStart,
      float[] dgamma,
      int dgammaStart,
      float[] dbeta,
      int dbetaStart) {
    int chains = Math.ceilDiv(rows, CHAIN);
    float[] parts = Room.floats(Room.BLOCKS, 2 * chains * columns);
    engine.share(
        chains,
        2.0 * CHAIN * columns / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          Arrays.fill(parts, 2 * from * columns, 2 * to * columns, 0);
          float[] sums = Room.floats(Room.COUNTS, 2 * CHAIN);
          float[] t = Room.floats(Room.PART, chunk() * columns);
          float[] h = Room.floats(Room.TURNED, chunk() * columns);
          for (int c = from; c < to; c++) {
            int last = Math.min(rows, (c + 1) * CHAIN);
            for (int i = c * CHAIN; i < last; i += chunk()) {
              int n = Math.min(chunk(), last - i);
              int at = i * columns;
              int g = dyStart + at;
              if (centred) {
                centre(kernels, n, x, xStart + at, mean, meanStart + i, t, 0);
                byColumn(kernels, n, t, 0, inverse, inverseStart + i, t, 0);
              } else {
                byColumn(kernels, n, x, xStart + at, inverse, inverseStart + i, t, 0);
              }
              int part = 2 * c * columns;
              kernels.columnDots(n, columns, t, 0, columns, dy, g, columns, parts, part);
              kernels.columnSums(n, columns, dy, g, columns, parts, part + columns);
              through(kernels, n, t, dy, g, gamma, gammaStart, h, sums);
              byColumn(kernels, n, h, 0, inverse, inverseStart + i, dx, dxStart + at);
            }
          }
        });
    for (int j = 0; j < columns; j++) {
      double g = 0;
      double b = 0;
      for (int c = 0; c < chains; c++) {
        g += parts[2 * c * columns + j];
        b += parts[(2 * c + 1) * columns + j];
      }
      if (dgamma.length > 0) {
        dgamma[dgammaStart + j] = (float) g;
      }
      if (dbeta.length > 0) {
        dbeta[dbetaStart + j] = (float) b;
      }
    }
  }

  /// h − Σh / n − t Σht / n, in h.
  private void through(
      Kernels kernels,
      int n,
      float[] t,
      float[] dy,
      int dyStart,
      float[] gamma,
      int gammaStart,
      float[] h,
      float[] sums) {
    kernels.copyRows(n, columns, dy, dyStart, columns, h, 0, columns);
    if (gamma.length > 0) {
      kernels.zipRows(
          BinaryFunction.MULTIPLY,
          n,
          columns,
          dy,
          dyStart,
          columns,
          1,
          gamma,
          gammaStart,
          0,
          1,
          h,
          0,
          columns);
    }
    kernels.rowDots(n, columns, h, 0, columns, t, 0, columns, sums, CHAIN);
    if (centred) {
      kernels.rowSums(n, columns, h, 0, columns, sums, 0);
    }
    for (int i = 0; i < n; i++) {
      sums[i] = (float) ((double) sums[i] / columns);
      sums[CHAIN + i] = (float) (-(double) sums[CHAIN + i] / columns);
    }
    if (centred) {
      centre(kernels, n, h, 0, sums, 0, h, 0);
    }
    kernels.multiplyAdd(
        n, columns, t, 0, columns, 1, sums, CHAIN, 1, 0, h, 0, columns, 1, h, 0, columns);
  }
}
