package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.number;
import static dev.thalweg.optim.rule.Arguments.optional;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;

/// D-Adaptation of SGD: its rate is an estimate `d` of the distance to the minimum over the first
/// gradient's norm. Defazio & Mishchenko 2023, arXiv 2301.07733, algorithm 4. The first norm is
/// that of the gradient without decay, as in the authors' code, where the decay is added to a copy
/// that nobody reads (dadaptation 3.2, dadapt_sgd.py).
public final class DAdaptSgd implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "dadapt_sgd",
            Family.RATE_FREE,
            "gradient descent with a rate by the estimated distance to the minimum",
            "Defazio & Mishchenko 2023, arXiv 2301.07733")
        .taking(
            number("lr", 1, POSITIVE, "the paper: 1, or a schedule from 1"),
            number("momentum", 0, FRACTION, "the authors"),
            number("weight_decay", 0, NOT_NEGATIVE, "the authors"),
            fixed("d0", 1e-6, POSITIVE, "the paper"),
            optional("growth_rate", new Range(1, true, Double.POSITIVE_INFINITY, false)));
  }

  @Override
  public String formula(Settings s) {
    return """
    init start = p
    init d = d0
    first = where(first > 0, first, global_norm(g))
    rate = where(first > 0, d * lr / first, 0)
    """
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + """
        numerator = numerator + rate * global_sum(g * s)
        s = s + rate * g
        size = global_norm(s)
        guess = where(size > 0, 2 * numerator / size, 0)
        """
        + (s.isGiven("growth_rate")
            ? "d = max(d, min(guess, d * growth_rate))\n"
            : "d = max(d, guess)\n")
        + (s.has("momentum") ? "p = momentum * p + (1 - momentum) * (start - s)" : "p = start - s");
  }
}
