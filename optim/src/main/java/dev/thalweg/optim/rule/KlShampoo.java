package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import java.util.Optional;

/// KL-Shampoo: Shampoo whose two products are those of the nearest Gaussian by the Kullback–Leibler
/// divergence, each with the other's inverse between the gradients, and whose roots are square. Lin
/// et al. 2025, arXiv 2509.03378, the update of section 3.1 by its exact eigenvalues.
/// `kl_shampoo(1e-3) for rank<2: adamw(1e-3)`.
public final class KlShampoo implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "kl_shampoo",
            Family.MATRIX,
            "Shampoo by the nearest Gaussian of the gradients",
            "Lin et al. 2025, arXiv 2509.03378")
        .taking(
            number("lr", 1e-3, POSITIVE, "as of AdamW"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015"),
            number("beta2", 0.95, FRACTION, "Vyas et al. 2024"),
            number(
                "initial",
                0.1,
                POSITIVE,
                "heavyball: the products begin at this times the identity"),
            number("epsilon", 1e-8, POSITIVE, "heavyball"),
            count("every", 1, 1, "the paper: 1, with QR 10"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"));
  }

  @Override
  public String formula(Settings s) {
    return """
    m = beta1 * m + (1 - beta1) * g
    u = kl_shampoo(m / (1 - beta1^t), g, beta2, initial, epsilon, t, every)
    """
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("every");
  }
}
