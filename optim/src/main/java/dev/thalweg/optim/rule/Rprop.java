package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Resilient propagation without weight backtracking (iRprop−): each number has a size of step,
/// which grows while the sign of its gradient stays and shrinks where it turns; then the gradient
/// is forgotten. For whole gradients, not batches. The rate is the first size: later changes do
/// nothing. Riedmiller & Braun 1993; Igel & Hüsken 2000.
public final class Rprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "rprop",
            Family.ADAPTIVE,
            "steps that grow while the sign of the gradient stays",
            "Riedmiller & Braun 1993; Igel & Hüsken 2000 (iRprop−)")
        .taking(
            number("lr", 0.01, POSITIVE, "PyTorch: the first size of a step"),
            number("eta_minus", 0.5, FRACTION, "the paper"),
            number("eta_plus", 1.2, POSITIVE, "the paper"),
            number("smallest", 1e-6, POSITIVE, "the paper"),
            number("largest", 50, POSITIVE, "the paper"))
        .as(
            Library.TORCH,
            "Rprop",
            "lr=0.01, etas:eta_minus+eta_plus=(0.5, 1.2), step_sizes:smallest+largest=(1e-06, 50),"
                + " *, capturable, foreach, maximize, differentiable");
  }

  @Override
  public String formula(Settings s) {
    return """
    init size = lr
    same = g * before
    size = clip(size * where(same > 0, eta_plus, where(same < 0, eta_minus, 1)), smallest, largest)
    before = where(same < 0, 0, g)
    p -= sign(before) * size\
    """;
  }
}
