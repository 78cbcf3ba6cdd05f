package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Nonlinear conjugate gradients: along the gradient and a share of the direction before, with a
/// search that goes on until the conditions of Wolfe hold. Nocedal & Wright 2006, algorithm 5.4,
/// with three forms of the share ([DirectionForm]).
///
/// The first length that is tried is the one by which the value would fall as it did before
/// (equation 3.60). A direction that is not downhill begins anew along the gradient.
public final class ConjugateGradient implements SearchRule {
  private static final double CURVATURE = 0.1;
  private static final int MOST = 25;

  @Override
  public String card() {
    return """
    conjugate_gradient (SECOND_ORDER): along the gradient and a share of the direction before, with a search
    Fletcher & Reeves 1964; Polak & Ribière 1969; Hager & Zhang 2005
    also cg
    lr = 1 in (0, ∞): the first length that is tried, a factor
    form = polak_ribiere of fletcher_reeves, polak_ribiere, hager_zhang
    """;
  }

  @Override
  public Search search(Settings settings, int size) {
    return new Run(settings.choice("form", DirectionForm.class), size);
  }

  private static final class Run implements Search {
    private final DirectionForm form;
    private final Numbers direction;
    private final Numbers before;

    /// By how much the value fell last, over the slope; 0 where the next step begins anew.
    private final Numbers fell = new Numbers(1);

    Run(DirectionForm form, int size) {
      this.form = form;
      direction = new Numbers(size);
      before = new Numbers(size);
    }

    @Override
    public void step(Space space) {
      double[] from = space.start();
      double[] gradient = space.gradient();
      double[] d = Vectors.times(-1, gradient);
      double square = Vectors.dot(gradient, gradient);
      if (square == 0) {
        return;
      }
      if (fell.first() > 0) {
        Vectors.add(
            form.share(gradient, before.doubles(), direction.doubles()), direction.doubles(), d);
      }
      double slope = Vectors.dot(gradient, d);
      if (!(slope < 0)) {
        d = Vectors.times(-1, gradient);
        slope = -square;
        fell.setFirst(0);
      }
      double first =
          fell.first() > 0
              ? Math.min(1, 1.01 * 2 * fell.first() / -slope)
              : Math.min(1, 1 / Vectors.sumOfMagnitudes(gradient));
      var line = new Line(space, from, d, space.value(), gradient, slope);
      Line.Place end =
          line.strongWolfe(first * space.number("lr"), CURVATURE, Lbfgs.TOLERANCE, MOST);
      space.moveTo(Vectors.along(from, end.step(), d));
      System.arraycopy(d, 0, direction.doubles(), 0, d.length);
      System.arraycopy(gradient, 0, before.doubles(), 0, d.length);
      fell.setFirst(Math.max(space.value() - end.value(), 0));
    }

    @Override
    public SequencedMap<String, Values> state() {
      var state = new LinkedHashMap<String, Values>();
      state.put("direction", direction);
      state.put("gradient", before);
      state.put("fell", fell);
      return Collections.unmodifiableSequencedMap(state);
    }
  }
}
