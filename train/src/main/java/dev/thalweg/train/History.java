package dev.thalweg.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a training came to, epoch by epoch.
///
/// @param epochs one record each; the one in which a training was stopped before its end has none
/// @param steps taken
/// @param samples seen, counted each time
/// @param seconds of training, evaluations on the validation part included
/// @param reason why it stopped
/// @param skipped steps that moved nothing, as a gradient was not finite and the optimizer skips
///   such
/// @param privacy what is known of it, where steps were private (`dp`)
public record History(
    List<TrainingEvent.EpochRecord> epochs,
    long steps,
    long samples,
    double seconds,
    StopReason reason,
    long skipped,
    Optional<PrivacySpent> privacy) {

  /// One of which no step was skipped, and that was not private.
  public History(
      List<TrainingEvent.EpochRecord> epochs,
      long steps,
      long samples,
      double seconds,
      StopReason reason) {
    this(epochs, steps, samples, seconds, reason, 0, Optional.empty());
  }

  /// Copies the list.
  public History {
    epochs = List.copyOf(epochs);
  }

  /// Samples a second.
  public double samplesPerSecond() {
    return samples / seconds;
  }

  /// The epoch with the smallest loss, on the validation part if there is one: whose weights the
  /// model has if training went on with patience. The first of equal ones.
  ///
  /// @throws IllegalStateException if the training was stopped within its first epoch
  public TrainingEvent.EpochRecord best() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException(
          "history: expected an epoch that is over, found a training stopped by %s after %d steps"
              .formatted(reason, steps));
    }
    TrainingEvent.EpochRecord best = epochs.getFirst();
    for (TrainingEvent.EpochRecord epoch : epochs) {
      if (epoch.validationLoss().orElse(epoch.loss()) < best.validationLoss().orElse(best.loss())) {
        best = epoch;
      }
    }
    return best;
  }

  /// A line an epoch, and one for all.
  @Override
  public String toString() {
    var text = new StringBuilder();
    epochs.forEach(epoch -> text.append(epoch).append('\n'));
    return text.append(
            String.format(
                Locale.ROOT,
                "%,d step%s in %.2f s, stopped by %s",
                steps,
                steps == 1 ? "" : "s",
                seconds,
                reason))
        .toString();
  }
}
