package dev.thalweg.optim;

/// A gradient with a NaN or an infinity: nothing has moved.
public final class NonFiniteGradientException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String parameter;
  private final long step;

  NonFiniteGradientException(String sentence, String parameter, long step) {
    super(sentence);
    this.parameter = parameter;
    this.step = step;
  }

  /// Whose gradient it is.
  public String parameter() {
    return parameter;
  }

  /// The update that did not happen, counted from 0.
  public long step() {
    return step;
  }
}
