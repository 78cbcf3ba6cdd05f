package dev.thalweg.optim.dialect;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Locale;

/// `optax.contrib.sam` around another, whose adversary is descent along the normalised gradient, as
/// in its documentation: `optax.sam(optax.sgd(0.01), optax.chain(optax.contrib.normalize(),
/// optax.sgd(0.1)))`, where `adv_optimizer=0.1` says the same.
///
/// A step is a whole period. Without `opaque_mode` Optax calls each climb a step, too, and takes
/// the gradient of the next one from its caller: where these are of one batch, the points after
/// whole periods are the same.
public final class OptaxSam implements CardedRule {
  @Override
  public String card() {
    return """
    optax.sam (STAGE): the gradient taken where the function is highest nearby: sharpness-aware
    adv_optimizer:rho in (0, ∞)
    sync_period = whole 2 in [2, ∞): Optax' default; with 1 it is what is within
    reset_state
    opaque_mode
    batch_axis_name = refused none: devices are not
    """;
  }

  @Override
  public CallValue understood(String argument, CallValue value) {
    if (!argument.equals("adv_optimizer")) {
      return value;
    }
    List<CallValue> stages =
        switch (value) {
          case CallValue.Chain chain -> List.copyOf(chain.calls());
          case Call call when isCall(call, "chain") -> call.positional();
          default -> List.of();
        };
    if (stages.size() == 2
        && stages.getFirst() instanceof Call normalize
        && isCall(normalize, "normalize")
        && stages.getLast() instanceof Call descent
        && isCall(descent, "sgd")
        && descent.positional().size() + descent.named().size() == 1) {
      return descent.positional().isEmpty()
          ? descent.named().getFirst().value()
          : descent.positional().getFirst();
    }
    return value;
  }

  private static boolean isCall(Call call, String name) {
    String lower = call.name().toLowerCase(Locale.ROOT);
    return lower.equals("optax." + name) || lower.equals("optax.contrib." + name);
  }

  @Override
  public String formula(Settings s) {
    int climbs = (int) s.fixed("sync_period") - 1;
    return "start = p\n"
        + "p += rho * g / global_norm(g)\ng = gradient(p)\n".repeat(climbs)
        + "p = start";
  }
}
