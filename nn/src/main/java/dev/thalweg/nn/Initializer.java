package dev.thalweg.nn;

import dev.thalweg.kernels.Philox;
import java.util.Locale;

/// How the first values of weights are drawn.
///
/// With fan-in i and fan-out o: Glorot and Bengio 2010 for the variance 2/(i + o), He et al. 2015
/// for 2/i. A uniform one on [−a, a) has the variance a²/3, so a = √(6/(i + o)) and √(6/i), as
/// Keras' `glorot_uniform` and `he_uniform` and PyTorch's `xavier_uniform_` and
/// `kaiming_uniform_(a=0)`. The normal ones are not truncated (PyTorch's are neither, Keras' are).
public enum Initializer {
  /// Uniform on ±√(6/(fanIn + fanOut))
  GLOROT_UNIFORM,
  /// Normal with standard deviation √(2/(fanIn + fanOut))
  GLOROT_NORMAL,
  /// Uniform on ±√(6/fanIn)
  HE_UNIFORM,
  /// Normal with standard deviation √(2/fanIn)
  HE_NORMAL,
  /// All 0
  ZEROS;

  /// The first values of n weights.
  ///
  /// @param random drawn from index 0 on
  public float[] draw(int n, int fanIn, int fanOut, Philox random) {
    float[] values = new float[n];
    double variance =
        switch (this) {
          case GLOROT_UNIFORM, GLOROT_NORMAL -> 2.0 / Math.max(1, fanIn + fanOut);
          case HE_UNIFORM, HE_NORMAL -> 2.0 / Math.max(1, fanIn);
          case ZEROS -> 0;
        };
    switch (this) {
      case GLOROT_UNIFORM, HE_UNIFORM -> {
        float bound = (float) Math.sqrt(3 * variance);
        random.uniform(0, values, 0, n, -bound, bound);
      }
      case GLOROT_NORMAL, HE_NORMAL ->
          random.normal(0, values, 0, n, 0, (float) Math.sqrt(variance));
      case ZEROS -> {}
    }
    return values;
  }

  /// The name in lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
