package dev.thalweg.optim.around;

import dev.thalweg.formula.Program;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;

/// What happens at a gradient with a NaN or an infinity ([NonFinite]). It computes nothing: the run
/// looks.
public final class Finite implements Rule {
  /// What it is called.
  public static final String NAME = "finite";

  @Override
  public Card card() {
    return Card.of(
        """
        finite (STAGE): what happens at a gradient with a NaN or an infinity
        Optax `apply_if_finite`, `zero_nans`
        policy = ~
        """,
        NonFinite.FAIL);
  }

  @Override
  public String formula(Settings s) {
    return "";
  }

  @Override
  public Program program(Settings s) {
    return Program.of(List.of());
  }

  @Override
  public boolean computes() {
    return false;
  }
}
