package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import java.util.Optional;

/// GaLore: Adam of gradients that are projected on their first singular vectors, from the shorter
/// side, which are looked up anew every so many steps. Zhao et al. 2024, arXiv 2403.03507,
/// algorithm 2. Optax projects from the longer side (`longer`). `galore(1e-2) for rank<2:
/// adam(1e-2)`.
///
/// The sign of a singular vector is arbitrary, and the averages outlive a look-up: here the largest
/// number of a vector is positive, elsewhere it is what LAPACK gives. The state has room for the
/// full rank, so no memory is saved yet.
public final class GaLore implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "galore",
            Family.MATRIX,
            "Adam in the space of the gradient's first singular vectors",
            "Zhao et al. 2024, arXiv 2403.03507")
        .taking(
            number("lr", 1e-2, POSITIVE, "the authors"),
            count("rank", 128, 1, "the authors"),
            count("every", 200, 1, "the authors"),
            number("scale", 0.25, POSITIVE, "the authors"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015"),
            number("beta2", 0.999, FRACTION, "Kingma & Ba 2015"),
            number("epsilon", 1e-8, POSITIVE, "Kingma & Ba 2015"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"),
            flag("longer", false));
  }

  @Override
  public String formula(Settings s) {
    return "u = galore(g, rank, beta1, beta2, epsilon, t, every, "
        + (s.flag("longer") ? "1" : "0")
        + ")\n"
        + (s.has("weight_decay")
            ? "p -= lr * (scale * u + weight_decay * p)"
            : "p -= lr * scale * u");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("rank").or(() -> s.notWhole("every"));
  }
}
