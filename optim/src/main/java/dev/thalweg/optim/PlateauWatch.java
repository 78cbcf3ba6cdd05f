package dev.thalweg.optim;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.RateController;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A figure that is watched, and what the rate is multiplied by for its sake ([RateController]).
final class PlateauWatch {
  private final RateController.Terms terms;
  private final double[] factor = {1};
  private final double[] best;

  /// Figures in a row that were no better.
  private final double[] bad = new double[1];

  /// Figures that are still not to count.
  private final double[] cooldown = new double[1];

  private PlateauWatch(RateController.Terms terms) {
    this.terms = terms;
    best = new double[] {terms.isLargest() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY};
  }

  /// That of these stages; null where there is none.
  static @Nullable PlateauWatch of(List<Stage> stages) {
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof RateController rule) {
        return new PlateauWatch(rule.terms(stage.settings()));
      }
    }
    return null;
  }

  /// What the rate of a schedule is multiplied by.
  double factor() {
    return factor[0];
  }

  /// Takes the next figures, of which it watches one.
  ///
  /// @param scheduled the rate as its schedule has it
  void observe(double loss, double score, double scheduled) {
    double figure = terms.isScore() ? score : loss;
    if (terms.ofKeras()) {
      ofKeras(figure, scheduled);
      return;
    }
    if (isBetter(figure)) {
      best[0] = figure;
      bad[0] = 0;
    } else {
      bad[0]++;
    }
    if (cooldown[0] > 0) {
      cooldown[0]--;
      bad[0] = 0;
    }
    if (bad[0] > terms.patience()) {
      reduce(scheduled);
      cooldown[0] = terms.cooldown();
      bad[0] = 0;
    }
  }

  private void ofKeras(double figure, double scheduled) {
    if (cooldown[0] > 0) {
      cooldown[0]--;
      bad[0] = 0;
    }
    if (isBetter(figure)) {
      best[0] = figure;
      bad[0] = 0;
    } else if (cooldown[0] <= 0) {
      bad[0]++;
      if (bad[0] >= terms.patience() && scheduled * factor[0] > (float) terms.least()) {
        reduce(scheduled);
        cooldown[0] = terms.cooldown();
        bad[0] = 0;
      }
    }
  }

  private boolean isBetter(double figure) {
    double off = terms.threshold();
    if (terms.isLargest()) {
      return figure > (terms.isRelative() ? best[0] * (1 + off) : best[0] + off);
    }
    return figure < (terms.isRelative() ? best[0] * (1 - off) : best[0] - off);
  }

  private void reduce(double scheduled) {
    double before = scheduled * factor[0];
    double now = Math.max(before * terms.factor(), terms.least());
    if (before - now > terms.negligible()) {
      factor[0] *= now / before;
    }
  }

  /// Adds what is kept, by name.
  void addState(Map<String, Values> byName) {
    byName.put("plateau.factor", ArrayValues.of("factor", new int[0], factor));
    byName.put("plateau.best", ArrayValues.of("best", new int[0], best));
    byName.put("plateau.bad", ArrayValues.of("bad", new int[0], bad));
    byName.put("plateau.cooldown", ArrayValues.of("cooldown", new int[0], cooldown));
  }
}
