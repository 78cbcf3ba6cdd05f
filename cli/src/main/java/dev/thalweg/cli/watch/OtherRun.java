package dev.thalweg.cli.watch;

import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.util.List;

/// A run that is over, to be shown beside one that runs.
///
/// @param name of its folder
/// @param epochs the figures of each
public record OtherRun(String name, List<EpochRecord> epochs) {

  /// Copies the list.
  public OtherRun {
    epochs = List.copyOf(epochs);
  }
}
