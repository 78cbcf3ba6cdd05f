package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// L-BFGS-B: L-BFGS between two bounds that are those of every number. Byrd, Lu, Nocedal & Zhu
/// 1995. A step goes towards the least point of the model within the bounds, and is halved until
/// the function has fallen, so that it never leaves them. A start outside is brought to the bounds
/// first.
public final class LbfgsB implements SearchRule {
  private static final int MOST = 40;

  @Override
  public String card() {
    return """
    lbfgs_b (SECOND_ORDER): L-BFGS whose numbers stay between two bounds
    Byrd, Lu, Nocedal & Zhu 1995
    also l_bfgs_b
    lr = 1 in (0, ∞): to the least point of the model: the first length
    low = fixed 0: this library's choice: nothing negative
    high = fixed 1e300: none
    history = whole 10 in [1, ∞): SciPy
    """;
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.fixed("low") < s.fixed("high")
        ? Optional.empty()
        : Optional.of(
            "low must be less than high, found %s and %s"
                .formatted(s.fixed("low"), s.fixed("high")));
  }

  @Override
  public Search search(Settings settings, int size) {
    return new Run(
        settings.fixed("low"),
        settings.fixed("high"),
        new History(size, (int) settings.fixed("history")));
  }

  private record Run(double low, double high, History history) implements Search {
    @Override
    public void step(Space space) {
      double[] x = space.start();
      double[] g = space.gradient();
      double value = space.value();
      double[] inside = new double[x.length];
      boolean outside = false;
      for (int i = 0; i < x.length; i++) {
        inside[i] = Math.clamp(x[i], low, high);
        outside |= inside[i] != x[i];
      }
      if (outside) {
        value = space.evaluate(inside, g);
        x = inside;
      }
      double[] least = new Bounded(low, high, x, g, history).least();
      double[] d = least == null ? new double[x.length] : Vectors.along(least, -1, x);
      if (!(Vectors.dot(g, d) < 0) && history.count() > 0) {
        history.clear(); // the model misleads: along the projected gradient
        least = new Bounded(low, high, x, g, history).least();
        d = least == null ? new double[x.length] : Vectors.along(least, -1, x);
      }
      double slope = Vectors.dot(g, d);
      if (!(slope < 0)) {
        space.moveTo(x);
        return;
      }
      double first = history.count() > 0 ? 1 : Math.min(1, 1 / Math.sqrt(Vectors.dot(d, d)));
      double t = Math.min(1, first * space.number("lr"));
      Line.Place end = new Line(space, x, d, value, g, slope).backtracking(t, MOST);
      double[] to = Vectors.along(x, end.step(), d);
      for (int i = 0; i < to.length; i++) {
        to[i] = Math.clamp(to[i], low, high);
      }
      space.moveTo(to);
      if (end.step() == 0) {
        history.clear();
        return;
      }
      double[] s = Vectors.along(to, -1, x);
      double[] y = Vectors.along(end.gradient(), -1, g);
      history.add(s, y, Math.ulp(1.0) * Vectors.dot(y, y));
    }

    @Override
    public SequencedMap<String, Values> state() {
      var state = new LinkedHashMap<String, Values>();
      history.addTo(state);
      return Collections.unmodifiableSequencedMap(state);
    }
  }
}
