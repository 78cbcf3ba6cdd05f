package dev.thalweg.train;

/// Training met a number that is NaN or infinite; the message names the first tensor and the step.
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final long step;

  DivergedException(String message, long step) {
    super(message);
    this.step = step;
  }

  /// The step in which it was met, from 1 on.
  public long step() {
    return step;
  }
}
