package dev.thalweg.train;

import dev.thalweg.nn.Network;
import dev.thalweg.optim.Parameter;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Where a training stands between two steps, beside its weights and its optimizer's state.
final class Moment {

  /// Epochs that are over.
  final List<EpochRecord> epochs = new ArrayList<>();

  /// Steps taken, over all epochs.
  long step;

  /// Samples seen, of whole epochs and of those that were left.
  long samples;

  /// Batches seen of the epoch under way.
  long batches;

  /// Samples seen of the epoch under way.
  long seen;

  /// Their losses, each batch's as often as it has samples.
  double total;

  /// What tells the data of the epoch from others.
  long fingerprint;

  double bestLoss = Double.POSITIVE_INFINITY;

  int epochsWithoutGain;

  /// Weights and states at the best loss, by name; none where patience was not asked for.
  SequencedMap<String, float[]> best = new LinkedHashMap<>();

  /// Why it has come to its end, where it has not been stopped from outside.
  Optional<StopReason> end = Optional.empty();

  /// Before the part of it that runs.
  double secondsBefore;

  /// The number of the epoch under way, or of the next one, counted from 0.
  int epoch() {
    return epochs.size();
  }

  /// An epoch begins.
  void begin() {
    batches = 0;
    seen = 0;
    total = 0;
  }

  /// The loss by which it is compared: of the last epoch that is over, infinite before.
  double loss() {
    if (epochs.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    EpochRecord last = epochs.getLast();
    return last.validationLoss().orElse(last.loss());
  }

  /// Whether the loss has not become better for so many epochs that the patience is at its end; the
  /// best weights are kept.
  boolean isOutOfPatience(Trainer settings, Network network) {
    double loss = loss();
    if (loss < bestLoss - settings.minDelta()) {
      bestLoss = loss;
      epochsWithoutGain = 0;
      best = copies(network);
      return false;
    }
    return ++epochsWithoutGain >= settings.patience();
  }

  private static SequencedMap<String, float[]> copies(Network network) {
    SequencedMap<String, float[]> copies = new LinkedHashMap<>();
    for (Parameter each : NetworkFile.saved(network)) {
      copies.put(each.name(), each.values().floats().clone());
    }
    return copies;
  }

  /// Gives a network the best weights, where they are known.
  void restoreBest(Network network) {
    for (Parameter each : NetworkFile.saved(network)) {
      float[] kept = best.get(each.name());
      if (kept != null) {
        System.arraycopy(kept, 0, each.values().floats(), 0, kept.length);
      }
    }
  }
}
