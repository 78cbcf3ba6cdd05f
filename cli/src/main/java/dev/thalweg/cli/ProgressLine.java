package dev.thalweg.cli;

import java.io.PrintStream;
import java.util.function.DoubleFunction;
import java.util.function.LongSupplier;

/// Shows how far something is: what it is at, a bar, figures.
///
/// On a terminal one line is drawn again in place, at most five times a second, and stays at the
/// end. Elsewhere it is a plain line at most once a second. Not for use by several threads.
final class ProgressLine implements AutoCloseable {

  private static final long SECOND = 1_000_000_000;
  private static final int WIDEST = 30;

  private final PrintStream to;
  private final Screen screen;
  private final LongSupplier clock;
  private final DoubleFunction<Reading> reading;
  private final long begin;
  private long next;
  private int drawn;

  /// What is to be seen.
  ///
  /// @param head before the bar
  /// @param fraction of the bar that is full
  /// @param tail after it
  record Reading(String head, double fraction, String tail) {}

  /// Begins now.
  ///
  /// @param clock nanoseconds since any moment
  /// @param reading what is to be seen after so many seconds; asked for only when it is drawn
  ProgressLine(PrintStream to, Screen screen, LongSupplier clock, DoubleFunction<Reading> reading) {
    this.to = to;
    this.screen = screen;
    this.clock = clock;
    this.reading = reading;
    this.begin = clock.getAsLong();
    this.next = begin + (screen.terminal() ? 0 : SECOND);
  }

  /// What is to be seen has changed.
  void changed() {
    var now = clock.getAsLong();
    if (now >= next) {
      next = now + (screen.terminal() ? SECOND / 5 : SECOND);
      draw(now);
    }
  }

  /// Leaves the last state on a terminal, and the cursor on a new line.
  @Override
  public void close() {
    if (screen.terminal() && drawn > 0) {
      draw(clock.getAsLong());
      to.print("\n");
      to.flush();
    }
  }

  private void draw(long now) {
    var seen = reading.apply((now - begin) / (double) SECOND);
    if (screen.terminal()) {
      redraw(seen.head, seen.tail, seen.fraction);
    } else {
      to.print(seen.head + "  " + seen.tail + "\n");
    }
    to.flush();
  }

  /// One column stays free: a cursor in the last one makes some terminals begin a new line.
  private void redraw(String head, String tail, double fraction) {
    var room = screen.columns() - 1;
    var width = Math.min(WIDEST, room - head.length() - tail.length() - 4);
    if (width < 5) {
      var text = head + "  " + tail;
      text = text.substring(0, Math.min(text.length(), Math.max(0, room)));
      to.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
      drawn = text.length();
      return;
    }
    var full = (int) Math.round(width * Math.clamp(fraction, 0, 1));
    var bar = "━".repeat(full);
    var rest = "─".repeat(width - full);
    var length = head.length() + width + tail.length() + 4;
    to.print(
        "\r"
            + head
            + "  "
            + (screen.colour()
                ? "\u001b[32m" + bar + "\u001b[0;2m" + rest + "\u001b[0m"
                : bar + rest)
            + "  "
            + tail
            + " ".repeat(Math.max(0, drawn - length)));
    drawn = length;
  }

  /// Some seconds as the time that is left; nothing where nobody knows.
  static String left(double seconds) {
    if (!(seconds < 360_000)) {
      return "";
    }
    var whole = (long) Math.ceil(seconds);
    return whole < 3600
        ? whole / 60 + ":" + twoDigits(whole % 60) + " left"
        : whole / 3600 + ":" + twoDigits(whole / 60 % 60) + ":" + twoDigits(whole % 60) + " left";
  }

  private static String twoDigits(long number) {
    return (number < 10 ? "0" : "") + number;
  }
}
