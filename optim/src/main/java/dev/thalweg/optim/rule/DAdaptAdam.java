package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;
import static dev.thalweg.optim.rule.Arguments.optional;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;

/// D-Adaptation of Adam: its rate is an estimate `d` of the distance to the minimum. Defazio &
/// Mishchenko 2023, arXiv 2301.07733, algorithm 5, with the authors' decay beside the rule.
public final class DAdaptAdam implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "dadapt_adam",
            Family.RATE_FREE,
            "Adam with a rate that is the estimated distance to the minimum",
            "Defazio & Mishchenko 2023, arXiv 2301.07733")
        .taking(
            number("lr", 1, POSITIVE, "the paper: 1, or a schedule from 1"),
            number("beta1", 0.9, FRACTION, "the paper"),
            number("beta2", 0.999, FRACTION, "the paper"),
            number("epsilon", 1e-8, POSITIVE, "the paper"),
            number("weight_decay", 0, NOT_NEGATIVE, "the authors"),
            fixed("d0", 1e-6, POSITIVE, "the paper"),
            optional("growth_rate", new Range(1, true, Double.POSITIVE_INFINITY, false)),
            flag("bias_correction", false))
        .as(
            Library.OPTAX,
            "dadapt_adamw",
            "learning_rate=1.0, betas=(0.9, 0.999), eps=1e-08, estim_lr0:d0=1e-06,"
                + " weight_decay=0.0",
            "bias_correction=true");
  }

  @Override
  public String formula(Settings s) {
    return "init d = d0\nrate = d * lr"
        + (s.flag("bias_correction") ? " * sqrt(1 - beta2^t) / (1 - beta1^t)\n" : "\n")
        + """
        along = global_sum(g * s / (sqrt(v) + epsilon))
        m = beta1 * m + rate * (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g^2
        s = sqrt(beta2) * s + rate * (1 - sqrt(beta2)) * g
        numerator = sqrt(beta2) * numerator + (1 - sqrt(beta2)) * rate * along
        size = global_sum(abs(s))
        guess = where(size > 0, numerator / ((1 - sqrt(beta2)) * size), 0)
        """
        + (s.isGiven("growth_rate")
            ? "d = max(d, min(guess, d * growth_rate))\n"
            : "d = max(d, guess)\n")
        + (s.has("weight_decay") ? "p -= weight_decay * rate * p\n" : "")
        + "p -= m / (sqrt(v) + epsilon)";
  }
}
