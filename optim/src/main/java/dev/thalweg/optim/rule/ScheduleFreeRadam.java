package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Schedule-Free RAdam: rectified Adam whose average takes the place of momentum and schedule.
/// Defazio et al. 2024, arXiv 2405.15682, over Liu et al. 2020, arXiv 1908.03265, as the authors
/// have it: while the average of squares is too young, nothing moves, or plain gradients do.
public final class ScheduleFreeRadam implements Rule {
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
                flag("silent_sgd_phase", true)));
    arguments.addAll(ScheduleFree.weights());
    return Card.of(
            "schedule_free_radam",
            Family.RATE_FREE,
            "rectified Adam with an average of its points in the place of momentum and schedule",
            ScheduleFree.PAPER)
        .taking(arguments);
  }

  @Override
  public String formula(Settings s) {
    return """
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2^t / (1 - beta2^t)
    trust = sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
    """
        + "rate = lr * where(length > 4, trust, "
        + (s.flag("silent_sgd_phase") ? "0" : "1")
        + ")\n"
        + ScheduleFree.share(s)
        + "v = beta2 * v + (1 - beta2) * g^2\nu = where(length > 4, "
        + s.overRootBeside("epsilon", "g", "v / (1 - beta2^t)")
        + ", g)"
        + (s.has("weight_decay") ? " + weight_decay * p\n" : "\n")
        + ScheduleFree.steps("beta1");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of(ScheduleFree.average("beta1"));
  }
}
