package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.contrib.momo`: momentum whose rate goes as far as a model of the function, from averages
/// of values and gradients, goes down to a lower bound. Schaipp et al. 2023, arXiv 2305.07583.
public final class OptaxMomo implements CardedRule {
  @Override
  public String card() {
    return """
    optax.momo (DESCENT): momentum as far as a model of the function goes down to its least value
    learning_rate:lr = 1 in [0, ∞)
    beta = 0.9 in [0, 1)
    lower_bound = 0 in (-∞, ∞)
    weight_decay = 0 in [0, ∞)
    adapt_lower_bound = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    keep = where(t > 1, beta, 0)
    f = keep * f + (1 - keep) * value
    m = keep * m + (1 - keep) * g
    c = keep * c + (1 - keep) * global_sum(g * p)
    squared = global_sum(m^2)
    along = global_sum(m * p)
    """
        + bounded(s, "1", "lr")
        + "p = p / (1 + lr * weight_decay) - tau * m";
  }

  /// How far the model goes down: `tau`, by `f`, `c`, `along`, `squared`; the bound `low` follows
  /// it where that is asked for.
  ///
  /// @param corrected what the averages are short of, 1 for nothing
  static String bounded(Settings s, String corrected, String most) {
    boolean adapts = s.flag("adapt_lower_bound");
    String rest = "(1 + lr * weight_decay)";
    String lines = "";
    if (adapts) {
      lines =
          """
          init low = lower_bound
          cap = REST * (f - c) + along
          low = where(cap < REST * SHORT * low, max(cap / (2 * REST * SHORT), lower_bound), low)
          """;
    }
    lines +=
        """
        tau = max(REST * (f - SHORT * BOUND - c) + along, 0) / squared
        tau = where(squared > 2.220446049250313e-16, min(MOST, tau), 0)
        """;
    if (adapts) {
      lines += "low = max((f + along - c - tau * squared / 2) / SHORT, lower_bound)\n";
    }
    return lines
        .replace("REST", rest)
        .replace("SHORT", corrected)
        .replace("BOUND", adapts ? "low" : "lower_bound")
        .replace("MOST", most);
  }
}
