package dev.thalweg.nn;

import java.util.ArrayList;
import java.util.List;

/// A loss as text: its name, and in parentheses what is not the default.
final class LossText {

  private final String name;
  private final List<String> arguments = new ArrayList<>();

  LossText(String name) {
    this.name = name;
  }

  LossText with(String argument, double value, double usual) {
    if (value != usual) {
      arguments.add(argument + "=" + Layers.number(value));
    }
    return this;
  }

  LossText with(String argument, ClassWeights value) {
    if (!value.none()) {
      arguments.add(argument + "=" + value);
    }
    return this;
  }

  LossText with(Loss.Reduction reduction) {
    if (reduction != Loss.Reduction.MEAN) {
      arguments.add("reduction=" + reduction);
    }
    return this;
  }

  @Override
  public String toString() {
    return arguments.isEmpty() ? name : name + "(" + String.join(", ", arguments) + ")";
  }
}
