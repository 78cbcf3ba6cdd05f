package dev.thalweg.bench;

import java.util.Arrays;
import java.util.List;

/// A rule carried out without making a class: each operation is a plain loop over a block of
/// elements, with its result in scratch. The same operations in the same precision, so the same
/// bits as the compiled loop.
final class LoopInterpreter implements Loop {

  private static final int BLOCK = 512;

  private final Rule rule;
  private final List<Expression> order;
  private final int[] left;
  private final int[] right;
  private final float[][] values;

  LoopInterpreter(Rule rule) {
    this.rule = rule;
    order = rule.order();
    left = new int[order.size()];
    right = new int[order.size()];
    for (int i = 0; i < order.size(); i++) {
      List<Expression> inputs = order.get(i).inputs();
      left[i] = inputs.isEmpty() ? 0 : order.indexOf(inputs.getFirst());
      right[i] = inputs.isEmpty() ? 0 : order.indexOf(inputs.getLast());
    }
    values = new float[order.size()][BLOCK];
  }

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    for (int start = from; start < to; start += BLOCK) {
      block(arrays, scalars, start, Math.min(BLOCK, to - start));
    }
  }

  private void block(float[][] arrays, float[] scalars, int start, int n) {
    for (int i = 0; i < values.length; i++) {
      Expression node = order.get(i);
      float[] x = values[left[i]];
      float[] y = values[right[i]];
      float[] z = values[i];
      switch (node.operation()) {
        case ARRAY -> System.arraycopy(arrays[node.index()], start, z, 0, n);
        case SCALAR -> Arrays.fill(z, 0, n, scalars[node.index()]);
        case ADD -> add(x, y, z, n);
        case SUBTRACT -> subtract(x, y, z, n);
        case MULTIPLY -> multiply(x, y, z, n);
        case DIVIDE -> divide(x, y, z, n);
        case ROOT -> root(x, z, n);
      }
    }
    for (Rule.Store store : rule.stores()) {
      float[] value = values[order.indexOf(store.value())];
      System.arraycopy(value, 0, arrays[store.array()], start, n);
    }
  }

  private static void root(float[] x, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = (float) Math.sqrt(x[i]);
    }
  }

  private static void add(float[] x, float[] y, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = x[i] + y[i];
    }
  }

  private static void subtract(float[] x, float[] y, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = x[i] - y[i];
    }
  }

  private static void multiply(float[] x, float[] y, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = x[i] * y[i];
    }
  }

  private static void divide(float[] x, float[] y, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = x[i] / y[i];
    }
  }
}
