package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.MatrixScale;
import dev.thalweg.optim.Orthogonalizer;
import java.util.Optional;

/// Muon: the average of the gradients, made nearly orthogonal. Jordan et al. 2024,
/// kellerjordan.github.io/posts/muon. A method for matrices, and for kernels of convolutions, which
/// are matrices with a column for each filter: `muon(0.02) for rank<2: adamw(3e-4)`.
public final class Muon implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "muon",
            Family.MATRIX,
            "along an average of gradients whose singular values are made 1, nearly",
            "Jordan et al. 2024, kellerjordan.github.io/posts/muon")
        .taking(
            number("lr", 0.02, POSITIVE, "the author"),
            number("momentum", 0.95, FRACTION, "the author"),
            flag("nesterov", true),
            number("weight_decay", 0, NOT_NEGATIVE, "the author"),
            choice("coefficients", Orthogonalizer.JORDAN),
            count("ns_steps", 5, 0, "the author"),
            choice("scale", MatrixScale.JORDAN),
            number("epsilon", 1e-7, POSITIVE, "the author"));
  }

  @Override
  public String formula(Settings s) {
    return "m = lerp(m, g, 1 - momentum)\n"
        + "u = "
        + (s.flag("nesterov") ? "lerp(g, m, momentum)" : "m")
        + "\n"
        + s.choice("coefficients", Orthogonalizer.class).line()
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= lr * "
        + s.choice("scale", MatrixScale.class).text()
        + " * u";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("ns_steps");
  }
}
