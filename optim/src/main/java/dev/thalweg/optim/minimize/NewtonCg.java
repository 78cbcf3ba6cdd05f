package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Newton's step, solved by conjugate gradients until it is as good as the gradient is small, or
/// the function curves downwards. Nocedal & Wright 2006, algorithm 7.1, with the tolerance of
/// SciPy's `Newton-CG`, min(½, √Σ|gᵢ|) Σ|gᵢ|.
///
/// Products of the Hessian and a vector are differences of two gradients to both sides, so that
/// each asks for the gradient twice.
public final class NewtonCg implements SearchRule {
  /// The cube root of the precision of double: where truncation and rounding of a difference meet.
  private static final double STEP = Math.cbrt(Math.ulp(1.0));

  private static final int MOST = 25;

  @Override
  public String card() {
    return """
    newton_cg (SECOND_ORDER): Newton's step by conjugate gradients, and a search along it
    Nocedal & Wright 2006, algorithm 7.1; SciPy `Newton-CG`
    lr = 1 in (0, ∞): Newton's step: the first length that is tried
    products = whole 50 in [1, ∞): this library's choice: Hessian-vector products of a step
    """;
  }

  @Override
  public Search search(Settings settings, int size) {
    return new Run((int) settings.fixed("products"));
  }

  private record Run(int products) implements Search {
    @Override
    public void step(Space space) {
      double[] from = space.start();
      double[] gradient = space.gradient();
      double[] d = direction(space, from, gradient);
      double slope = Vectors.dot(gradient, d);
      if (!(slope < 0)) {
        d = Vectors.times(-1, gradient);
        slope = -Vectors.dot(gradient, gradient);
      }
      if (slope == 0) {
        return;
      }
      var line = new Line(space, from, d, space.value(), gradient, slope);
      Line.Place end = line.strongWolfe(space.number("lr"), 0.9, Lbfgs.TOLERANCE, MOST);
      space.moveTo(Vectors.along(from, end.step(), d));
    }

    private double[] direction(Space space, double[] from, double[] gradient) {
      double magnitude = Vectors.sumOfMagnitudes(gradient);
      double enough = Math.min(0.5, Math.sqrt(magnitude)) * magnitude;
      double[] d = new double[from.length];
      double[] residual = gradient.clone();
      double[] p = Vectors.times(-1, gradient);
      double square = Vectors.dot(residual, residual);
      for (int i = 0; i < products && Vectors.sumOfMagnitudes(residual) > enough; i++) {
        double[] product = product(space, from, p);
        double curvature = Vectors.dot(p, product);
        if (!(curvature > 3 * Math.ulp(1.0) * Vectors.dot(p, p))) {
          return i == 0 ? Vectors.times(-1, gradient) : d;
        }
        double alpha = square / curvature;
        Vectors.add(alpha, p, d);
        Vectors.add(alpha, product, residual);
        double next = Vectors.dot(residual, residual);
        p = Vectors.along(Vectors.times(-1, residual), next / square, p);
        square = next;
      }
      return d;
    }

    /// Hv, from the gradients to both sides.
    private static double[] product(Space space, double[] x, double[] v) {
      double h = STEP * (1 + Vectors.largest(x)) / Vectors.largest(v);
      double[] ahead = new double[x.length];
      double[] behind = new double[x.length];
      space.evaluate(Vectors.along(x, h, v), ahead);
      space.evaluate(Vectors.along(x, -h, v), behind);
      return Vectors.times(1 / (2 * h), Vectors.along(ahead, -1, behind));
    }

    @Override
    public SequencedMap<String, Values> state() {
      return Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
    }
  }
}
