package dev.thalweg.cli;

/// That no more files can be opened. Whatever fails for it names a file that is in order.
final class OpenFiles {

  static final String SENTENCE =
      "too many files are open at once; 'ulimit -n' says how many may be, and sets it";

  /// As C libraries say `EMFILE` and `ENFILE`.
  private static final String[] REASONS = {"Too many open files", "No file descriptors available"};

  /// Nobody wraps a failure so often.
  private static final int DEPTH = 20;

  private OpenFiles() {}

  /// Whether something failed for it.
  static boolean exhausted(Throwable failure) {
    return exhausted(failure, DEPTH);
  }

  private static boolean exhausted(Throwable failure, int depth) {
    var message = String.valueOf(failure.getMessage());
    for (var reason : REASONS) {
      if (message.contains(reason)) {
        return true;
      }
    }
    var cause = failure.getCause();
    if (depth == 0) {
      return false;
    }
    if (cause != null && exhausted(cause, depth - 1)) {
      return true;
    }
    for (var suppressed : failure.getSuppressed()) {
      if (exhausted(suppressed, depth - 1)) {
        return true;
      }
    }
    return false;
  }
}
