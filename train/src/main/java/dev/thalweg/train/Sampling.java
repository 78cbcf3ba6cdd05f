package dev.thalweg.train;

import java.util.Locale;

/// How the batches of an epoch are drawn.
public enum Sampling {
  /// Every sample once an epoch, in an order drawn anew.
  SHUFFLE,
  /// Each sample of a batch drawn from all, independently.
  REPLACEMENT;

  /// `shuffle`, `replacement`
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
