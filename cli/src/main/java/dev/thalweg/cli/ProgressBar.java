package dev.thalweg.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how far a training is: the epoch, a bar, samples a second, the loss, and the time left.
final class ProgressBar implements AutoCloseable {

  private final ProgressLine line;
  private final int epochs;
  private final long samplesPerEpoch;
  private final String unit;
  private State state = new State(1, 0, Double.NaN);

  /// Samples that were seen before this began.
  private long before;

  /// How far it is.
  ///
  /// @param epoch the epoch that runs or has just ended, from 1
  /// @param samples those done in this epoch
  /// @param loss the latest, NaN where there is none yet
  private record State(int epoch, long samples, double loss) {}

  /// Begins now.
  ///
  /// @param clock nanoseconds since any moment
  /// @param unit what is counted: samples
  ProgressBar(
      PrintStream to,
      Screen screen,
      LongSupplier clock,
      int epochs,
      long samplesPerEpoch,
      String unit) {
    this.unit = unit;
    this.epochs = epochs;
    this.samplesPerEpoch = samplesPerEpoch;
    this.line = new ProgressLine(to, screen, clock, this::reading);
  }

  /// So much was done before, by a training that now goes on: it is no part of the rate.
  void goOn(int epoch, long samples) {
    state = new State(epoch, samples, Double.NaN);
    before = done();
  }

  private long done() {
    return (state.epoch - 1) * samplesPerEpoch + state.samples;
  }

  /// Some more has been done.
  ///
  /// @param epoch the epoch that runs, from 1
  /// @param samples those done in this epoch
  /// @param loss the latest
  void update(int epoch, long samples, double loss) {
    state = new State(epoch, samples, loss);
    line.changed();
  }

  /// Leaves the last state on a terminal, and the cursor on a new line.
  @Override
  public void close() {
    line.close();
  }

  private ProgressLine.Reading reading(double seconds) {
    var done = done();
    var rate = seconds > 0 ? (done - before) / seconds : 0;
    var left = rate > 0 ? (epochs * samplesPerEpoch - done) / rate : Double.NaN;
    // Never warm, where String.format takes a tenth of a millisecond.
    return new ProgressLine.Reading(
        "epoch " + state.epoch + "/" + epochs,
        (double) done / Math.max(1, epochs * samplesPerEpoch),
        Numbers.count(Math.round(rate))
            + (" " + unit + "/s  loss " + loss(state.loss))
            + ("  " + ProgressLine.left(left)));
  }

  private static String loss(double loss) {
    return Double.isNaN(loss) ? "-" : String.format(Locale.ROOT, "%.4g", loss);
  }
}
