package dev.thalweg.cli;

import dev.thalweg.data.Task;
import java.util.Locale;
import java.util.Optional;

/// What `--task` says.
enum AskedTask {
  /// The class of a row.
  CLASSIFICATION(Task.CLASSIFICATION),
  /// A number of a row.
  REGRESSION(Task.REGRESSION),
  /// How a text goes on.
  LANGUAGE(null),
  /// What a user thinks of an item.
  RATINGS(null),
  /// A text from another.
  PAIRS(null),
  /// What is said in sounds.
  TRANSCRIPTION(null);

  private final Optional<Task> ofRows;

  AskedTask(@org.jspecify.annotations.Nullable Task ofRows) {
    this.ofRows = Optional.ofNullable(ofRows);
  }

  /// The task where the data are rows.
  Optional<Task> ofRows() {
    return ofRows;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
