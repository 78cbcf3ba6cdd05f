package dev.thalweg.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  Minimum(
      List<String> variables,
      long evaluations,
      Ending reason,
      List<PathPoint> path,
      List<String> warnings) {
    this.variables = variables;
    this.last = path.getLast();
    this.evaluations = evaluations;
    this.reason = reason;
    this.path = List.copyOf(path);
    this.warnings = List.copyOf(warnings);
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

  /// Whether the gradient became as small as asked for.
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
    return "%s, value %s after %d iterations: %s".formatted(point, value(), iterations(), reason);
  }

  private double[] first() {
    return Arrays.copyOf(last.point(), 10);
  }
}
