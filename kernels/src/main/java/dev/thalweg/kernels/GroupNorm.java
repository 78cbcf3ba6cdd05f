package dev.thalweg.kernels;

import java.util.Arrays;

/// Normalisation by groups of channels within blocks of pixels, and its gradients: *batch*
/// normalisation is one block of all pixels of the batch, each channel a group; *instance*
/// normalisation a block for each image, each channel a group; *group* normalisation a block for
/// each image, neighbouring channels in groups. A family of kernels on any provider.
///
/// x is a dense matrix, a pixel a row, a channel a column; a block is so many rows. Of each block
/// and group, with n numbers: μ = Σx / n, σ² = Σ(x − μ)² / n, in two passes; the variance is the
/// biased one. y = γ (x − μ) / √(σ² + ε) + β, computed as fma(x, s, fma(−μ, s, β)) with s = γ /
/// √(σ² + ε). Where no statistics are taken, in prediction, [#apply] has those that were kept.
///
/// **The bits.** A sum over a block is a chain down each column for each 256 rows, begun at 0,
/// these added in order in double, and the columns of the group from left to right in double. What
/// is computed once a group or channel is computed in double and rounded once.
///
/// Gammas and betas may be of length 0: then γ = 1 and β = 0.
///
/// @param blocks of rows
/// @param rows of a block
/// @param columns channels
/// @param groups of channels
public record GroupNorm(int blocks, int rows, int columns, int groups) {

  /// Numbers that take about a nanosecond.
  private static final double SPEED = 2;

  private static final int CHAIN = Rows.CHAIN;

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException where groups don't divide the channels, or nothing is there
  public GroupNorm {
    if (groups < 1 || columns < 1 || columns % groups != 0) {
      throw new IllegalArgumentException(
          "normalisation: expected groups that divide %d channels, found %d"
              .formatted(columns, groups));
    }
    if (blocks < 0 || rows < 1) {
      throw new IllegalArgumentException(
          "normalisation: expected 1 row or more, found " + blocks + " blocks of " + rows);
    }
  }

  /// Statistics that there are: blocks · groups, block after block.
  public int statistics() {
    return blocks * groups;
  }

  private int chains() {
    return Math.ceilDiv(rows, CHAIN);
  }

  /// Columns of a group.
  private int own() {
    return columns / groups;
  }

  /// Mean and biased variance of each block and group.
  public void moments(
      Engine engine,
      float[] x,
      int xStart,
      float[] mean,
      int meanStart,
      float[] variance,
      int varianceStart) {
    float[] parts = Room.floats(Room.BLOCKS, blocks * chains() * columns);
    shareChains(
        engine,
        (from, to) -> {
          Arrays.fill(parts, from * columns, to * columns, 0);
          for (int c = from; c < to; c++) {
            engine
                .kernels()
                .columnSums(length(c), columns, x, xStart + at(c), columns, parts, c * columns);
          }
        });
    means(parts, mean, meanStart);
    shareChains(
        engine,
        (from, to) -> {
          float[] means = Room.floats(Room.COUNTS, columns);
          float[] part = Room.floats(Room.PART, CHAIN * columns);
          Kernels kernels = engine.kernels();
          Arrays.fill(parts, from * columns, to * columns, 0);
          for (int c = from; c < to; c++) {
            centre(kernels, c, x, xStart, mean, meanStart, means, part);
            kernels.columnDots(
                length(c), columns, part, 0, columns, part, 0, columns, parts, c * columns);
          }
        });
    means(parts, variance, varianceStart);
  }

  /// What the parts of each block and group add up to, divided by their numbers.
  private void means(float[] parts, float[] means, int meansStart) {
    double count = (double) rows * own();
    for (int b = 0; b < blocks; b++) {
      for (int g = 0; g < groups; g++) {
        double total = 0;
        for (int j = g * own(); j < (g + 1) * own(); j++) {
          total += total(parts, b, j);
        }
        means[meansStart + b * groups + g] = (float) (total / count);
      }
    }
  }

