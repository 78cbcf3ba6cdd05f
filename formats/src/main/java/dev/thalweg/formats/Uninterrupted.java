package dev.thalweg.formats;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/// Work on channels in a thread that is interrupted, or gets so meanwhile: a channel would close
/// itself, and a training that was ended by an interruption could not be saved. The thread is still
/// interrupted afterwards.
final class Uninterrupted {

  /// What is done, from its beginning again if it has to.
  @FunctionalInterface
  interface Work<T> {
    T get() throws IOException;
  }

  private Uninterrupted() {}

  static <T> T call(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.get();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
