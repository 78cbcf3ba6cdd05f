package dev.thalweg.house.broken;

/// Counts for everyone in the JVM.
public final class Counts {
  static int count;

  int next() {
    return count++;
  }
}
