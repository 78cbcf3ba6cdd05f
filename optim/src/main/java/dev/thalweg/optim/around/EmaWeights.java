package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// The fading average of the weights, where the method is evaluated and saved; its way is that of
/// what is within. Polyak & Juditsky 1992; the first average is the weights after the first step,
/// as in PyTorch's `AveragedModel`.
public final class EmaWeights implements CardedRule {
  @Override
  public String card() {
    return """
    ema_weights (STAGE): evaluated at a fading average of the weights
    Polyak & Juditsky 1992; PyTorch `AveragedModel`
    decay = 0.999 in [0, 1): PyTorch's get_ema_avg_fn
    """;
  }

  @Override
  public String formula(Settings s) {
    return "init average = p\n…\naverage = where(t > 1, lerp(average, p, 1 - decay), p)";
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("average");
  }
}
