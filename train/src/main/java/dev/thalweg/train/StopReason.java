package dev.thalweg.train;

/// Why a training came to its end.
public enum StopReason {
  /// All epochs are done.
  EPOCHS("epochs"),
  /// The loss has not improved for as many epochs as patience allows; the best weights were
  /// restored.
  PATIENCE("patience"),
  /// A condition of [Trainer#withStopWhen] held.
  CONDITION("condition"),
  /// The thread was interrupted; it still is.
  INTERRUPT("interrupt");

  private final String text;

  StopReason(String text) {
    this.text = text;
  }

  /// `epochs`, `patience`, `condition`, `interrupt`
  @Override
  public String toString() {
    return text;
  }
}
