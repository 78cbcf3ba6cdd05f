package dev.thalweg.data;

import dev.thalweg.kernels.Philox;

/// The random numbers for one change of one image in one epoch: as many as it takes, the same ones
/// each time.
final class Draws {

  /// A block of Philox serves one number; so many there are before those of the next change.
  private static final int BLOCKS = 64;

  /// Changes of an image that have numbers of their own.
  static final int PLACES = 32;

  private final Philox random;
  private long block;

  /// @param random the stream of the epoch
  /// @param place of the change among those of the image, below [#PLACES]
  Draws(Philox random, int row, int place) {
    this.random = random;
    this.block = ((long) row * PLACES + place) * BLOCKS;
  }

  /// Uniform in [0, 1).
  double uniform() {
    return random.uniformDouble(2 * block++);
  }

  /// Uniform in [low, high).
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /// A whole number in [0, bound).
  int below(int bound) {
    return random.below(2 * block++, bound);
  }

  private double normal() {
    return random.normal(2 * block++);
  }

  /// Of the distribution Beta(α, α): x / (x + y) with x and y of Gamma(α), by their logarithms,
  /// since both are 0 as doubles for a small α.
  double beta(double alpha) {
    double x = logGamma(alpha);
    double y = logGamma(alpha);
    return 1 / (1 + StrictMath.exp(y - x));
  }

  /// The logarithm of a number of Gamma(α, 1), by Marsaglia and Tsang, A Simple Method for
  /// Generating Gamma Variables (2000); below α = 1 of Gamma(α + 1) times u^(1/α).
  private double logGamma(double alpha) {
    double below = alpha < 1 ? StrictMath.log(1 - uniform()) / alpha : 0;
    double d = (alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    double v = 1;
    // More than one try in twenty is never refused; eight in a row are not seen again in 10¹⁰
    // images.
    for (int i = 0; i < 8; i++) {
      double z = normal();
      double u = uniform();
      double t = 1 + c * z;
      v = t * t * t;
      if (t > 0 && StrictMath.log(1 - u) < 0.5 * z * z + d - d * v + d * StrictMath.log(v)) {
        break;
      }
      v = 1;
    }
    return StrictMath.log(d * v) + below;
  }
}
