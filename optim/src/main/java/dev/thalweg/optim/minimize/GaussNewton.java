package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Gauss's and Newton's method for sums of squares: the step that makes ‖r + Jd‖² least, halved
/// until the function has fallen. Gauss 1809; Nocedal & Wright 2006, section 10.3.
public final class GaussNewton implements SearchRule {
  private static final int MOST = 50;

  @Override
  public String card() {
    return """
    gauss_newton (SECOND_ORDER): for sums of squares: to where their linear model is least
    Gauss 1809; Nocedal & Wright 2006, section 10.3
    lr = 1 in (0, ∞): the first length that is tried
    """;
  }

  @Override
  public boolean needsResiduals() {
    return true;
  }

  @Override
  public Search search(Settings settings, int size) {
    return new Run();
  }

  private record Run() implements Search {
    @Override
    public void step(Space space) {
      double[] x = space.start();
      Residuals residuals = space.residuals();
      double[] r = residuals.values(x);
      double[] d = LeastSquares.step(residuals.jacobian(x), r, 0);
      double slope = Vectors.dot(space.gradient(), d);
      double promised = -1e-4 * Math.min(slope, 0);
      double enough =
          promised < LevenbergMarquardt.noise(r) ? -LevenbergMarquardt.noise(r) : promised;
      double t = space.number("lr");
      for (int trial = 0; trial < MOST; trial++) {
        double[] to = Vectors.along(x, t, d);
        double[] there = residuals.values(to);
        if (LevenbergMarquardt.fall(r, there) >= enough * t) {
          space.moveTo(to);
          return;
        }
        t /= 2;
      }
    }

    @Override
    public SequencedMap<String, Values> state() {
      return Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
    }
  }
}
