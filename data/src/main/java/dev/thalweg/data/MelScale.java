package dev.thalweg.data;

import java.util.Locale;

/// How pitch is counted, and how high the triangles over it are.
public enum MelScale {

  /// mel(f) = 2595 log₁₀(1 + f / 700); each triangle's top is 1: `torchaudio`'s defaults.
  HTK {
    @Override
    double mel(double hertz) {
      return 2595 * StrictMath.log10(1 + hertz / 700);
    }

    @Override
    double hertz(double mel) {
      return 700 * (StrictMath.pow(10, mel / 2595) - 1);
    }
  },

  /// 3 f / 200 up to 1,000 Hz, from there on 15 + 27 ln(f / 1000) / ln 6.4; each triangle has the
  /// area 1 Hz: `librosa`'s defaults, after Slaney's Auditory Toolbox.
  SLANEY {
    @Override
    double mel(double hertz) {
      return hertz < 1000 ? hertz * 3 / 200 : 15 + 27 * StrictMath.log(hertz / 1000) / LOG_STEP;
    }

    @Override
    double hertz(double mel) {
      return mel < 15 ? mel * 200 / 3 : 1000 * StrictMath.exp((mel - 15) / 27 * LOG_STEP);
    }
  };

  private static final double LOG_STEP = StrictMath.log(6.4);

  abstract double mel(double hertz);

  abstract double hertz(double mel);

  /// In lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
