package dev.thalweg.optim.dialect;

/// What Keras' callbacks watch.
public enum Monitor {
  /// The loss on the validation part.
  VAL_LOSS,
  /// The accuracy on the validation part.
  VAL_ACCURACY,
  /// The loss; on the validation part where there is one.
  LOSS,
  /// The accuracy; on the validation part where there is one.
  ACCURACY
}
