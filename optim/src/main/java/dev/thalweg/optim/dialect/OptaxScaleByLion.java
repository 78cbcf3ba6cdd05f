package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_lion`: Lion's direction, whose sign Optax also has smooth, tanh(`smooth_beta`
/// x), or refined, x where it is below 1.
public final class OptaxScaleByLion implements Rule {
  /// What is made of the average.
  enum Mode {
    HARD("sign(x)"),
    SMOOTH("tanh(smooth_beta * x)"),
    REFINED("where(abs(x) < 1, x, sign(x))");

    private final String text;

    Mode(String text) {
      this.text = text;
    }
  }

  @Override
  public Card card() {
    return Card.of(
        """
        optax.scale_by_lion (STAGE): the direction of lion
        b1:beta1 = 0.9 in [0, 1)
        b2:beta2 = 0.99 in [0, 1)
        mu_dtype
        *
        mode = ~
        smooth_beta = 1 in (-∞, ∞)
        """,
        Mode.HARD);
  }

  @Override
  public String formula(Settings s) {
    return "x = beta1 * m + (1 - beta1) * g\nm = beta2 * m + (1 - beta2) * g\ng = "
        + s.choice("mode", Mode.class).text;
  }
}
