package dev.thalweg.optim;

import dev.thalweg.formula.Formula;
import dev.thalweg.optim.matrix.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the second derivatives say of a point where the gradient is as good as 0: the eigenvalues
/// of the Hessian, ∂²f/∂xᵢ∂xⱼ derived from the formula.
///
/// | eigenvalues | kind |
/// |---|---|
/// | all positive, and a Newton step d = −H⁻¹∇f leaves a gradient of a fifth at most, or is below 1e-8 · max(1, ‖x‖) | minimum |
/// | all negative | maximum |
/// | positive and negative ones | saddle |
/// | otherwise | flat |
///
/// An eigenvalue of at most 1e-12 of the largest is 0. A flat point may be a minimum of a higher
/// order, as x⁴ has at 0, a valley whose points are all as low, or a tail such as that of exp(−x),
/// which falls on for ever: the Newton step of a tail leads on and the gradient there is hardly
/// smaller.
///
/// @param kind what the point is
/// @param eigenvalues of the Hessian, the smallest first
public record Curvature(Kind kind, List<Double> eigenvalues) {

  /// What a point is by its second derivatives.
  public enum Kind {
    /// The function rises in every direction.
    MINIMUM,
    /// It falls in every direction.
    MAXIMUM,
    /// It rises in some directions and falls in others.
    SADDLE,
    /// It has no curvature in some direction, or one that fades as the gradient does.
    FLAT;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Above this many variables nothing is derived: their square is the number of derivatives.
  private static final int MOST_VARIABLES = 50;

  /// Of the largest eigenvalue: what is not told from 0.
  private static final double NOTHING = 1e-12;

  /// How much of the gradient a Newton step to a minimum may leave.
  private static final double LEFT = 0.2;

  private static final double CLOSE = 1e-8;

  /// Copies the list.
  public Curvature {
    eigenvalues = List.copyOf(eigenvalues);
  }

  /// Of a function at a point.
  ///
  /// @return empty where a second derivative has no finite value, or there are more than 50
  ///   variables
  static Optional<Curvature> of(Formula formula, double[] x) {
    if (x.length > MOST_VARIABLES) {
      return Optional.empty();
    }
    double[][] hessian = formula.hessian(x);
    for (double[] row : hessian) {
      for (double entry : row) {
        if (!Double.isFinite(entry)) {
          return Optional.empty();
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(hessian);
    double[] values = eigen.values();
    double largest = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    int rising = 0;
    int falling = 0;
    for (double value : values) {
      rising += value > NOTHING * largest ? 1 : 0;
      falling += value < -NOTHING * largest ? 1 : 0;
    }
    Kind kind;
    if (rising > 0 && falling > 0) {
      kind = Kind.SADDLE;
    } else if (falling == values.length) {
      kind = Kind.MAXIMUM;
    } else if (rising == values.length && leadsToMinimum(formula, x, eigen)) {
      kind = Kind.MINIMUM;
    } else {
      kind = Kind.FLAT;
    }
    return Optional.of(new Curvature(kind, Arrays.stream(values).boxed().toList()));
  }

  private static boolean leadsToMinimum(Formula formula, double[] x, SymmetricEigen eigen) {
    double[] gradient = new double[x.length];
    formula.gradient(x, gradient);
    double[] step = eigen.solve(gradient);
    if (norm(step) <= CLOSE * Math.max(1, norm(x))) {
      return true;
    }
    double[] there = x.clone();
    for (int i = 0; i < there.length; i++) {
      there[i] -= step[i];
    }
    double[] left = new double[x.length];
    formula.gradient(there, left);
    return norm(left) <= LEFT * norm(gradient);
  }

  private static double norm(double[] vector) {
    double largest = 0;
    for (double v : vector) {
      largest = Math.max(largest, Math.abs(v));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double v : vector) {
      sum += v / largest * (v / largest);
    }
    return largest * Math.sqrt(sum);
  }

  /// A sentence: `a saddle: the second derivative is -2 to 2`.
  @Override
  public String toString() {
    String least = NumberText.of(eigenvalues.getFirst());
    String most = NumberText.of(eigenvalues.getLast());
    String range =
        eigenvalues.size() == 1
            ? "the second derivative is " + least
            : "the second derivatives along the main directions are " + least + " to " + most;
    return switch (kind) {
      case MINIMUM -> "a minimum: " + range;
      case MAXIMUM -> "a maximum, the function falls in every direction: " + range;
      case SADDLE -> "a saddle, the function falls in some direction: " + range;
      case FLAT ->
          "flat to second order, as a minimum, a turning point or a tail that falls on can be: "
              + range;
    };
  }
}
