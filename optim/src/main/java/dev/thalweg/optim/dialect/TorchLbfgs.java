package dev.thalweg.optim.dialect;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Setting;
import dev.thalweg.optim.minimize.IteratedLbfgs;
import dev.thalweg.optim.minimize.Search;
import dev.thalweg.optim.minimize.SearchRule;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Optional;

/// `torch.optim.LBFGS`: a step is up to `max_iter` directions, with a search along each where that
/// is asked for. What the gradient changed by is taken from step to step, so that on batches it is
/// a difference between two batches; without a search the last direction of a step is gone
/// unconditionally, and not looked at.
public final class TorchLbfgs implements SearchRule {
  @Override
  public Card card() {
    return Card.of(
            Library.TORCH,
            "LBFGS",
            Family.SECOND_ORDER,
            "L-BFGS, several iterations a step; without a search unless asked for")
        .taking(
            List.of(
                Arguments.number("lr", 1, Range.POSITIVE, ""),
                Arguments.count("max_iter", 20, 1, ""),
                new Hyperparameter(
                    "max_eval",
                    Hyperparameter.Kind.OPTIONAL,
                    List.of("max_eval"),
                    Setting.none(),
                    Range.POSITIVE,
                    "5/4 of max_iter"),
                Arguments.fixed("tolerance_grad", 1e-7, Range.NOT_NEGATIVE, ""),
                Arguments.fixed("tolerance_change", 1e-9, Range.NOT_NEGATIVE, ""),
                Arguments.count("history_size", 100, 1, ""),
                Arguments.choice("line_search_fn", TorchLineSearch.NONE),
                Arguments.flag("maximize", false)))
        .byNameFrom("maximize");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("max_iter").or(() -> s.notWhole("history_size"));
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
        s.choice("line_search_fn", TorchLineSearch.class) == TorchLineSearch.STRONG_WOLFE,
        s.flag("maximize"),
        size);
  }
}
