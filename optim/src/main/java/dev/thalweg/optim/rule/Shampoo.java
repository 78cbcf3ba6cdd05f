package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Grafting;
import java.util.Optional;

/// Shampoo: the average of gradients between the inverse fourth roots of the averages of GGᵀ and
/// GᵀG, as long as another method's step. Gupta, Koren & Singer 2018, arXiv 1802.09568, algorithm
/// 1, with averages in the place of sums, corrections and grafting as in Shi et al. 2023, arXiv
/// 2309.06497. With `beta2=1` the sums of the paper. `shampoo(1e-3) for rank<2: adamw(1e-3)`.
public final class Shampoo implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "shampoo",
            Family.MATRIX,
            "between inverse roots of the gradients' products with themselves",
            "Gupta, Koren & Singer 2018, arXiv 1802.09568; Shi et al. 2023, arXiv 2309.06497")
        .taking(
            number("lr", 1e-3, POSITIVE, "Shi et al. 2023 take that of the grafted method"),
            number("beta1", 0.9, FRACTION, "Shi et al. 2023"),
            number(
                "beta2",
                0.999,
                new Range(0, false, 1, true),
                "Shi et al. 2023 for language models"),
            number("epsilon", 1e-12, POSITIVE, "Shi et al. 2023"),
            count("every", 10, 1, "Shi et al. 2023: 10 to 100"),
            choice("grafting", Grafting.ADAM),
            number("grafting_epsilon", 1e-8, POSITIVE, "Kingma & Ba 2015"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"));
  }

  @Override
  public String formula(Settings s) {
    Grafting grafting = s.choice("grafting", Grafting.class);
    String lines =
        "m = beta1 * m + (1 - beta1) * g\nahead = m / (1 - beta1^t)\nu = shampoo(ahead, g, "
            + (s.is("beta2", 1) ? "1, 1, 1" : "beta2, 1 - beta2, 1 - beta2^t")
            + ", epsilon, t, every)\n";
    if (grafting == Grafting.ADAM) {
      lines +=
          s.is("beta2", 1)
              ? "v = v + g^2\nd = ahead / (sqrt(v) + grafting_epsilon)\n"
              : """
              v = beta2 * v + (1 - beta2) * g^2
              d = ahead / (sqrt(v / (1 - beta2^t)) + grafting_epsilon)
              """;
    } else if (grafting == Grafting.SGD) {
      lines += "d = ahead\n";
    }
    if (grafting != Grafting.NONE) {
      lines += "u = where(norm(u) > 0, norm(d) / norm(u), 1) * u\n";
    }
    return lines + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("every");
  }
}
