package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Map;

/// The cautious variant of any method: numbers that would move uphill along the gradient of this
/// step stay, the others move farther by as much as there are fewer. Liang et al. 2024, arXiv
/// 2411.16085, with the scale of the authors' code since 2025, 1 / max(mean of the mask, 10⁻³).
///
/// The mask is of the whole move of what is within; a decay that is not to be masked stands before:
/// `decay(0.01) | cautious | adamw(lr=1e-3, weight_decay=0)`.
public final class Cautious implements CardedRule {
  @Override
  public String card() {
    return """
    cautious (STAGE): only what moves downhill along the gradient of this step moves
    Liang et al. 2024, arXiv 2411.16085
    least = 0.001 in (0, ∞): the authors: of the mean of the mask
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    start = p
    …
    share = max(mean(move * g < 0), least)
    p = start + where(move * g < 0, move / share, 0)\
    """;
  }

  @Override
  public Map<String, String> told() {
    return Map.of("share that moves", "share");
  }
}
