package dev.thalweg.cli;

/// That the process is told to end, by Ctrl-C or another signal.
final class Interrupt {

  private Interrupt() {}

  /// Has something done when the process is told to end.
  ///
  /// @throws Failure if it has been told already
  static void hook(Thread work) {
    try {
      Runtime.getRuntime().addShutdownHook(work);
    } catch (IllegalStateException ending) {
      throw Failure.interrupted();
    }
  }

  /// Takes it back; false if the process is ending, and the work is done or going to be.
  static boolean unhook(Thread work) {
    try {
      Runtime.getRuntime().removeShutdownHook(work);
      return true;
    } catch (IllegalStateException ending) {
      return false;
    }
  }

  /// Whether the process is ending. What fails then fails for that.
  static boolean isEnding() {
    var probe = new Thread();
    try {
      hook(probe);
      return !unhook(probe);
    } catch (Failure ending) {
      return true;
    }
  }
}
