package dev.thalweg.optim.minimize;

import dev.thalweg.formula.Program;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;

/// A method that is no formula: its steps ask for the function wherever they want to know it.
public interface SearchRule extends CardedRule {
  /// The method with fresh state, for so many numbers.
  Search search(Settings settings, int size);

  /// Whether it is for sums of squares, and asks for what is squared.
  default boolean needsResiduals() {
    return false;
  }

  @Override
  default String formula(Settings settings) {
    return "";
  }

  @Override
  default Program program(Settings settings) {
    return Program.of(List.of());
  }
}
