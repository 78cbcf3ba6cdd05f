package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// Mechanic: finds the factor of a rule's steps. The way from the start is s times the sum of what
/// the rule within would have added; s is the sum of six bets on how far that way should go, each
/// with a memory of its own, 1 − 10⁻¹ … 1 − 10⁻⁶. Cutkosky, Defazio & Mehta 2023, arXiv 2306.00144,
/// algorithm 1 with the clipping of h that the authors added; as `optax.contrib.mechanize` has it.
/// The rule within has a rate of about 1, with a schedule where one is wanted.
public final class Mechanic implements CardedRule {
  private static final int BETS = 6;

  @Override
  public String card() {
    return """
    mechanic (STAGE): finds the factor of the steps of what is within
    Cutkosky, Defazio & Mehta 2023, arXiv 2306.00144
    weight_decay = 0.01 in [0, ∞): the authors
    epsilon = 1e-8 in (0, ∞): the authors
    s_init = 1e-6 in (0, ∞): the authors
    num_betas = whole 6 in [1, 6]: the authors
    = optax.mechanize(weight_decay=0.01, eps=1e-8, s_init=1e-6, num_betas=6)
    """;
  }

  @Override
  public String formula(Settings s) {
    int bets = Math.min(BETS, (int) s.fixed("num_betas"));
    var lines = new StringBuilder("init start = p\n");
    var sum = new StringBuilder();
    var after = new StringBuilder();
    for (int i = 1; i <= bets; i++) {
      lines.append("init s").append(i).append(" = s_init\n");
      sum.append(i > 1 ? " + s" : "s").append(i);
    }
    lines.append("share = ").append(sum).append('\n');
    String h =
        s.has("weight_decay")
            ? "g + weight_decay * share * global_norm(g) / (global_norm(p) + epsilon) * p"
            : "g";
    lines
        .append("delta = (start - p) / (share + epsilon)\n")
        .append("h = global_sum((")
        .append(h)
        .append(") * delta)\n…\n");
    for (int i = 1; i <= bets; i++) {
      after.append(
          """
          held = clip(h, -m#, m#)
          m# = max((1 - 0.1^#) * m#, abs(h) + epsilon)
          v# = (1 - 0.1^#)^2 * v# + h^2
          r# = (1 - 0.1^#) * r# + held * s#
          s# = (s_init / BETS * m# + max(0, r#)) / (sqrt(v#) + epsilon)
          """
              .replace("#", String.valueOf(i))
              .replace("BETS", String.valueOf(bets)));
    }
    return lines.append(after) + "p = start - (" + sum + ") * (delta - move)";
  }
}
