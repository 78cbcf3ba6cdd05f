package dev.thalweg.data;

/// The thread was interrupted while it waited for rows or images that others read; it still is.
public final class ReadInterruptedException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  ReadInterruptedException(InterruptedException cause) {
    this("read ahead: interrupted while waiting for a batch", cause);
  }

  ReadInterruptedException(String sentence, InterruptedException cause) {
    super(sentence, cause);
  }
}
