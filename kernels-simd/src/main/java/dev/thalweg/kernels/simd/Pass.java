package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.UnaryFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of functions that take more than one.
///
/// [Loops#map] calls them by way of this type, where the JIT, having seen more than two kinds,
/// inlines none: the passes of GELU and of ERF in one method are more nodes than it inlines
/// (NodeCountInliningCutoff), and the vectors of the calls that are left out are objects on the
/// heap, 100 MB of them in a step of a small GPT.
enum Pass {
  /// e = exp(2 |x|)
  EXP_OF_DOUBLE {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        FloatVector a = FloatVector.fromArray(S, x, xStart + i).abs();
        Functions.exp(a.add(a)).intoArray(e, i);
      }
    }
  },

  /// e = exp(−|x|)
  EXP_OF_MINUS {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        Functions.exp(FloatVector.fromArray(S, x, xStart + i).abs().neg()).intoArray(e, i);
      }
    }
  },

  /// e = [Functions#erfExponent] of x
  ERF_EXPONENT {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        Functions.erfExponent(FloatVector.fromArray(S, x, xStart + i)).intoArray(e, i);
      }
    }
  },

  /// e = [Functions#geluExponent] of x
  GELU_EXPONENT {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        Functions.geluExponent(FloatVector.fromArray(S, x, xStart + i)).intoArray(e, i);
      }
    }
  },

  /// e = exp(−½ x x)
  EXP_OF_HALF_SQUARE {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        Functions.exp(Functions.minusHalfSquare(FloatVector.fromArray(S, x, xStart + i)))
            .intoArray(e, i);
      }
    }
  },

  /// e = exp e
  EXP {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        Functions.exp(FloatVector.fromArray(S, e, i)).intoArray(e, i);
      }
    }
  },

  /// e = log(1 + e)
  LOG1P {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        Functions.log1p(FloatVector.fromArray(S, e, i)).intoArray(e, i);
      }
    }
  },

  /// y = [Functions#tanh] of x and e
  TANH {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, xStart + i);
        Functions.tanh(v, FloatVector.fromArray(S, e, i)).intoArray(y, yStart + i);
      }
    }
  },

  /// y = [Functions#sigmoid] of x and e
  SIGMOID {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, xStart + i);
        Functions.sigmoid(v, FloatVector.fromArray(S, e, i)).intoArray(y, yStart + i);
      }
    }
  },

  /// y = [Functions#softplus] of x and e
  SOFTPLUS {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, xStart + i);
        Functions.softplus(v, FloatVector.fromArray(S, e, i)).intoArray(y, yStart + i);
      }
    }
  },

  /// y = [Functions#erf] of x and e
  ERF {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, xStart + i);
        Functions.erf(v, FloatVector.fromArray(S, e, i)).intoArray(y, yStart + i);
      }
    }
  },

  /// y = 1 + erf(x / √2), where e = exp([Functions#geluExponent])
  ONE_AND_ERF {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, xStart + i);
        Functions.oneAndErf(v, FloatVector.fromArray(S, e, i)).intoArray(y, yStart + i);
      }
    }
  },

  /// y = [Functions#gelu] of x and e
  GELU {
    @Override
    void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, xStart + i);
        Functions.gelu(v, FloatVector.fromArray(S, e, i)).intoArray(y, yStart + i);
      }
    }
  };

  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  private static final Pass[] OF_TANH = {EXP_OF_DOUBLE, TANH};
  private static final Pass[] OF_SIGMOID = {EXP_OF_MINUS, SIGMOID};
  private static final Pass[] OF_SOFTPLUS = {EXP_OF_MINUS, LOG1P, SOFTPLUS};
  private static final Pass[] OF_ERF = {ERF_EXPONENT, EXP, ERF};
  private static final Pass[] OF_GELU = {GELU_EXPONENT, EXP, GELU};

  /// What [Loops#gelu] makes GELU and its slope of.
  static final Pass[] BEFORE_SLOPE = {GELU_EXPONENT, EXP, ONE_AND_ERF, EXP_OF_HALF_SQUARE};

  /// The passes of a function, in their order.
  static Pass[] of(UnaryFunction f) {
    return switch (f) {
      case TANH -> OF_TANH;
      case SIGMOID -> OF_SIGMOID;
      case SOFTPLUS -> OF_SOFTPLUS;
      case ERF -> OF_ERF;
      case GELU -> OF_GELU;
      default -> throw new AssertionError(f);
    };
  }

  /// Whole vectors, n floats: `e` from its beginning is what a pass leaves for the next.
  abstract void run(float[] x, int xStart, float[] e, float[] y, int yStart, int n);
}