  /// The sum of a block's chains in one column.
  private double total(float[] parts, int block, int column) {
    double total = 0;
    for (int c = 0; c < chains(); c++) {
      total += parts[(block * chains() + c) * columns + column];
    }
    return total;
  }

  /// The rows of one chain, less the means.
  private void centre(
      Kernels kernels,
      int chain,
      float[] x,
      int xStart,
      float[] mean,
      int meanStart,
      float[] means,
      float[] to) {
    int block = chain / chains();
    for (int j = 0; j < columns; j++) {
      means[j] = mean[meanStart + block * groups + j / own()];
    }
    kernels.zipRows(
        BinaryFunction.SUBTRACT,
        length(chain),
        columns,
        x,
        xStart + at(chain),
        columns,
        1,
        means,
        0,
        0,
        1,
        to,
        0,
        columns);
  }

  /// Rows of a chain, chains counted through all blocks.
  private int length(int chain) {
    return Math.min(CHAIN, rows - chain % chains() * CHAIN);
  }

  /// Where a chain begins.
  private int at(int chain) {
    return (chain / chains() * rows + chain % chains() * CHAIN) * columns;
  }

  private void shareChains(Engine engine, RangeTask task) {
    engine.share(blocks * chains(), Math.min(rows, CHAIN) * columns / SPEED, task);
  }

  private static double inverse(float variance, double epsilon) {
    return 1 / Math.sqrt(variance + epsilon);
  }

  private static double of(float[] gamma, int gammaStart, int column, double otherwise) {
    return gamma.length == 0 ? otherwise : gamma[gammaStart + column];
  }

  /// y = γ (x − μ) / √(σ² + ε) + β
  public void apply(
      Engine engine,
      float[] x,
      int xStart,
      float[] mean,
      int meanStart,
      float[] variance,
      int varianceStart,
      double epsilon,
      float[] gamma,
      int gammaStart,
      float[] beta,
      int betaStart,
      float[] y,
      int yStart) {
    float[] factors = Room.floats(Room.BLOCKS, 2 * blocks * columns);
    for (int i = 0; i < blocks * columns; i++) {
      int at = i / columns * groups + i % columns / own();
      double s =
          inverse(variance[varianceStart + at], epsilon) * of(gamma, gammaStart, i % columns, 1);
      double shift = of(beta, betaStart, i % columns, 0) - mean[meanStart + at] * s;
      factors[i] = (float) s;
      factors[blocks * columns + i] = (float) shift;
    }
    shareChains(
        engine,
        (from, to) -> {
          for (int c = from; c < to; c++) {
            int at = at(c);
            int block = c / chains() * columns;
            engine
                .kernels()
                .multiplyAdd(
                    length(c),
                    columns,
                    x,
                    xStart + at,
                    columns,
                    1,
                    factors,
                    block,
                    0,
                    1,
                    factors,
                    blocks * columns + block,
                    0,
                    1,
                    y,
                    yStart + at,
                    columns);
          }
        });
  }

