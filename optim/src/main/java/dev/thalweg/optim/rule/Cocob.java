package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// COCOB-Backprop: each number bets on the sign of its next gradient and moves by what it wins,
/// without a rate. Orabona & Tommasi 2017, arXiv 1705.07795, algorithm 2. `lr` multiplies the
/// gradients, as in Optax.
public final class Cocob implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "cocob",
            Family.RATE_FREE,
            "each number bets on its gradients, without a rate",
            "Orabona & Tommasi 2017, arXiv 1705.07795")
        .taking(
            number("lr", 1, POSITIVE, "the paper: none"),
            number("alpha", 100, POSITIVE, "the paper"),
            fixed("epsilon", 1e-8, POSITIVE, "the authors"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"))
        .as(
            Library.OPTAX,
            "cocob",
            "learning_rate=1.0, alpha=100.0, eps=1e-08, weight_decay=0.0, mask");
  }

  @Override
  public String formula(Settings s) {
    return "init start = p\ninit largest = epsilon\n"
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + """
        g = lr * g
        largest = max(largest, abs(g))
        magnitudes = magnitudes + abs(g)
        reward = max(reward - g * (p - start), 0)
        bets = bets - g
        p = start + bets / (largest * max(magnitudes + largest, alpha * largest)) * (largest + reward)\
        """;
  }
}
