package dev.thalweg.optim.rule;

import dev.thalweg.formula.Program;
import java.util.List;

/// A stage that computes nothing by itself: the run sees to it, between steps or before them.
public interface RunStage extends CardedRule {
  @Override
  default String formula(Settings settings) {
    return "";
  }

  @Override
  default Program program(Settings settings) {
    return Program.of(List.of());
  }

  @Override
  default boolean computes() {
    return false;
  }
}
