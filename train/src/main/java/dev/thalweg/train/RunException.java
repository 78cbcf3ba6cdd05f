package dev.thalweg.train;

/// A run folder can't be written or read, or what a model says is no finite number; the message
/// says which file and why.
public final class RunException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RunException(String message) {
    super(message);
  }

  RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
