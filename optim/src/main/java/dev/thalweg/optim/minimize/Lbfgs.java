package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// L-BFGS: Newton's step with an approximation of the inverse Hessian from the last steps, and a
/// search along it. Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.5.
///
/// A step is one direction and one search. What the gradient changed by is taken between two points
/// of one step, so that on batches both are of one batch.
///
/// The search `strong_wolfe` ends where both conditions of Wolfe hold: the value has fallen by c₁
/// of what the slope promised, and the slope is at most c₂ of what it was, in magnitude. By
/// brackets and cubic interpolation, as PyTorch's, which is that of minFunc (Schmidt 2005), after
/// Nocedal & Wright 2006, algorithms 3.5 and 3.6. `backtracking` halves the step until the first
/// one holds, Armijo 1966.
public final class Lbfgs implements SearchRule {
  /// The curvature sᵀy / sᵀs above which a step is kept.
  static final double LEAST = 1e-10;

  /// The largest move within a bracket that is as good as none.
  static final double TOLERANCE = 1e-9;

  private static final int MOST = 25;

  @Override
  public String card() {
    return """
    lbfgs (SECOND_ORDER): Newton's step with curvature from the last steps, and a search along it
    Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.5
    also l_bfgs
    lr = 1 in (0, ∞): Newton's step: the first length that is tried
    history = whole 10 in [1, ∞): Optax, SciPy
    search = strong_wolfe of strong_wolfe, backtracking
    """;
  }

  @Override
  public Search search(Settings settings, int size) {
    return new Run(
        settings.is("search", "backtracking"), new History(size, (int) settings.fixed("history")));
  }

  private record Run(boolean backtracks, History history) implements Search {
    @Override
    public void step(Space space) {
      double[] from = space.start();
      double[] gradient = space.gradient();
      double[] direction = history.direction(gradient);
      double slope = Vectors.dot(gradient, direction);
      if (!(slope < 0)) {
        history.clear();
        direction = Vectors.times(-1, gradient);
        slope = -Vectors.dot(gradient, gradient);
      }
      if (slope == 0) {
        return;
      }
      double first = history.count() > 0 ? 1 : Math.min(1, 1 / Vectors.sumOfMagnitudes(gradient));
      var line = new Line(space, from, direction, space.value(), gradient, slope);
      double t = first * space.number("lr");
      Line.Place end =
          backtracks ? line.backtracking(t, MOST) : line.strongWolfe(t, 0.9, TOLERANCE, MOST);
      double[] to = Vectors.along(from, end.step(), direction);
      space.moveTo(to);
      double[] s = Vectors.along(to, -1, from);
      double[] y = Vectors.along(end.gradient(), -1, gradient);
      if (end.step() == 0) {
        history.clear(); // the next step goes along the gradient
      } else {
        history.add(s, y, LEAST * Vectors.dot(s, s));
      }
    }

    @Override
    public SequencedMap<String, Values> state() {
      var state = new LinkedHashMap<String, Values>();
      history.addTo(state);
      return Collections.unmodifiableSequencedMap(state);
    }
  }
}
