package dev.thalweg.optim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where a minimisation was after an iteration.
public final class PathPoint {
  private final long iteration;
  private final double[] point;
  private final double value;
  private final double gradientNorm;

  PathPoint(long iteration, double[] point, double value, double gradientNorm) {
    this.iteration = iteration;
    this.point = point.clone();
    this.value = value;
    this.gradientNorm = gradientNorm;
  }

  /// How many steps led there; 0 for the start.
  public long iteration() {
    return iteration;
  }

  /// The variables' values, in their order: a copy.
  public double[] point() {
    return point.clone();
  }

  /// f there.
  public double value() {
    return value;
  }

  /// The Euclidean norm of ∇f there.
  public double gradientNorm() {
    return gradientNorm;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathPoint that
        && iteration == that.iteration
        && Arrays.equals(point, that.point)
        && Double.compare(value, that.value) == 0
        && Double.compare(gradientNorm, that.gradientNorm) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(iteration) + Arrays.hashCode(point);
  }

  /// `3: f[1.0, 2.0] = 5.0, gradient norm 4.0`
  @Override
  public String toString() {
    return "%d: f%s = %s, gradient norm %s"
        .formatted(iteration, Arrays.toString(point), value, gradientNorm);
  }
}
