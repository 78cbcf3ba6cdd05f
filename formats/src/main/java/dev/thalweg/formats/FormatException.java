package dev.thalweg.formats;

import org.jspecify.annotations.Nullable;

/// What is to be read is not what its format says, or can't be read at all: the only exception that
/// leaves the readers of this package.
///
/// The message is one sentence that names the file (where there is one), the thing, what was
/// expected and what was found.
public final class FormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final long offset;

  /// A problem at a place.
  ///
  /// @param problem one sentence without a full stop
  /// @param offset where: a byte of a file, a character of a text; -1 where no place can be named
  FormatException(String problem, long offset) {
    this(problem, offset, null);
  }

  FormatException(String problem, long offset, @Nullable Throwable cause) {
    super(problem, cause);
    this.problem = problem;
    this.offset = offset;
  }

  /// Where the problem was met: a byte of a file, a character of a text, or -1.
  public long offset() {
    return offset;
  }

  /// The same problem, said of a file or an entry of one.
  FormatException in(String name) {
    return new FormatException(name + ": " + problem, offset, getCause());
  }
}
