package dev.thalweg.train;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/// What happens in a training, as callbacks are told.
public sealed interface TrainingEvent {

  /// Training begins.
  ///
  /// @param epochs at most
  /// @param stepsPerEpoch steps of one epoch
  /// @param samplesPerEpoch samples of one epoch
  /// @param parameters the number of weights
  record Started(int epochs, long stepsPerEpoch, long samplesPerEpoch, long parameters)
      implements TrainingEvent {}

  /// It starts from the weights of another model; comes after [Started].
  ///
  /// @param fresh names of the weights and states that it does not have, and that begin anew
  /// @param frozen names of the weights that stay as they are
  record StartedFrom(List<String> fresh, List<String> frozen) implements TrainingEvent {

    /// Copies the lists.
    public StartedFrom {
      fresh = List.copyOf(fresh);
      frozen = List.copyOf(frozen);
    }

    /// A line: `weights of another model; new: 5.weight, 5.bias; frozen: 1.weight, 1.bias`.
    @Override
    public String toString() {
      return "starts from the weights of another model; new: "
          + (fresh.isEmpty() ? "none" : shortened(fresh))
          + "; frozen: "
          + (frozen.isEmpty() ? "none" : shortened(frozen));
    }

    private static String shortened(List<String> names) {
      int most = 6;
      return String.join(", ", names.subList(0, Math.min(most, names.size())))
          + (names.size() > most ? " and %,d more".formatted(names.size() - most) : "");
    }
  }

  /// Of large tables a batch looks up few rows, and a step moves all of them all the same, as the
  /// optimizer's rule has it: averages fade, decays go on
  /// ([Optimizer#restsWithoutGradient][dev.thalweg.optim.Optimizer#restsWithoutGradient]). Comes in
  /// the first step.
  ///
  /// @param weights their names
  record WholeTables(List<String> weights) implements TrainingEvent {

    /// Copies the list.
    public WholeTables {
      weights = List.copyOf(weights);
    }

    /// A line: `a batch looks up few rows of 0.weight, and each step moves all of them, …`.
    @Override
    public String toString() {
      return "a batch looks up few rows of "
          + StartedFrom.shortened(weights)
          + ", and each step moves all of them, as the optimizer has it: one such as 'lazy | adamw'"
          + " moves these alone";
    }
  }

  /// Nothing that is trained depends on some weights, so that they stay as they are: the loss is
  /// not made of them, or a cut (`detach`) stands between. Comes before the first step.
  ///
  /// @param weights their names
  record Unreached(List<String> weights) implements TrainingEvent {

    /// Copies the list.
    public Unreached {
      weights = List.copyOf(weights);
    }

    /// A line: `the loss does not depend on 1.weight, 1.bias, which stay as they are`.
    @Override
    public String toString() {
      return "the loss does not depend on "
          + StartedFrom.shortened(weights)
          + ", which stay as they are: it is not made of them, or detach() cut them off";
    }
  }

  /// A step was taken.
  ///
  /// @param epoch from 1 on
  /// @param step from 1 on, over all epochs
  /// @param samples in this step's batch
  /// @param loss of the batch, before the step, without penalties
  record StepEnded(int epoch, long step, int samples, double loss) implements TrainingEvent {}

  /// It goes on from a checkpoint.
  ///
  /// @param file of the checkpoint
  /// @param epochs that were over
  /// @param step the last one taken
  /// @param samplesOfEpoch seen of the epoch under way
  /// @param damaged sentences about newer files that are not whole
  record Resumed(Path file, int epochs, long step, long samplesOfEpoch, List<String> damaged)
      implements TrainingEvent {

    /// Copies the list.
    public Resumed {
      damaged = List.copyOf(damaged);
    }
  }

  /// A checkpoint was written.
  ///
  /// @param file of it
  /// @param step the last one taken
  /// @param seconds that it took
  record Saved(Path file, long step, double seconds) implements TrainingEvent {}

  /// A checkpoint could not be written; the training goes on.
  ///
  /// @param step the last one taken
  /// @param reason a sentence
  record NotSaved(long step, String reason) implements TrainingEvent {}

  /// An epoch is over.
  record EpochEnded(EpochRecord epoch) implements TrainingEvent {}

  /// Training is over.
  ///
  /// @param reason why
  record Stopped(StopReason reason) implements TrainingEvent {}

  /// What one epoch came to.
  ///
  /// @param epoch from 1 on
  /// @param steps taken so far
  /// @param loss mean over the epoch's samples of the loss before each step, without penalties
  /// @param score accuracy or R² over the epoch's samples, of the predictions made for its steps:
  ///   each before its step and with dropout; NaN where all targets are equal
  /// @param validationLoss on the validation part after the epoch, where there is one
  /// @param validationScore accuracy or R² on it
  /// @param metrics the figures of your own on it, by name; empty where there is none
  /// @param seconds since the training began, evaluations included
  /// @param heapBytes of the JVM in use after the epoch, garbage that is not yet collected included
  record EpochRecord(
      int epoch,
      long steps,
      double loss,
      double score,
      OptionalDouble validationLoss,
      OptionalDouble validationScore,
      SequencedMap<String, Double> metrics,
      double seconds,
      long heapBytes) {

    /// Copies the map.
    public EpochRecord {
      metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }

    /// A line: `epoch 3: loss 0.3316, score 0.8500, 0.08 s`.
    @Override
    public String toString() {
      var text = new StringBuilder("epoch " + epoch + ": loss " + number(loss));
      if (!Double.isNaN(score)) {
        text.append(", score ").append(number(score));
      }
      validationLoss.ifPresent(value -> text.append(", validation loss ").append(number(value)));
      validationScore.ifPresent(value -> text.append(", score ").append(number(value)));
      metrics.forEach((name, value) -> text.append(", " + name + " " + number(value)));
      return text.append(String.format(Locale.ROOT, ", %.2f s", seconds)).toString();
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
  }
}
