package dev.thalweg.kernels.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.SQRT;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.UnaryFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// One small loop for each function, over whole vectors: n is a multiple of the lanes. The loops
/// are methods of their own, called for a few thousand floats at a time, so that the JIT compiles
/// each of them by itself and keeps its vectors in registers.
final class Loops {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  /// Floats that one call of a loop gets.
  static final int CHUNK = 2048;

  private Loops() {}

  /// At most [#CHUNK] floats; `e` has room for as many between the passes of a function.
  static void map(UnaryFunction f, float[] x, int xStart, float[] y, int yStart, int n, float[] e) {
    switch (f) {
      case NEGATE -> negate(x, xStart, y, yStart, n);
      case ABS -> abs(x, xStart, y, yStart, n);
      case SIGN -> sign(x, xStart, y, yStart, n);
      case STEP -> step(x, xStart, y, yStart, n);
      case SQUARE -> square(x, xStart, y, yStart, n);
      case SQRT -> sqrt(x, xStart, y, yStart, n);
      case RECIPROCAL -> reciprocal(x, xStart, y, yStart, n);
      case RELU -> relu(x, xStart, y, yStart, n);
      case EXP -> exp(x, xStart, y, yStart, n);
      case LOG -> log(x, xStart, y, yStart, n);
      case LOG1P -> log1p(x, xStart, y, yStart, n);
      default -> {
        for (Pass pass : Pass.of(f)) {
          pass.run(x, xStart, e, y, yStart, n);
        }
      }
    }
  }

  /// Whether [#map] knows the function.
  static boolean knows(UnaryFunction f) {
    return switch (f) {
      case SIN, COS -> false;
      default -> true;
    };
  }

  /// Steps of 0 stand for an array that holds the same element L times.
  static void zip(
      BinaryFunction f,
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    switch (f) {
      case ADD -> add(x, xStart, xStep, y, yStart, yStep, z, zStart, n);
      case SUBTRACT -> sub(x, xStart, xStep, y, yStart, yStep, z, zStart, n);
      case MULTIPLY -> mul(x, xStart, xStep, y, yStart, yStep, z, zStart, n);
      case DIVIDE -> div(x, xStart, xStep, y, yStart, yStep, z, zStart, n);
      case MAXIMUM -> max(x, xStart, xStep, y, yStart, yStep, z, zStart, n);
      case MINIMUM -> min(x, xStart, xStep, y, yStart, yStep, z, zStart, n);
    }
  }

  /// At most [#CHUNK] floats of [Kernels#gelu]; `e` as in [#map].
  static void gelu(
      float[] x, int xStart, float[] y, int yStart, float[] u, int uStart, int n, float[] e) {
    for (Pass pass : Pass.BEFORE_SLOPE) {
      pass.run(x, xStart, e, u, uStart, n);
    }
    geluSlope(x, xStart, y, yStart, u, uStart, n, e);
  }

  /// y, and the slope in the place of u.
  private static void geluSlope(
      float[] x, int xStart, float[] y, int yStart, float[] u, int uStart, int n, float[] e) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i);
      FloatVector oneAndErf = FloatVector.fromArray(S, u, uStart + i);
      Functions.geluOf(v, oneAndErf).intoArray(y, yStart + i);
      Functions.geluSlope(v, oneAndErf, FloatVector.fromArray(S, e, i)).intoArray(u, uStart + i);
    }
  }

  static void gate(float[] g, int gStart, float[] x, int xStart, float[] z, int zStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i);
      FloatVector open = FloatVector.fromArray(S, g, gStart + i);
      FloatVector y = v.blend(0f, v.abs().compare(LT, Kernels.NEGLIGIBLE));
      FloatVector.zero(S).blend(y, open.compare(GT, 0f)).intoArray(z, zStart + i);
    }
  }

  static void withoutNegligible(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i);
      v.blend(0f, v.abs().compare(LT, Kernels.NEGLIGIBLE)).intoArray(y, yStart + i);
    }
  }

  /// y = exp(x − shift)
  static void shiftedExp(float[] x, int xStart, float shift, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      Functions.exp(FloatVector.fromArray(S, x, xStart + i).sub(shift)).intoArray(y, yStart + i);
    }
  }

  static void scale(float[] y, int yStart, float factor, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, y, yStart + i).mul(factor).intoArray(y, yStart + i);
    }
  }

  private static void negate(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xStart + i).neg().intoArray(y, yStart + i);
    }
  }

  private static void abs(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xStart + i).abs().intoArray(y, yStart + i);
    }
  }

  private static void sign(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      Functions.sign(FloatVector.fromArray(S, x, xStart + i)).intoArray(y, yStart + i);
    }
  }

  private static void step(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      Functions.positive(FloatVector.fromArray(S, x, xStart + i)).intoArray(y, yStart + i);
    }
  }

  private static void square(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i);
      v.mul(v).intoArray(y, yStart + i);
    }
  }

  private static void sqrt(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xStart + i).lanewise(SQRT).intoArray(y, yStart + i);
    }
  }

  private static void reciprocal(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.broadcast(S, 1f)
          .div(FloatVector.fromArray(S, x, xStart + i))
          .intoArray(y, yStart + i);
    }
  }

  private static void relu(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xStart + i).max(0f).intoArray(y, yStart + i);
    }
  }

  static void exp(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      Functions.exp(FloatVector.fromArray(S, x, xStart + i)).intoArray(y, yStart + i);
    }
  }

  private static void log(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      Functions.log(FloatVector.fromArray(S, x, xStart + i)).intoArray(y, yStart + i);
    }
  }

  private static void log1p(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i += L) {
      Functions.log1p(FloatVector.fromArray(S, x, xStart + i)).intoArray(y, yStart + i);
    }
  }

  private static void add(
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i * xStep);
      v.add(FloatVector.fromArray(S, y, yStart + i * yStep)).intoArray(z, zStart + i);
    }
  }

  private static void sub(
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i * xStep);
      v.sub(FloatVector.fromArray(S, y, yStart + i * yStep)).intoArray(z, zStart + i);
    }
  }

  private static void mul(
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i * xStep);
      v.mul(FloatVector.fromArray(S, y, yStart + i * yStep)).intoArray(z, zStart + i);
    }
  }

  private static void div(
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i * xStep);
      v.div(FloatVector.fromArray(S, y, yStart + i * yStep)).intoArray(z, zStart + i);
    }
  }

  private static void max(
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i * xStep);
      v.max(FloatVector.fromArray(S, y, yStart + i * yStep)).intoArray(z, zStart + i);
    }
  }

  private static void min(
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xStart + i * xStep);
      v.min(FloatVector.fromArray(S, y, yStart + i * yStep)).intoArray(z, zStart + i);
    }
  }
}
