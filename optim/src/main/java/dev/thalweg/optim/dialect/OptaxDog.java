package dev.thalweg.optim.dialect;

import dev.thalweg.formula.CallValue;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Optional;

/// `optax.contrib.dog`: what `init_step` begins with is the first distance over 1 + ‖θ‖
/// (`heuristic`, here 0), the first distance (`distance`, 1) or the first rate (`learning_rate`,
/// 2).
public final class OptaxDog implements CardedRule {
  private static final List<String> WORDS = List.of("heuristic", "distance", "learning_rate");

  @Override
  public String card() {
    return """
    optax.dog (RATE_FREE): the rate is the distance from the start over the root of all squares of gradients
    learning_rate:lr = 1 in [0, ∞)
    init_step:kind:first = (0, 1e-6) in [0, ∞): Optax' default, which is heuristic
    eps:epsilon = 1e-8 in [0, ∞)
    weight_decay = none in [0, ∞)
    mask
    """;
  }

  @Override
  public CallValue understood(String argument, CallValue value) {
    if (argument.equals("init_step")
        && value instanceof CallValue.Tuple tuple
        && tuple.values().size() == 2
        && tuple.values().getFirst() instanceof CallValue.Word word
        && WORDS.contains(word.text())) {
      String kind = String.valueOf(WORDS.indexOf(word.text()));
      return new CallValue.Tuple(
          List.of(new CallValue.Numeral(kind, word.span()), tuple.values().getLast()),
          tuple.span());
    }
    return value;
  }

  @Override
  public String formula(Settings s) {
    double kind = kind(s);
    String first =
        kind == 0
            ? "max(where(t > 1, distance, first * (1 + global_norm(p))), "
            : kind == 1 ? "max(where(t > 1, distance, first), " : "max(distance, ";
    String rate = s.overRootWithin("eps", "distance", "total");
    return "init start = p\n"
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + "distance = "
        + first
        + "global_norm(p - start))\ntotal = total + global_norm(g)^2\np -= lr * "
        + (kind == 2 ? "where(t > 1, " + rate + ", first)" : rate)
        + " * g";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    double kind = kind(s);
    return kind == 0 || kind == 1 || kind == 2
        ? Optional.empty()
        : Optional.of("init_step must begin with one of " + String.join(", ", WORDS));
  }

  private static double kind(Settings s) {
    return s.fixed("init_step");
  }
}
