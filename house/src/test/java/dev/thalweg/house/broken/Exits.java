package dev.thalweg.house.broken;

/// Ends the JVM.
public final class Exits {
  void exit() {
    System.exit(3);
  }
}
