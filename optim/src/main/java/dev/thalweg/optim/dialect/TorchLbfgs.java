package dev.thalweg.optim.dialect;

import dev.thalweg.optim.minimize.IteratedLbfgs;
import dev.thalweg.optim.minimize.Search;
import dev.thalweg.optim.minimize.SearchRule;
import dev.thalweg.optim.rule.Settings;

/// `torch.optim.LBFGS`: a step is up to `max_iter` directions, with a search along each where that
/// is asked for. What the gradient changed by is taken from step to step, so that on batches it is
/// a difference between two batches; without a search the last direction of a step is gone
/// unconditionally, and not looked at.
public final class TorchLbfgs implements SearchRule {
  @Override
  public String card() {
    return """
    torch.LBFGS (SECOND_ORDER): L-BFGS, several iterations a step; without a search unless asked for
    lr = 1 in (0, ∞)
    max_iter = whole 20 in [1, ∞)
    max_eval = none in (0, ∞): 5/4 of max_iter
    tolerance_grad = fixed 1e-7 in [0, ∞)
    tolerance_change = fixed 1e-9 in [0, ∞)
    history_size = whole 100 in [1, ∞)
    line_search_fn = none of none, strong_wolfe
    *
    maximize = false
    """;
  }

  @Override
  public Search search(Settings s, int size) {
    int iterations = (int) s.fixed("max_iter");
    return new IteratedLbfgs(
        iterations,
        s.isGiven("max_eval") ? (int) s.fixed("max_eval") : iterations * 5 / 4,
        s.fixed("tolerance_grad"),
        s.fixed("tolerance_change"),
        (int) s.fixed("history_size"),
        s.is("line_search_fn", "strong_wolfe"),
        s.flag("maximize"),
        size);
  }
}
