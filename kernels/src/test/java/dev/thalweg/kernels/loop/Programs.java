package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Programs and arrays to try them on.
final class Programs {
  private static final double[] EDGES = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    2,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1e-32,
    16_777_217,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE
  };

  private static final Operation[] ARITHMETIC = {
    Operation.ADD, Operation.SUBTRACT, Operation.MULTIPLY, Operation.DIVIDE
  };

  private Programs() {}

  /// AdamW over p, g, m, v with the scalars 1 − β₁, 1 − β₂, rate, root, ε, decay.
  static LoopProgram adamw() {
    LoopNode p = LoopNode.array(0);
    LoopNode g = LoopNode.array(1);
    LoopNode m = LoopNode.array(2);
    LoopNode v = LoopNode.array(3);
    LoopNode mean = plus(m, times(minus(g, m), LoopNode.scalar(0)));
    LoopNode square = plus(v, times(minus(times(g, g), v), LoopNode.scalar(1)));
    LoopNode root = LoopNode.of(Operation.SQRT, square);
    LoopNode below = plus(times(root, LoopNode.scalar(3)), LoopNode.scalar(4));
    LoopNode step = LoopNode.of(Operation.DIVIDE, times(LoopNode.scalar(2), mean), below);
    LoopNode moved = minus(p, plus(step, times(LoopNode.scalar(5), p)));
    return new LoopProgram(
        4, 6, List.of(new Store(2, mean), new Store(3, square), new Store(0, moved)));
  }

  static LoopNode plus(LoopNode x, LoopNode y) {
    return LoopNode.of(Operation.ADD, x, y);
  }

  static LoopNode minus(LoopNode x, LoopNode y) {
    return LoopNode.of(Operation.SUBTRACT, x, y);
  }

  static LoopNode times(LoopNode x, LoopNode y) {
    return LoopNode.of(Operation.MULTIPLY, x, y);
  }

  /// Any program: all operations, shared nodes, leaves and constants as values to store.
  static LoopProgram random(Random random, int operations) {
    int arrays = 1 + random.nextInt(6);
    int scalars = random.nextInt(4);
    List<LoopNode> nodes = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      nodes.add(LoopNode.array(i));
    }
    for (int i = 0; i < scalars; i++) {
      nodes.add(LoopNode.scalar(i));
    }
    Operation[] all = Operation.values();
    for (int i = 0; i < operations; i++) {
      Operation operation = all[random.nextInt(all.length)];
      if (random.nextInt(3) > 0) {
        operation = ARITHMETIC[random.nextInt(ARITHMETIC.length)];
      }
      LoopNode[] inputs = new LoopNode[operation.inputs()];
      for (int j = 0; j < inputs.length; j++) {
        int recent = Math.max(0, nodes.size() - 5);
        int from = random.nextBoolean() ? recent : 0;
        inputs[j] = nodes.get(from + random.nextInt(nodes.size() - from));
      }
      nodes.add(
          inputs.length == 0
              ? LoopNode.constant(number(random))
              : LoopNode.of(operation, inputs).atLine(random.nextInt(3)));
    }
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      targets.add(i);
    }
    Collections.shuffle(targets, random);
    List<Store> stores = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(arrays); i++) {
      int back = i == 0 ? 1 : 1 + random.nextInt(Math.min(8, nodes.size()));
      stores.add(new Store(targets.get(i), nodes.get(nodes.size() - back)));
    }
    return new LoopProgram(arrays, scalars, stores);
  }

  /// Any number, the awkward ones more often.
  static double number(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> random.nextInt(7) - 3;
      case 2 -> random.nextGaussian() * 1e3;
      case 3 -> random.nextGaussian() * 1e-3;
      case 4 -> Float.intBitsToFloat(random.nextInt());
      default -> random.nextGaussian();
    };
  }

  /// All pairs of awkward numbers, as two arrays.
  static double[][] pairsOfEdges() {
    int n = EDGES.length;
    double[][] pairs = new double[2][n * n];
    for (int i = 0; i < n * n; i++) {
      pairs[0][i] = EDGES[i / n];
      pairs[1][i] = EDGES[i % n];
    }
    return pairs;
  }

  static double[][] arrays(Random random, int count, int length) {
    double[][] arrays = new double[count][length];
    for (double[] array : arrays) {
      for (int i = 0; i < length; i++) {
        array[i] = number(random);
      }
    }
    return arrays;
  }

  static float[][] floats(double[][] arrays) {
    float[][] copy = new float[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      copy[i] = floats(arrays[i]);
    }
    return copy;
  }

  static float[] floats(double[] array) {
    float[] copy = new float[array.length];
    for (int i = 0; i < array.length; i++) {
      copy[i] = (float) array[i];
    }
    return copy;
  }

  static double[][] copy(double[][] arrays) {
    double[][] copy = arrays.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i].clone();
    }
    return copy;
  }

  static float[][] copy(float[][] arrays) {
    float[][] copy = arrays.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i].clone();
    }
    return copy;
  }

  /// The bits, all NaN alike.
  static int[][] bits(float[][] arrays) {
    int[][] bits = new int[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      bits[i] = new int[arrays[i].length];
      for (int j = 0; j < arrays[i].length; j++) {
        bits[i][j] = Float.floatToIntBits(arrays[i][j]);
      }
    }
    return bits;
  }

  /// The bits, all NaN alike.
  static long[][] bits(double[][] arrays) {
    long[][] bits = new long[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      bits[i] = new long[arrays[i].length];
      for (int j = 0; j < arrays[i].length; j++) {
        bits[i][j] = Double.doubleToLongBits(arrays[i][j]);
      }
    }
    return bits;
  }
}
