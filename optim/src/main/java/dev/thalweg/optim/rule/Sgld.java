package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import java.util.Optional;

/// Stochastic gradient Langevin dynamics: half a step of gradient descent and noise of the variance
/// of the rate, so that the points are samples from exp(−f / temperature). Welling & Teh 2011,
/// ICML, equation 4, where f is minus the logarithm of the posterior. The noise is that of
/// [NoisySgd].
public final class Sgld implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "sgld",
            Family.DESCENT,
            "Langevin dynamics: samples in the place of a minimum",
            "Welling & Teh 2011, ICML")
        .taking(
            number("lr", 1e-3, POSITIVE, "common practice; the paper lets it fall"),
            number("temperature", 1, NOT_NEGATIVE, "the paper"),
            count("seed", 0, 0, "any"));
  }

  @Override
  public String formula(Settings s) {
    return "p -= lr / 2 * g - sqrt(lr * temperature) * gaussian(p, seed, t)";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("seed");
  }
}
