package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import java.util.Map;

/// The last steps s and what the gradient changed by in each, y: an approximation of the inverse of
/// the Hessian that is never written out. Nocedal 1980; Liu & Nocedal 1989.
final class History {
  private final int size;
  private final int most;
  private final Numbers steps;
  private final Numbers changes;

  /// How many there are; then H₀, by which the direction begins.
  private final Numbers count = new Numbers(2);

  /// @param size of a vector
  /// @param most how many are kept
  History(int size, int most) {
    this.size = size;
    this.most = most;
    steps = new Numbers(most, size);
    changes = new Numbers(most, size);
    count.doubles()[1] = 1;
  }

  void addTo(Map<String, Values> state) {
    state.put("steps", steps);
    state.put("changes", changes);
    state.put("kept", count);
  }

  int count() {
    return (int) count.first();
  }

  /// H₀: sᵀy / yᵀy of the last step.
  double scale() {
    return count.doubles()[1];
  }

  /// A number of a step.
  double step(int i, int k) {
    return steps.doubles()[i * size + k];
  }

  /// A number of what the gradient changed by.
  double change(int i, int k) {
    return changes.doubles()[i * size + k];
  }

  /// sᵢᵀyⱼ
  double product(int i, int j) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += step(i, k) * change(j, k);
    }
    return sum;
  }

  /// sᵢᵀsⱼ
  double square(int i, int j) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += step(i, k) * step(j, k);
    }
    return sum;
  }

  /// Begins the direction by another H₀ until the next step is kept.
  void setScale(double scale) {
    count.doubles()[1] = scale;
  }

  /// Forgets all.
  void clear() {
    count.setFirst(0);
    setScale(1);
  }

  /// Keeps a step, the oldest making room, if the function curves upwards along it.
  ///
  /// @param least sᵀy that is enough
  boolean add(double[] s, double[] y, double least) {
    double product = Vectors.dot(y, s);
    if (!(product > least)) {
      return false;
    }
    if (count() == most) {
      for (Numbers all : new Numbers[] {steps, changes}) {
        System.arraycopy(all.doubles(), size, all.doubles(), 0, (most - 1) * size);
      }
      count.setFirst(most - 1);
    }
    System.arraycopy(s, 0, steps.doubles(), count() * size, size);
    System.arraycopy(y, 0, changes.doubles(), count() * size, size);
    count.setFirst(count() + 1);
    double square = Vectors.dot(y, y);
    setScale(square > 0 ? product / square : 1);
    return true;
  }

  /// −H∇f, by two loops over the history.
  double[] direction(double[] gradient) {
    double[] d = Vectors.times(-1, gradient);
    int kept = count();
    double[] alpha = new double[kept];
    for (int i = kept - 1; i >= 0; i--) {
      alpha[i] = dot(steps, i, d) * rate(i);
      add(-alpha[i], changes, i, d);
    }
    for (int k = 0; k < size; k++) {
      d[k] *= count.doubles()[1];
    }
    for (int i = 0; i < kept; i++) {
      double beta = dot(changes, i, d) * rate(i);
      add(alpha[i] - beta, steps, i, d);
    }
    return d;
  }

  private double rate(int i) {
    double product = product(i, i);
    return product == 0 ? 0 : 1 / product;
  }

  private double dot(Numbers all, int i, double[] x) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += all.doubles()[i * size + k] * x[k];
    }
    return sum;
  }

  private void add(double t, Numbers all, int i, double[] x) {
    for (int k = 0; k < size; k++) {
      x[k] += t * all.doubles()[i * size + k];
    }
  }
}
