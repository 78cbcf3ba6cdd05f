package dev.thalweg.optim.rule;

/// Resilient propagation without weight backtracking (iRprop−): each number has a size of step,
/// which grows while the sign of its gradient stays and shrinks where it turns; then the gradient
/// is forgotten. For whole gradients, not batches. The rate is the first size: later changes do
/// nothing. Riedmiller & Braun 1993; Igel & Hüsken 2000.
public final class Rprop implements CardedRule {
  @Override
  public String card() {
    return """
    rprop (ADAPTIVE): steps that grow while the sign of the gradient stays
    Riedmiller & Braun 1993; Igel & Hüsken 2000 (iRprop−)
    lr = 0.01 in (0, ∞): PyTorch: the first size of a step
    eta_minus = 0.5 in [0, 1): the paper
    eta_plus = 1.2 in (0, ∞): the paper
    smallest = 1e-6 in (0, ∞): the paper
    largest = 50 in (0, ∞): the paper
    = torch.Rprop(lr=0.01, etas:eta_minus+eta_plus=(0.5, 1.2), step_sizes:smallest+largest=(1e-06, 50), *, capturable, foreach, maximize, differentiable)
    """;
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
