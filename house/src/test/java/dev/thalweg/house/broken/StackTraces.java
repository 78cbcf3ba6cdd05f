package dev.thalweg.house.broken;

/// Prints where an exception came from.
public final class StackTraces {
  void show(IllegalStateException e) {
    e.printStackTrace();
  }
}