  /// The gradients, where mean and variance are those of x.
  ///
  /// With h = γ dy, of each block and group: dx = (h − Σh / n − (x − μ) Σh(x − μ) / (n (σ² + ε))) /
  /// √(σ² + ε). dγ = Σ dy (x − μ) / √(σ² + ε) and dβ = Σ dy over all blocks.
  ///
  /// @param dgamma receives a number a channel; may be of length 0, as may `dbeta`
  public void back(
      Engine engine,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] mean,
      int meanStart,
      float[] variance,
      int varianceStart,
      double epsilon,
      float[] gamma,
      int gammaStart,
      float[] dx,
      int dxStart,
      float[] dgamma,
      int dgammaStart,
      float[] dbeta,
      int dbetaStart) {
    int all = blocks * chains() * columns;
    float[] sums = Room.floats(Room.BLOCKS, all);
    float[] dots = Room.floats(Room.WINDOWS, all);
    shareChains(
        engine,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          float[] means = Room.floats(Room.COUNTS, columns);
          float[] part = Room.floats(Room.PART, CHAIN * columns);
          Arrays.fill(sums, from * columns, to * columns, 0);
          Arrays.fill(dots, from * columns, to * columns, 0);
          for (int c = from; c < to; c++) {
            int n = length(c);
            int g = dyStart + at(c);
            kernels.columnSums(n, columns, dy, g, columns, sums, c * columns);
            centre(kernels, c, x, xStart, mean, meanStart, means, part);
            kernels.columnDots(n, columns, part, 0, columns, dy, g, columns, dots, c * columns);
          }
        });
    float[] factors = Room.floats(Room.WEIGHTS, 3 * blocks * columns);
    factors(sums, dots, variance, varianceStart, epsilon, gamma, gammaStart, factors);
    weightGradients(
        sums, dots, variance, varianceStart, epsilon, dgamma, dgammaStart, dbeta, dbetaStart);
    shareChains(
        engine,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          float[] means = Room.floats(Room.COUNTS, columns);
          float[] part = Room.floats(Room.PART, CHAIN * columns);
          for (int c = from; c < to; c++) {
            centre(kernels, c, x, xStart, mean, meanStart, means, part);
            finish(kernels, c, part, dy, dyStart, factors, dx, dxStart);
          }
        });
  }

  /// dx = fma(dy, s, fma(x − μ, p, q))
  private void finish(
      Kernels kernels,
      int chain,
      float[] part,
      float[] dy,
      int dyStart,
      float[] factors,
      float[] dx,
      int dxStart) {
    int n = length(chain);
    int at = at(chain);
    int block = chain / chains() * columns;
    int step = blocks * columns;
    kernels.multiplyAdd(
        n,
        columns,
        part,
        0,
        columns,
        1,
        factors,
        step + block,
        0,
        1,
        factors,
        2 * step + block,
        0,
        1,
        part,
        0,
        columns);
    kernels.multiplyAdd(
        n,
        columns,
        dy,
        dyStart + at,
        columns,
        1,
        factors,
        block,
        0,
        1,
        part,
        0,
        columns,
        1,
        dx,
        dxStart + at,
        columns);
  }

  /// What dy and x − μ are multiplied by, and what is added, for each block and channel.
  private void factors(
      float[] sums,
      float[] dots,
      float[] variance,
      int varianceStart,
      double epsilon,
      float[] gamma,
      int gammaStart,
      float[] factors) {
    double count = (double) rows * own();
    int step = blocks * columns;
    for (int b = 0; b < blocks; b++) {
      for (int g = 0; g < groups; g++) {
        double h = 0;
        double hx = 0;
        for (int j = g * own(); j < (g + 1) * own(); j++) {
          h += of(gamma, gammaStart, j, 1) * total(sums, b, j);
          hx += of(gamma, gammaStart, j, 1) * total(dots, b, j);
        }
        double inverse = inverse(variance[varianceStart + b * groups + g], epsilon);
        for (int j = g * own(); j < (g + 1) * own(); j++) {
          int at = b * columns + j;
          factors[at] = (float) (inverse * of(gamma, gammaStart, j, 1));
          factors[step + at] = (float) (-inverse * inverse * inverse * hx / count);
          factors[2 * step + at] = (float) (-inverse * h / count);
        }
      }
    }
  }

  private void weightGradients(
      float[] sums,
      float[] dots,
      float[] variance,
      int varianceStart,
      double epsilon,
      float[] dgamma,
      int dgammaStart,
      float[] dbeta,
      int dbetaStart) {
    for (int j = 0; j < columns; j++) {
      double g = 0;
      double b = 0;
      for (int block = 0; block < blocks; block++) {
        float own = variance[varianceStart + block * groups + j / own()];
        g += total(dots, block, j) * inverse(own, epsilon);
        b += total(sums, block, j);
      }
      if (dgamma.length > 0) {
        dgamma[dgammaStart + j] = (float) g;
      }
      if (dbeta.length > 0) {
        dbeta[dbetaStart + j] = (float) b;
      }
    }
  }
}
