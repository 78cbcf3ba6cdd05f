package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.number;
import static dev.thalweg.optim.rule.Arguments.optional;

import dev.thalweg.optim.Family;
import java.util.Optional;

/// SOAP: Adam in the eigenbasis of Shampoo's products. Vyas et al. 2024, arXiv 2409.11321,
/// algorithm 3, as the authors have it: the first gradient makes the basis and moves nothing; the
/// basis is brought up to date every so many steps by one power iteration and QR, the average of
/// squares being put into the order of eigenvalues; the decay stands behind. `soap(3e-3) for
/// rank<2: adamw(3e-3)`.
public final class Soap implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "soap",
            Family.MATRIX,
            "Adam in the eigenbasis of Shampoo",
            "Vyas et al. 2024, arXiv 2409.11321")
        .taking(
            number("lr", 3e-3, POSITIVE, "the authors"),
            number("beta1", 0.95, FRACTION, "the authors"),
            number("beta2", 0.95, FRACTION, "the authors"),
            optional("shampoo_beta", FRACTION),
            number("epsilon", 1e-8, POSITIVE, "the authors"),
            number("weight_decay", 0.01, NOT_NEGATIVE, "the authors"),
            count("every", 10, 1, "the authors"));
  }

  @Override
  public String formula(Settings s) {
    return "m = where(t > 1, beta1 * m + (1 - beta1) * g, 0)\nu = soap(m, g, beta2, "
        + (s.isGiven("shampoo_beta") ? "shampoo_beta" : "beta2")
        + ", epsilon, t, every)\n"
        + "rate = where(t > 1, lr * sqrt(1 - beta2^(t - 1)) / (1 - beta1^(t - 1)), 0)\n"
        + "p -= rate * u"
        + (s.has("weight_decay") ? "\np -= where(t > 1, lr * weight_decay, 0) * p" : "");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("every");
  }
}
