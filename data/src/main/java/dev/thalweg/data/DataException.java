package dev.thalweg.data;

import org.jspecify.annotations.Nullable;

/// A table can't be read, or is not what was asked for: the only exception that leaves [CsvTable].
///
/// The message is one sentence that names the file and, where it applies, line, column and value.
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataException(String sentence) {
    this(sentence, null);
  }

  DataException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
