package dev.thalweg.optim;

import dev.thalweg.formula.Formula;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Follows an optimizer down a function, in double, until its gradient is as good as 0.
///
/// ```java
/// var answer = Minimizer.of(adam(0.1)).minimize(Formula.parse("(theta-5)^2"), Map.of("theta", 0.0));
/// answer.point("theta");     // 5, nearly
/// answer.reason();           // the gradient norm 9.3e-9 is at most 1e-8
/// ```
///
/// An iteration is one step of the optimizer, with the exact gradient at the point where it is. The
/// descent ends at the first point where
///
/// 1. a coordinate or the value is beyond 1e300, or a value is not finite: [Ending.Diverged] if a
///    coordinate is beyond 1e20 or the value before was beyond 1e100, else [Ending.LeftDomain],
///    naming the part of the formula;
/// 2. the norm of the gradient is at most the tolerance: [Ending.Converged]; between the bounds of
///    `box` and `lbfgs_b` without what leads out of them;
/// 3. the iterations are used up: [Ending.Iterations];
/// 4. 1,000 steps in a row moved nothing: [Ending.Stalled].
///
/// Where a gradient is 0 there may be a maximum or a saddle as well: of a formula
/// [Minimum#curvature] tells.
///
/// A gradient written by hand is compared with differences at the start ([DerivativeCheck], at most
/// 64 coordinates), and what disagrees is among [Minimum#warnings].
///
/// @param optimizer what moves the point
/// @param iterations the most steps, at least 0; 10,000 by default
/// @param tolerance for the Euclidean norm of the gradient, at least 0; 1e-8 by default
/// @param recorded which points are kept; THINNED by default
/// @param isGradientChecked whether a gradient written by hand is; true by default
/// @param observer sees each point, the start first; does nothing by default
public record Minimizer(
    Optimizer optimizer,
    long iterations,
    double tolerance,
    Recorded recorded,
    boolean isGradientChecked,
    Consumer<PathPoint> observer) {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if the iterations or the tolerance are negative, or the
  ///   tolerance is NaN
  public Minimizer {
    if (iterations < 0) {
      throw new IllegalArgumentException("iterations must be at least 0, found " + iterations);
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "tolerance must be at least 0, found " + NumberText.of(tolerance));
    }
  }

  /// With 10,000 iterations at most and the tolerance 1e-8.
  public static Minimizer of(Optimizer optimizer) {
    NotNull.check(optimizer, "optimizer");
    return new Minimizer(optimizer, 10_000, 1e-8, Recorded.THINNED, true, _ -> {});
  }

  /// The same with another limit.
  ///
  /// @throws IllegalArgumentException if it is negative
  public Minimizer withIterations(long iterations) {
    return new Minimizer(optimizer, iterations, tolerance, recorded, isGradientChecked, observer);
  }

  /// The same with another tolerance for the norm of the gradient.
  ///
  /// @throws IllegalArgumentException if it is negative or NaN
  public Minimizer withTolerance(double tolerance) {
    return new Minimizer(optimizer, iterations, tolerance, recorded, isGradientChecked, observer);
  }

  /// The same, keeping other points.
  public Minimizer withRecorded(Recorded recorded) {
    NotNull.check(recorded, "recorded");
    return new Minimizer(optimizer, iterations, tolerance, recorded, isGradientChecked, observer);
  }

  /// The same, comparing a gradient with differences or not: for functions that are costly, or not
  /// the same each time.
  public Minimizer withGradientChecked(boolean isGradientChecked) {
    return new Minimizer(optimizer, iterations, tolerance, recorded, isGradientChecked, observer);
  }

  /// The same with another observer, called at each point on the calling thread.
  public Minimizer withObserver(Consumer<PathPoint> observer) {
    NotNull.check(observer, "observer");
    return new Minimizer(optimizer, iterations, tolerance, recorded, isGradientChecked, observer);
  }

  /// Looks whether the optimizer is for such a function.
  ///
  /// @throws IllegalArgumentException if it is for sums of squares, and the formula is none, for
  ///   examples (`dp`), or for models that answers can be drawn from (`sophia_g`)
  public void check(Formula formula) {
    NotNull.check(formula, "formula");
    check(Objective.of(formula));
  }

  private void check(Objective objective) {
    if (optimizer.privacy().isPresent()) {
      throw new IllegalArgumentException(
          "dp clips the gradient of each example, and a function has none: expected an optimizer"
              + " without it, found "
              + optimizer);
    }
    for (Stage stage : optimizer.stages()) {
      if (stage.samples()) {
        throw new IllegalArgumentException(
            "%s draws answers from what a model says, and a function says none: expected an optimizer that draws none, found %s"
                .formatted(stage.method(), optimizer));
      }
    }
    if (Searching.needsResiduals(optimizer) && objective.residuals().isEmpty()) {
      throw new IllegalArgumentException(
          Searching.noSquares(optimizer.name(), objective.toString()));
    }
  }

  /// Minimises a formula, with its symbolic gradient.
  ///
  /// @param start a finite value for each of its variables
  /// @throws IllegalArgumentException if the formula has no variable, one has no start, or a start
  ///   is not one of its variables or not finite
  public Minimum minimize(Formula formula, Map<String, Double> start) {
    NotNull.check(formula, "formula");
    NotNull.check(start, "start");
    List<String> variables = formula.variables();
    if (variables.isEmpty()) {
      throw new IllegalArgumentException(
          "there is nothing to minimise: " + formula + " has no variable");
    }
    for (String name : start.keySet()) {
      if (!variables.contains(name)) {
        throw new IllegalArgumentException(
            "start: " + Nearest.sentence("variable", name, variables));
      }
    }
    double[] x = new double[variables.size()];
    for (int i = 0; i < x.length; i++) {
      Double value = start.get(variables.get(i));
      if (value == null) {
        throw new IllegalArgumentException(
            "start: no value for %s; variables: %s"
                .formatted(variables.get(i), String.join(", ", variables)));
      }
      x[i] = value;
    }
    return descend(Objective.of(formula), x, List.of());
  }

  /// Minimises a function with a gradient.
  ///
  /// @param function of as many numbers as `start` has; it gets a copy
  /// @param gradient its partial derivatives, in the same order; it gets a copy
  /// @param start finite, at least one number; not changed
  /// @throws IllegalArgumentException if the start is empty or not finite, or the gradient has
  ///   another length
  public Minimum minimize(
      ToDoubleFunction<double[]> function, Function<double[], double[]> gradient, double[] start) {
    NotNull.check(function, "function");
    NotNull.check(gradient, "gradient");
    NotNull.check(start, "start");
    if (start.length == 0) {
      throw new IllegalArgumentException("start: expected at least one number, found none");
    }
    var objective = Objective.of(function, gradient, start.length);
    checkFinite(objective.variables(), start);
    var warnings = new ArrayList<String>();
    if (isGradientChecked && Double.isFinite(function.applyAsDouble(start.clone()))) {
      DerivativeCheck check = DerivativeCheck.of(function, gradient, start, 64);
      if (!check.agrees()) {
        warnings.add(check.toString());
      }
    }
    return descend(objective, start.clone(), warnings);
  }

  /// Minimises a sum of squares, Σrᵢ², as `levenberg_marquardt` and `gauss_newton` do; any other
  /// optimizer takes its gradient 2Jᵀr.
  ///
  /// @param residuals r of as many numbers as `start` has; it gets a copy
  /// @param jacobian ∂rᵢ/∂xⱼ, a row for each residual; it gets a copy
  /// @param start finite, at least one number; not changed
  /// @throws IllegalArgumentException if the start is empty or not finite, or the Jacobian has
  ///   another shape
  public Minimum leastSquares(
      Function<double[], double[]> residuals,
      Function<double[], double[][]> jacobian,
      double[] start) {
    NotNull.check(residuals, "residuals");
    NotNull.check(jacobian, "jacobian");
    NotNull.check(start, "start");
    if (start.length == 0) {
      throw new IllegalArgumentException("start: expected at least one number, found none");
    }
    return descend(
        Objective.ofSquares(residuals, jacobian, start.length), start.clone(), List.of());
  }

  private static void checkFinite(List<String> variables, double[] start) {
    for (int i = 0; i < start.length; i++) {
      if (!Double.isFinite(start[i])) {
        throw new IllegalArgumentException(
            "start: %s must be finite, found %s"
                .formatted(variables.get(i), NumberText.of(start[i])));
      }
    }
  }

  private Minimum descend(Objective objective, double[] x, List<String> warnings) {
    checkFinite(objective.variables(), x);
    check(objective);
    var descent = new Descent(this, objective, x);
    Ending reason = descent.run();
    Optional<Curvature> curvature =
        reason instanceof Ending.Converged
            ? objective.curvature(descent.path().getLast().point())
            : Optional.empty();
    return new Minimum(
        objective.variables(), descent.evaluations(), reason, descent.path(), warnings, curvature);
  }

  @Override
  public String toString() {
    return "%s, at most %d iterations, gradient norm %s"
        .formatted(optimizer, iterations, NumberText.of(tolerance));
  }
}
