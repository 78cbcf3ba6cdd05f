package dev.thalweg.house.broken;

/// Shows an array that anyone can write to.
public final class Shows {
  /// Not as constant as it looks.
  @SuppressWarnings("MutablePublicArray") // that is what it is here for
  public static final int[] SIZES = {1, 2, 3};
}
