package dev.thalweg.house.broken;

import java.util.concurrent.atomic.AtomicLong;

/// Its own fields are final, and what they hold is not.
public final class Remembers {
  /// Looks like a constant.
  public static final Remembers INSTANCE = new Remembers();

  private final Memory memory = new Memory();

  private Remembers() {}

  /// Counts.
  ///
  /// @return how often it was called
  public long call(String name) {
    memory.last = memory.last + name;
    return memory.calls.incrementAndGet();
  }

  private static final class Memory {
    final AtomicLong calls = new AtomicLong();
    String last = "";
  }
}
