package dev.thalweg.cli;

import dev.thalweg.train.GridSearch.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how far the search of a grid is: the point, a bar, trainings, the best score, and the time
/// left.
final class GridBar implements AutoCloseable {

  private final ProgressLine line;
  private Progress progress;

  /// Begins now.
  ///
  /// @param clock nanoseconds since any moment
  GridBar(PrintStream to, Screen screen, LongSupplier clock, Progress first) {
    this.progress = first;
    this.line = new ProgressLine(to, screen, clock, this::reading);
    line.changed();
  }

  /// Another training has ended.
  void update(Progress now) {
    progress = now;
    line.changed();
  }

  /// Leaves the last state on a terminal, and the cursor on a new line.
  @Override
  public void close() {
    line.close();
  }

  private ProgressLine.Reading reading(double seconds) {
    var done = progress.done();
    var left = done == 0 ? Double.NaN : (progress.trainings() - done) * (seconds / done);
    var point = Math.min(progress.judged() + 1, progress.points());
    return new ProgressLine.Reading(
        "point %d/%d".formatted(point, progress.points()),
        (double) done / progress.trainings(),
        String.format(
            Locale.ROOT,
            "%s/%s trainings  best %s  %s",
            Numbers.count(done),
            Numbers.count(progress.trainings()),
            Double.isNaN(progress.best())
                ? "-"
                : String.format(Locale.ROOT, "%.4f", progress.best()),
            ProgressLine.left(left)));
  }
}
