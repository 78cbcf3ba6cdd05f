package dev.thalweg.house.broken;

/// Prints.
public final class Prints {
  void print() {
    System.err.println("broken");
  }
}
