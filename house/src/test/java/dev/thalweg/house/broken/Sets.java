package dev.thalweg.house.broken;

/// Sets a property of the whole JVM.
public final class Sets {
  void set() {
    System.setProperty("broken", "yes");
  }
}
