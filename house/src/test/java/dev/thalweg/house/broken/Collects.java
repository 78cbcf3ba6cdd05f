package dev.thalweg.house.broken;

/// Collects garbage by a reference to the method.
public final class Collects {
  Runnable collector() {
    return System::gc;
  }
}
