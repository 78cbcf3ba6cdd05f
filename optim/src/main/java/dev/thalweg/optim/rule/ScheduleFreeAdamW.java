package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Schedule-Free AdamW: AdamW whose average takes the place of momentum and schedule. Defazio et
/// al. 2024, arXiv 2405.15682, algorithm 1 over Adam, with the authors' weights.
public final class ScheduleFreeAdamW implements Rule {
  @Override
  public Card card() {
    var arguments =
        new ArrayList<Hyperparameter>(
            List.of(
                number("lr", 2.5e-3, POSITIVE, "the authors"),
                number("beta1", 0.9, new Range(0, false, 1, false), "the authors"),
                number("beta2", 0.999, FRACTION, "the authors"),
                number("epsilon", 1e-8, NOT_NEGATIVE, "the authors"),
                number("weight_decay", 0, NOT_NEGATIVE, "the authors"),
                ScheduleFree.warmup()));
    arguments.addAll(ScheduleFree.weights());
    return Card.of(
            "schedule_free_adamw",
            Family.RATE_FREE,
            "AdamW with an average of its points in the place of momentum and schedule",
            ScheduleFree.PAPER)
        .taking(arguments);
  }

  @Override
  public String formula(Settings s) {
    return ScheduleFree.warmed(s)
        + ScheduleFree.share(s)
        + "v = beta2 * v + (1 - beta2) * g^2\nu = "
        + s.overRootBeside("epsilon", "g", "v / (1 - beta2^t)")
        + (s.has("weight_decay") ? " + weight_decay * p\n" : "\n")
        + ScheduleFree.steps("beta1");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of(ScheduleFree.average("beta1"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("warmup_steps");
  }
}
