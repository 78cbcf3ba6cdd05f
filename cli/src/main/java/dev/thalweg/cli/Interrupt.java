package dev.thalweg.cli;

import java.lang.reflect.Proxy;

/// That the process is told to end, by Ctrl-C or another signal.
final class Interrupt {

  /// The exit code of a process that SIGTERM ends.
  private static final int TERMINATED = 143;

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

  /// From now on the next signal ends the process at once. For what is done when the first has
  /// come: a JVM that ends waits for it, and hears no other signal.
  static void endAtNext() {
    end("INT", Failure.INTERRUPTED);
    end("TERM", TERMINATED);
  }

  /// The class is one that javac warns of whenever it is named.
  private static void end(String signal, int exitCode) {
    try {
      var type = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var ending =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                Runtime.getRuntime().halt(exitCode);
                return null;
              });
      type.getMethod("handle", type, handler)
          .invoke(null, type.getConstructor(String.class).newInstance(signal), ending);
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      // A system without it waits for the end of the step.
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
