package dev.thalweg.data;

/// The thread was interrupted while it waited for rows that are read ahead; it still is.
public final class ReadInterruptedException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  ReadInterruptedException(InterruptedException cause) {
    super("read ahead: interrupted while waiting for a batch", cause);
  }
}
