package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Levenberg–Marquardt for sums of squares: the step that makes ‖r + Jd‖² + μ‖d‖² least, with a
/// damping μ that falls where the function does as its model says, and rises until it does at all.
/// Levenberg 1944; Marquardt 1963; the damping of Nielsen 1999, as in Madsen, Nielsen & Tingleff
/// 2004, algorithm 3.16: μ begins at τ times the largest sum of squares of a column of J.
public final class LevenbergMarquardt implements SearchRule {
  private static final int MOST = 60;

  @Override
  public String card() {
    return """
    levenberg_marquardt (SECOND_ORDER): for sums of squares: Gauss's and Newton's step, damped until it leads down
    Marquardt 1963; Madsen, Nielsen & Tingleff 2004, algorithm 3.16
    also lm
    damping = 0.001 in (0, ∞): Madsen, Nielsen & Tingleff: τ
    """;
  }

  @Override
  public boolean needsResiduals() {
    return true;
  }

  @Override
  public Search search(Settings settings, int size) {
    return new Run(new Numbers(2));
  }

  /// ‖r‖² − ‖s‖², by differences of the numbers: of two sums that are nearly the same it would be
  /// rounding.
  static double fall(double[] r, double[] s) {
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      sum += (r[i] - s[i]) * (r[i] + s[i]);
    }
    return sum;
  }

  /// What rounding may make of the sum of squares: a step that promises less is as good as it says.
  static double noise(double[] r) {
    return 8 * Math.ulp(1.0) * Vectors.dot(r, r);
  }

  /// @param damping μ, 0 before the first step; by what it is multiplied where a step fails
  private record Run(Numbers damping) implements Search {
    @Override
    public void step(Space space) {
      double[] x = space.start();
      double[] r = space.residuals().values(x);
      double[][] jacobian = space.residuals().jacobian(x);
      double[] mu = damping.doubles();
      if (mu[0] == 0) {
        double largest = 0;
        for (int j = 0; j < x.length; j++) {
          double square = 0;
          for (double[] row : jacobian) {
            square += row[j] * row[j];
          }
          largest = Math.max(largest, square);
        }
        mu[0] = space.number("damping") * largest;
        mu[1] = 2;
      }
      for (int trial = 0; trial < MOST && mu[0] > 0 && Double.isFinite(mu[0]); trial++) {
        double[] d = LeastSquares.step(jacobian, r, mu[0]);
        double[] to = Vectors.along(x, 1, d);
        double[] there = space.residuals().values(to);
        double gain = fall(r, there);
        double promised = fall(r, modelled(jacobian, r, d));
        double noise = noise(r);
        boolean rounded = promised < noise && gain > -noise;
        if (promised > 0 && (gain > 0 || rounded)) {
          double off = rounded ? 1 : 2 * gain / promised - 1;
          mu[0] *= Math.max(1.0 / 3, 1 - off * off * off);
          mu[1] = 2;
          space.moveTo(to);
          return;
        }
        mu[0] *= mu[1];
        mu[1] *= 2;
      }
      mu[0] = 0; // nothing leads down: the next step begins anew
    }

    /// r + Jd
    private static double[] modelled(double[][] jacobian, double[] r, double[] d) {
      double[] there = r.clone();
      for (int i = 0; i < r.length; i++) {
        there[i] += Vectors.dot(jacobian[i], d);
      }
      return there;
    }

    @Override
    public SequencedMap<String, Values> state() {
      var state = new LinkedHashMap<String, Values>();
      state.put("damping", damping);
      return Collections.unmodifiableSequencedMap(state);
    }
  }
}
