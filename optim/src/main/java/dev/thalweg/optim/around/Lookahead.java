package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// Lookahead: after each k steps of what is within, slow weights go a share of the way to where it
/// came, and it goes on from there. Zhang et al. 2019, arXiv 1907.08610, algorithm 1; the slow
/// weights begin as the weights, and are where the method is evaluated. What is within keeps its
/// state.
public final class Lookahead implements CardedRule {
  @Override
  public String card() {
    return """
    lookahead (STAGE): after each k steps a share of the way from where they began
    Zhang et al. 2019, arXiv 1907.08610
    k = whole 5 in [1, ∞): the paper
    alpha = 0.5 in (0, 1]: the paper
    = optax.lookahead(sync_period:k, slow_step_size:alpha, reset_state!false)
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init slow = p
    …
    due = t == k * floor(t / k)
    slow = where(due, lerp(slow, p, alpha), slow)
    p = where(due, slow, p)\
    """;
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("slow");
  }
}
