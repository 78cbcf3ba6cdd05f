package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Schedule-Free SGD: gradient descent whose average takes the place of a schedule. Defazio et al.
/// 2024, arXiv 2405.15682, algorithm 1, with the authors' weights.
public final class ScheduleFreeSgd implements Rule {
  @Override
  public Card card() {
    var arguments =
        new ArrayList<Hyperparameter>(
            List.of(
                number("lr", 1, POSITIVE, "the authors"),
                number("momentum", 0.9, new Range(0, false, 1, false), "the authors"),
                number("weight_decay", 0, NOT_NEGATIVE, "the authors"),
                ScheduleFree.warmup()));
    arguments.addAll(ScheduleFree.weights());
    return Card.of(
            "schedule_free_sgd",
            Family.RATE_FREE,
            "gradient descent with an average of its points in the place of a schedule",
            ScheduleFree.PAPER)
        .taking(arguments);
  }

  @Override
  public String formula(Settings s) {
    return ScheduleFree.warmed(s)
        + ScheduleFree.share(s)
        + (s.has("weight_decay") ? "u = g + weight_decay * p\n" : "u = g\n")
        + ScheduleFree.steps("momentum");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of(ScheduleFree.average("momentum"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("warmup_steps");
  }
}
