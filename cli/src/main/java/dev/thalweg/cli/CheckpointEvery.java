package dev.thalweg.cli;

import dev.thalweg.train.Checkpoints;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// How often a training is saved: after so many steps, or after such a time.
///
/// @param steps 0 where it goes by time
/// @param time zero where it goes by steps
/// @param text as it was typed
record CheckpointEvery(long steps, Duration time, String text) {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,11})(s|m|h)?");

  /// Reads `500`, `30s`, `5m` or `1h`; empty if it is something else.
  static Optional<CheckpointEvery> of(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    var number = Long.parseLong(form.group(1));
    var unit = form.group(2);
    return Optional.of(
        unit == null
            ? new CheckpointEvery(number, Duration.ZERO, text)
            : new CheckpointEvery(0, Duration.parse("PT" + number + unit), text));
  }

  /// Asks for it.
  Checkpoints in(Checkpoints folder) {
    return folder.everySteps(steps).every(time);
  }

  /// As it is typed.
  @Override
  public String toString() {
    return text;
  }
}
