package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.Arrays;
import java.util.Locale;

/// What there is to predict of a row.
public enum Task {
  /// One of a few classes.
  CLASSIFICATION,
  /// A number.
  REGRESSION;

  /// The task of a name, as [#toString] prints it; case is free.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public static Task parse(String text) {
    for (Task task : values()) {
      if (task.toString().equalsIgnoreCase(text)) {
        return task;
      }
    }
    throw new IllegalArgumentException(
        Nearest.sentence("task", text, Arrays.stream(values()).map(Task::toString).toList()));
  }

  /// The name in lower case: `classification`, `regression`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
