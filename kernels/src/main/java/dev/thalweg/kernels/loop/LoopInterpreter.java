package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import java.util.Arrays;

/// A program carried out without making a class: each operation is a plain loop over a block of
/// elements, with its result in scratch. The same operations in the same precision, so the same
/// bits as the compiled loop.
public final class LoopInterpreter implements FusedLoop {
  private static final int BLOCK = 512;

  private final LoopListing listing;

  /// Values of a block, of each thread.
  private final ThreadLocal<float[][]> floats;

  private final ThreadLocal<double[][]> doubles;

  private LoopInterpreter(LoopListing listing) {
    this.listing = listing;
    int size = listing.size(); // a thread keeps arrays, and nothing that leads back here
    floats = ThreadLocal.withInitial(() -> new float[size][BLOCK]);
    doubles = ThreadLocal.withInitial(() -> new double[size][BLOCK]);
  }

  /// The program, interpreted.
  public static LoopInterpreter of(LoopProgram program) {
    return new LoopInterpreter(new LoopListing(program));
  }

  static LoopInterpreter of(LoopListing listing) {
    return new LoopInterpreter(listing);
  }

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    float[][] values = floats.get();
    for (int start = from; start < to; start += BLOCK) {
      int n = Math.min(BLOCK, to - start);
      for (int i = 0; i < listing.size(); i++) {
        Operation operation = listing.operation(i);
        if (operation == Operation.ARRAY) {
          System.arraycopy(arrays[listing.index(i)], start, values[i], 0, n);
        } else if (operation == Operation.SCALAR) {
          Arrays.fill(values[i], 0, n, scalars[listing.index(i)]);
        } else if (operation == Operation.CONSTANT) {
          Arrays.fill(values[i], 0, n, LoopNode.rounded(listing.constant(i)));
        } else {
          float[] x = values[input(i, 0)];
          float[] y = values[input(i, 1)];
          compute(operation, x, y, values[input(i, 2)], values[i], n);
        }
      }
      for (int i = 0; i < listing.stores(); i++) {
        System.arraycopy(values[listing.storeValue(i)], 0, arrays[listing.storeArray(i)], start, n);
      }
    }
  }

  /// The input of an operation, or its last where it has fewer.
  private int input(int number, int place) {
    return listing.input(number, Math.min(place, listing.operation(number).inputs() - 1));
  }

  /// What most updates are made of is plain loops, which the JIT vectorises.
  private static void compute(
      Operation operation, float[] x, float[] y, float[] z, float[] out, int n) {
    if (operation == Operation.ADD) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] + y[i];
      }
    } else if (operation == Operation.SUBTRACT) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] - y[i];
      }
    } else if (operation == Operation.MULTIPLY) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] * y[i];
      }
    } else if (operation == Operation.DIVIDE) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] / y[i];
      }
    } else if (operation == Operation.SQRT) {
      for (int i = 0; i < n; i++) {
        out[i] = (float) Math.sqrt(x[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[i] = operation.apply(x[i], y[i], z[i]);
      }
    }
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    double[][] values = doubles.get();
    for (int start = from; start < to; start += BLOCK) {
      int n = Math.min(BLOCK, to - start);
      for (int i = 0; i < listing.size(); i++) {
        Operation operation = listing.operation(i);
        if (operation == Operation.ARRAY) {
          System.arraycopy(arrays[listing.index(i)], start, values[i], 0, n);
        } else if (operation == Operation.SCALAR) {
          Arrays.fill(values[i], 0, n, scalars[listing.index(i)]);
        } else if (operation == Operation.CONSTANT) {
          Arrays.fill(values[i], 0, n, listing.constant(i));
        } else {
          double[] x = values[input(i, 0)];
          double[] y = values[input(i, 1)];
          compute(operation, x, y, values[input(i, 2)], values[i], n);
        }
      }
      for (int i = 0; i < listing.stores(); i++) {
        System.arraycopy(values[listing.storeValue(i)], 0, arrays[listing.storeArray(i)], start, n);
      }
    }
  }

  private static void compute(
      Operation operation, double[] x, double[] y, double[] z, double[] out, int n) {
    if (operation == Operation.ADD) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] + y[i];
      }
    } else if (operation == Operation.SUBTRACT) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] - y[i];
      }
    } else if (operation == Operation.MULTIPLY) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] * y[i];
      }
    } else if (operation == Operation.DIVIDE) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] / y[i];
      }
    } else if (operation == Operation.SQRT) {
      for (int i = 0; i < n; i++) {
        out[i] = Math.sqrt(x[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[i] = operation.apply(x[i], y[i], z[i]);
      }
    }
  }
}
