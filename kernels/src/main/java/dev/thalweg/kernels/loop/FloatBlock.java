package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.Float32Functions;
import java.util.Arrays;

/// One block of a program in F32, operation by operation.
final class FloatBlock {
  private FloatBlock() {}

  /// Computes elements `start` to `start + n`, with a row of scratch for each value.
  static void run(
      LoopListing listing, float[][] arrays, float[] scalars, float[][] values, int start, int n) {
    for (int i = 0; i < listing.size(); i++) {
      float[] z = values[i];
      switch (listing.operation(i)) {
        case ARRAY -> System.arraycopy(arrays[listing.index(i)], start, z, 0, n);
        case SCALAR -> Arrays.fill(z, 0, n, scalars[listing.index(i)]);
        case CONSTANT -> Arrays.fill(z, 0, n, LoopNode.rounded(listing.constant(i)));
        default -> {
          float[] x = values[listing.input(i, 0)];
          switch (listing.operation(i).inputs()) {
            case 1 -> unary(listing.operation(i), x, z, n);
            case 2 -> binary(listing.operation(i), x, values[listing.input(i, 1)], z, n);
            default -> select(x, values[listing.input(i, 1)], values[listing.input(i, 2)], z, n);
          }
        }
      }
    }
    for (int i = 0; i < listing.stores(); i++) {
      System.arraycopy(values[listing.storeValue(i)], 0, arrays[listing.storeArray(i)], start, n);
    }
  }

  private static void unary(LoopNode.Operation operation, float[] x, float[] z, int n) {
    switch (operation) {
      case NEGATE -> {
        for (int i = 0; i < n; i++) {
          z[i] = -x[i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          z[i] = Math.abs(x[i]);
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) Math.sqrt(x[i]);
        }
      }
      case SIGN -> {
        for (int i = 0; i < n; i++) {
          z[i] = Math.signum(x[i]);
        }
      }
      case STEP -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] > 0 ? 1 : 0;
        }
      }
      case FLOOR -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) Math.floor(x[i]);
        }
      }
      case EXP -> {
        for (int i = 0; i < n; i++) {
          z[i] = Float32Functions.exp(x[i]);
        }
      }
      case LOG -> {
        for (int i = 0; i < n; i++) {
          z[i] = Float32Functions.log(x[i]);
        }
      }
      case LOG1P -> {
        for (int i = 0; i < n; i++) {
          z[i] = Float32Functions.log1p(x[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          z[i] = Float32Functions.tanh(x[i]);
        }
      }
      case EXPM1 -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.expm1(x[i]);
        }
      }
      case SIN -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.sin(x[i]);
        }
      }
      case COS -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.cos(x[i]);
        }
      }
      case TAN -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.tan(x[i]);
        }
      }
      case ASIN -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.asin(x[i]);
        }
      }
      case ACOS -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.acos(x[i]);
        }
      }
      case ATAN -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.atan(x[i]);
        }
      }
      case SINH -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.sinh(x[i]);
        }
      }
      case COSH -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.cosh(x[i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          z[i] = Float32Functions.sigmoid(x[i]);
        }
      }
      case SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          z[i] = Float32Functions.softplus(x[i]);
        }
      }
      case ERF -> {
        for (int i = 0; i < n; i++) {
          z[i] = Float32Functions.erf(x[i]);
        }
      }
      default -> throw new IllegalStateException(operation.name());
    }
  }

  private static void binary(LoopNode.Operation operation, float[] x, float[] y, float[] z, int n) {
    switch (operation) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] + y[i];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] - y[i];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] * y[i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] / y[i];
        }
      }
      case MAXIMUM -> {
        for (int i = 0; i < n; i++) {
          z[i] = Math.max(x[i], y[i]);
        }
      }
      case MINIMUM -> {
        for (int i = 0; i < n; i++) {
          z[i] = Math.min(x[i], y[i]);
        }
      }
      case POWER -> {
        for (int i = 0; i < n; i++) {
          z[i] = (float) StrictMath.pow(x[i], y[i]);
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] < y[i] ? 1 : 0;
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] <= y[i] ? 1 : 0;
        }
      }
      case EQUAL -> {
        for (int i = 0; i < n; i++) {
          z[i] = x[i] == y[i] ? 1 : 0;
        }
      }
      default -> throw new IllegalStateException(operation.name());
    }
  }

  private static void select(float[] c, float[] x, float[] y, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = c[i] != 0 ? x[i] : y[i];
    }
  }
}
