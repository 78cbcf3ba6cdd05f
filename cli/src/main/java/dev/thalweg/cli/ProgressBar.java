package dev.thalweg.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how far a training is: the epoch, a bar, samples a second, the loss, and the time left.
///
/// On a terminal one line is drawn again in place, at most ten times a second, and stays when the
/// training ends. Elsewhere it is a plain line at most once a second. Not for use by several
/// threads.
final class ProgressBar implements AutoCloseable {

  private static final long SECOND = 1_000_000_000;
  private static final int WIDEST = 30;

  private final PrintStream to;
  private final Screen screen;
  private final LongSupplier clock;
  private final int epochs;
  private final long samplesPerEpoch;
  private final long begin;
  private long next;
  private int drawn;
  private State state = new State(1, 0, Double.NaN);

  /// How far it is.
  ///
  /// @param epoch the epoch that runs or has just ended, from 1
  /// @param samples those done in this epoch
  /// @param loss the latest, NaN where there is none yet
  private record State(int epoch, long samples, double loss) {}

  /// Begins now.
  ///
  /// @param clock nanoseconds since any moment
  ProgressBar(PrintStream to, Screen screen, LongSupplier clock, int epochs, long samplesPerEpoch) {
    this.to = to;
    this.screen = screen;
    this.clock = clock;
    this.epochs = epochs;
    this.samplesPerEpoch = samplesPerEpoch;
    this.begin = clock.getAsLong();
    this.next = begin + (screen.terminal() ? 0 : SECOND);
  }

  /// Some more has been done.
  ///
  /// @param epoch the epoch that runs, from 1
  /// @param samples those done in this epoch
  /// @param loss the latest
  void update(int epoch, long samples, double loss) {
    state = new State(epoch, samples, loss);
    var now = clock.getAsLong();
    if (now >= next) {
      next = now + (screen.terminal() ? SECOND / 10 : SECOND);
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
    var done = (state.epoch - 1) * samplesPerEpoch + state.samples;
    var seconds = (now - begin) / (double) SECOND;
    var rate = seconds > 0 ? done / seconds : 0;
    var left = rate > 0 ? (epochs * samplesPerEpoch - done) / rate : Double.NaN;
    var head = String.format(Locale.ROOT, "epoch %d/%d", state.epoch, epochs);
    var tail =
        String.format(
            Locale.ROOT, "%s samples/s  loss %s  %s", count(rate), loss(state.loss), time(left));
    if (screen.terminal()) {
      redraw(head, tail, (double) done / Math.max(1, epochs * samplesPerEpoch));
    } else {
      to.print(head + "  " + tail + "\n");
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

  private static String loss(double loss) {
    return Double.isNaN(loss) ? "-" : String.format(Locale.ROOT, "%.4g", loss);
  }

  private static String count(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String time(double seconds) {
    if (!(seconds < 360_000)) {
      return "";
    }
    var whole = (long) Math.ceil(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d left", whole / 60, whole % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d left", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
