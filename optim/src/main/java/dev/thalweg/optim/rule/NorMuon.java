package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.Orthogonalizer;
import java.util.Optional;

/// NorMuon: Muon whose rows are brought to one size by an average of their squares, and the whole
/// to the size that it had. Li et al. 2025, arXiv 2510.05491, algorithm 1; a neuron is a column
/// here, since a matrix takes rows in and gives columns out. `normuon(0.02) for rank<2:
/// adamw(3e-4)`.
public final class NorMuon implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "normuon",
            Family.MATRIX,
            "Muon with one size for all neurons",
            "Li et al. 2025, arXiv 2510.05491")
        .taking(
            number("lr", 0.02, POSITIVE, "the authors"),
            number("momentum", 0.95, FRACTION, "the paper"),
            number("beta2", 0.95, FRACTION, "the paper"),
            flag("nesterov", true),
            number("weight_decay", 0, NOT_NEGATIVE, "off"),
            choice("coefficients", Orthogonalizer.JORDAN),
            count("ns_steps", 5, 0, "the paper"),
            number("epsilon", 1e-8, POSITIVE, "the paper"));
  }

  @Override
  public String formula(Settings s) {
    return "m = lerp(m, g, 1 - momentum)\nu = "
        + (s.flag("nesterov") ? "lerp(g, m, momentum)\n" : "m\n")
        + s.choice("coefficients", Orthogonalizer.class).line()
        + """
        v = column_average(u^2, 1 - beta2)
        w = u / (sqrt(v) + epsilon)
        """
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= 0.2 * lr * sqrt(rows * columns) / norm(w) * w";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("ns_steps");
  }
}
