package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// The lazy variant of any method: numbers whose gradient is 0 stay where they are, and so does
/// what is kept for them, averages and all. Of an embedding only the rows move that a batch looks
/// up, and a step costs as these. PyTorch's `SparseAdam`, TensorFlow Addons' `LazyAdam`; here by
/// number, where those move a whole row of which one number has a gradient. Counts of steps go on
/// for all.
///
/// A clipping that is to be of all gradients stands before or behind it alike; a decay of all
/// weights stands before: `decay(0.01) | lazy | adam(0.001)`, and a step costs as the whole again.
public final class Lazy implements CardedRule {
  @Override
  public String card() {
    return """
    lazy (STAGE): numbers whose gradient is 0 stay, and so does what is kept for them
    PyTorch `SparseAdam`; TensorFlow Addons `LazyAdam`
    """;
  }

  @Override
  public String formula(Settings s) {
    return "given = g\nstart = p\n…\np = where(given != 0, p, start)";
  }

  /// What becomes of a slot of what is within, which is not in the formula.
  ///
  /// @param given the gradient's name
  /// @param slot as what is within has made it
  /// @param before as it was
  public static String kept(String given, String slot, String before) {
    return "where(" + given + " != 0, " + slot + ", " + before + ")";
  }
}
