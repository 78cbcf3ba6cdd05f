package dev.thalweg.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What a [Minimizer] found, and why it stopped.
///
/// [#point], [#value] and [#gradientNorm] belong together: they are those of the last point, also
/// where the function has no value there; the points before it are in [#path].
public final class Minimum {
  private final List<String> variables;
  private final PathPoint last;
  private final long evaluations;
  private final Ending reason;
  private final List<PathPoint> path;
  private final List<String> warnings;
  private final Optional<Curvature> curvature;

  Minimum(
      List<String> variables,
      long evaluations,
      Ending reason,
      List<PathPoint> path,
      List<String> warnings,
      Optional<Curvature> curvature) {
    this.variables = variables;
    this.last = path.getLast();
    this.evaluations = evaluations;
    this.reason = reason;
    this.path = List.copyOf(path);
    this.warnings = List.copyOf(warnings);
    this.curvature = curvature;
  }

  /// The variables' names: a formula's in order of first appearance, `x[0]`, `x[1]`, … otherwise.
  public List<String> variables() {
    return variables;
  }

  /// The last point, in the order of [#variables]: a copy.
  public double[] point() {
    return last.point();
  }

  /// The last value of a variable.
  ///
  /// @throws IllegalArgumentException if there is no such variable
  public double point(String variable) {
    int i = variables.indexOf(variable);
    if (i < 0) {
      throw new IllegalArgumentException(
          "no variable '%s'; variables: %s".formatted(variable, String.join(", ", variables)));
    }
    return last.point()[i];
  }

  /// The last point by name.
  public SequencedMap<String, Double> byName() {
    double[] point = last.point();
    var map = new LinkedHashMap<String, Double>();
    for (int i = 0; i < point.length; i++) {
      map.put(variables.get(i), point[i]);
    }
    return Collections.unmodifiableSequencedMap(map);
  }

  /// f at the last point.
  public double value() {
    return last.value();
  }

  /// The Euclidean norm of ∇f at the last point.
  public double gradientNorm() {
    return last.gradientNorm();
  }

  /// How many steps were made.
  public long iterations() {
    return last.iteration();
  }

  /// How often f and its gradient were computed; the check of a gradient doesn't count.
  public long evaluations() {
    return evaluations;
  }

  /// Why it ended.
  public Ending reason() {
    return reason;
  }

  /// What the second derivatives say of the last point, where it [#converged]: whether it is a
  /// minimum, or a maximum, a saddle or a flat part, where the gradient is as small. Empty for what
  /// is no formula, where a second derivative has no finite value, or of more than 50 variables.
  public Optional<Curvature> curvature() {
    return curvature;
  }

  /// Whether the gradient became as small as asked for; [#curvature] says whether at a minimum.
  public boolean converged() {
    return reason instanceof Ending.Converged;
  }

  /// The points that were kept (see [Minimizer#withRecorded]), the start first, the last one last.
  public List<PathPoint> path() {
    return path;
  }

  /// What the user should know: that a gradient disagrees with differences. Mostly empty.
  public List<String> warnings() {
    return warnings;
  }

  /// Point, value and reason in a line.
  @Override
  public String toString() {
    String point = last.point().length <= 10 ? byName() + "" : Arrays.toString(first()) + "…";
    boolean told = curvature.isPresent() && curvature.get().kind() != Curvature.Kind.MINIMUM;
    String kind = told ? "; " + curvature.orElseThrow() : "";
    return "%s, value %s after %d iterations: %s%s"
        .formatted(point, value(), iterations(), reason, kind);
  }

  private double[] first() {
    return Arrays.copyOf(last.point(), 10);
  }
}
