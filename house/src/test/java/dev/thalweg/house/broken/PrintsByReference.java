package dev.thalweg.house.broken;

import java.util.function.Consumer;

/// Prints without a call.
public final class PrintsByReference {
  Consumer<Object> printer() {
    return IO::println;
  }
}
