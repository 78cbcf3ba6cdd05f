package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `optax.contrib.reduce_on_plateau` around what it scales: how far each step goes is multiplied by
/// a factor, which falls where the mean of so many values gets no better. The value is that of what
/// is minimised, where the step begins; in a training the loss of the batch.
///
/// It stands before what it is around: `optax.reduce_on_plateau(patience=5) | optax.adam(0.1)`, and
/// last in `optax.chain(optax.adam(0.1), optax.contrib.reduce_on_plateau(patience=5))`.
public final class OptaxReduceOnPlateau implements CardedRule {
  @Override
  public String card() {
    return """
    optax.reduce_on_plateau (STAGE): steps that get shorter where the value gets no better
    factor = 0.1 in (0, 1)
    patience = whole 10 in [0, ∞)
    rtol = 0.0001 in [0, 1]
    atol = 0 in [0, ∞)
    cooldown = whole 0 in [0, ∞)
    accumulation_size = whole 1 in [1, ∞)
    min_scale = 0 in [0, ∞)
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init best = 1 / 0
    init scale = 1
    count = count + 1
    average = ((count - 1) * average + value) / count
    full = count == accumulation_size
    better = average < (1 - rtol) * best - atol
    best = where(full * better, average, best)
    worse = where(better, 0, plateau + 1)
    falls = (wait == 0) * (worse == patience)
    scale = where(full * (wait == 0), max(where(falls, factor, 1) * scale, min_scale), scale)
    plateau = where(full, where((wait > 0) + falls, 0, worse), plateau)
    wait = where(full, where(wait > 0, wait - 1, falls * cooldown), wait)
    count = where(full, 0, count)
    average = where(full, 0, average)
    before = p
    …
    p = before + scale * (p - before)\
    """;
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.has("rtol") || s.has("atol")
        ? Optional.empty()
        : Optional.of("at least one of rtol and atol must be positive");
  }
}
