package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// Weights that stay in a box: after each step of what is within, each number is brought back
/// between two bounds.
public final class Box implements CardedRule {
  @Override
  public String card() {
    return """
    box (STAGE): each number of the weights between two bounds
    projected descent: Goldstein 1964; Optax `projection_box`
    low = fixed -1: this library's choice
    high = fixed 1: this library's choice
    """;
  }

  @Override
  public String formula(Settings s) {
    return "…\np = clip(p, low, high)";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.fixed("low") < s.fixed("high")
        ? Optional.empty()
        : Optional.of(
            "low must be less than high, found %s and %s"
                .formatted(s.fixed("low"), s.fixed("high")));
  }
}
