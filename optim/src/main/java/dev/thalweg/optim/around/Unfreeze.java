package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.RunStage;
import dev.thalweg.optim.rule.Settings;

/// Gradual unfreezing: only the last layer moves at first, and after each `every` updates one more.
/// Howard & Ruder 2018, arXiv 1801.06146, section 3.3, where that is an epoch. A layer that has not
/// begun has no state, and its updates are counted from where it begins; schedules go on meanwhile.
/// Layers are as `layer_decay` has them.
public final class Unfreeze implements RunStage {
  @Override
  public String card() {
    return """
    unfreeze (STAGE): the last layer first, and after each so many updates one more
    Howard & Ruder 2018, arXiv 1801.06146
    every = whole 100 in [1, ∞): this library's choice: updates
    first = whole 1 in [1, ∞): the paper: layers that move from the beginning
    """;
  }

  /// The updates that are over when a layer begins.
  ///
  /// @param behind how many layers stand behind it
  public static long begin(Settings s, int behind) {
    long late = behind + 1L - (long) s.fixed("first");
    return Math.max(0, late) * (long) s.fixed("every");
  }
}
