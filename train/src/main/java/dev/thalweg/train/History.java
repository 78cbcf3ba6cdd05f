package dev.thalweg.train;

import java.util.List;

/// What a training came to, epoch by epoch.
///
/// @param epochs one record each
/// @param steps taken
/// @param samples seen, counted each time
/// @param seconds of training, evaluations on the validation part included
/// @param reason why it stopped
public record History(
    List<TrainingEvent.EpochRecord> epochs,
    long steps,
    long samples,
    double seconds,
    StopReason reason) {

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
  public TrainingEvent.EpochRecord best() {
    TrainingEvent.EpochRecord best = epochs.getFirst();
    for (TrainingEvent.EpochRecord epoch : epochs) {
      if (epoch.validationLoss().orElse(epoch.loss()) < best.validationLoss().orElse(best.loss())) {
        best = epoch;
      }
    }
    return best;
  }
}
