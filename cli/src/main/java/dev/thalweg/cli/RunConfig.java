package dev.thalweg.cli;

import dev.thalweg.data.Recordings;
import dev.thalweg.data.Sampling;
import dev.thalweg.formats.Json;
import dev.thalweg.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// What a training is asked to be. Where all that follows from the data is stated, too
/// ([TrainPlan#config]), it is everything needed to repeat the training to the bit.
///
/// Provider and threads are not among it: results do not depend on them.
///
/// @param data which rows, and how they are divided
/// @param model the model's text
/// @param usual whether nobody said the model
/// @param loss the loss's text; follows from the task
/// @param optimizer the optimizer's text; follows from task and model
/// @param scaleTarget whether the targets of a regression are scaled
/// @param epochs at most; follows from the number of rows
/// @param batch samples a step
/// @param sampling how batches are drawn
/// @param augment how images are changed anew in each epoch; not at all
/// @param patience epochs without a better loss; all epochs
/// @param folds of a cross-validation before the training; none
/// @param choice how classes are decided on after it
/// @param checkpointEvery how often it is saved while it runs; only when it is interrupted
/// @param start the run whose weights it begins with; drawn ones
/// @param seed what all random numbers follow from
record RunConfig(
    DataConfig data,
    String model,
    boolean usual,
    Optional<String> loss,
    Optional<String> optimizer,
    boolean scaleTarget,
    Optional<Integer> epochs,
    int batch,
    Sampling sampling,
    Optional<String> augment,
    Optional<Integer> patience,
    Optional<Integer> folds,
    ClassChoice choice,
    Optional<CheckpointEvery> checkpointEvery,
    Optional<StartChoice> start,
    long seed) {

  /// The same with some of it changed.
  private static final class Copy {
    private DataConfig data;
    private String model;
    private boolean usual;
    private Optional<String> loss;
    private Optional<String> optimizer;
    private boolean scaleTarget;
    private Optional<Integer> epochs;
    private int batch;
    private Sampling sampling;
    private Optional<String> augment;
    private Optional<Integer> patience;
    private Optional<Integer> folds;
    private ClassChoice choice;
    private Optional<CheckpointEvery> checkpointEvery;
    private Optional<StartChoice> start;
    private long seed;

    Copy(RunConfig of) {
      data = of.data;
      model = of.model;
      usual = of.usual;
      loss = of.loss;
      optimizer = of.optimizer;
      scaleTarget = of.scaleTarget;
      epochs = of.epochs;
      batch = of.batch;
      sampling = of.sampling;
      augment = of.augment;
      patience = of.patience;
      folds = of.folds;
      choice = of.choice;
      checkpointEvery = of.checkpointEvery;
      start = of.start;
      seed = of.seed;
    }

    RunConfig made() {
      return new RunConfig(
          data,
          model,
          usual,
          loss,
          optimizer,
          scaleTarget,
          epochs,
          batch,
          sampling,
          augment,
          patience,
          folds,
          choice,
          checkpointEvery,
          start,
          seed);
    }
  }

  /// The same with what follows from the data, and the optimizer as it prints itself.
  RunConfig completed(String lossText, String rule, int epochCount, Division division) {
    var copy = new Copy(this);
    copy.data = data.completed(division);
    copy.loss = Optional.of(lossText);
    copy.optimizer = Optional.of(rule);
    copy.epochs = Optional.of(epochCount);
    return copy.made();
  }

  /// The same of scenes, whose loss is always the same.
  RunConfig completed(String rule, int epochCount) {
    var copy = new Copy(this);
    copy.data = data.withTestStated();
    copy.optimizer = Optional.of(rule);
    copy.epochs = Optional.of(epochCount);
    return copy.made();
  }

  /// The same of ratings or pairs, whose loss is always the same.
  ///
  /// @param digits the checksum of their file, where it is one
  RunConfig completed(String rule, int epochCount, Optional<String> digits) {
    var copy = new Copy(this);
    copy.data = data.completed(digits);
    copy.optimizer = Optional.of(rule);
    copy.epochs = Optional.of(epochCount);
    return copy.made();
  }

  /// The same of sounds with transcripts, whose loss is always the same.
  ///
  /// @param digits the checksum of the file that names them
  RunConfig completed(String rule, int epochCount, Optional<String> digits, Recordings sounds) {
    var copy = new Copy(this);
    copy.data = data.completed(digits, data.sound().withRate(sounds.rate()));
    copy.optimizer = Optional.of(rule);
    copy.epochs = Optional.of(epochCount);
    return copy.made();
  }

  /// The same of a text, whose loss is always the same.
  ///
  /// @param digits the checksum of its file, where it is one
  /// @param context how many tokens a window has
  RunConfig completed(String rule, int epochCount, Optional<String> digits, int context) {
    var copy = new Copy(this);
    copy.data = data.completed(digits, context);
    copy.optimizer = Optional.of(rule);
    copy.epochs = Optional.of(epochCount);
    return copy.made();
  }

  /// The same with all rows to train on that are not kept for the end: what a grid divides by
  /// itself.
  RunConfig forGrid() {
    var copy = new Copy(this);
    copy.data = data.withoutValidation();
    copy.folds = Optional.empty();
    return copy.made();
  }

  /// The same with another model.
  RunConfig withModel(String text) {
    var copy = new Copy(this);
    copy.model = text;
    copy.usual = false;
    return copy.made();
  }

  /// The same with another loss.
  RunConfig withLoss(String text) {
    var copy = new Copy(this);
    copy.loss = Optional.of(text);
    return copy.made();
  }

  /// The same with another optimizer.
  RunConfig withOptimizer(String text) {
    var copy = new Copy(this);
    copy.optimizer = Optional.of(text);
    return copy.made();
  }

  /// The same with the targets of a regression scaled or left as they are.
  RunConfig withScaleTarget(boolean yes) {
    var copy = new Copy(this);
    copy.scaleTarget = yes;
    return copy.made();
  }

  /// The same with another number of epochs.
  RunConfig withEpochs(int n) {
    var copy = new Copy(this);
    copy.epochs = Optional.of(n);
    return copy.made();
  }

  /// The same with another number of rows a step.
  RunConfig withBatch(int n) {
    var copy = new Copy(this);
    copy.batch = n;
    return copy.made();
  }

  /// The same with batches drawn in another way.
  RunConfig withSampling(Sampling other) {
    var copy = new Copy(this);
    copy.sampling = other;
    return copy.made();
  }

  /// The same with images changed in another way, or not at all.
  RunConfig withAugment(Optional<String> text) {
    var copy = new Copy(this);
    copy.augment = text;
    return copy.made();
  }

  /// The same with another patience, or none.
  RunConfig withPatience(Optional<Integer> n) {
    var copy = new Copy(this);
    copy.patience = n;
    return copy.made();
  }

  /// The same, saved at another interval.
  RunConfig withCheckpointEvery(CheckpointEvery often) {
    var copy = new Copy(this);
    copy.checkpointEvery = Optional.of(often);
    return copy.made();
  }

  /// The same, from the weights of a run.
  RunConfig withStart(StartChoice from) {
    var copy = new Copy(this);
    copy.start = Optional.of(from);
    return copy.made();
  }

  /// The settings of a trainer that they all have alike, of a configuration that is completed.
  Trainer trainer() {
    return Trainer.defaults()
        .withEpochs(epochs.orElseThrow())
        .withBatchSize(batch)
        .withSeed(seed)
        .withSampling(sampling)
        .withPatience(patience.orElse(0));
  }

  /// What was said, by the names of the options of `train`.
  SequencedMap<String, Object> options() {
    var options = new LinkedHashMap<>(data.options());
    options.put("model", model);
    loss.ifPresent(text -> options.put("loss", text));
    optimizer.ifPresent(text -> options.put("optimizer", text));
    if (!scaleTarget) {
      options.put("scale-target", "no");
    }
    epochs.ifPresent(n -> options.put("epochs", n));
    options.put("batch", batch);
    options.put("sampling", sampling.toString());
    augment.ifPresent(text -> options.put("augment", text));
    patience.ifPresent(n -> options.put("patience", n));
    folds.ifPresent(k -> options.put("folds", k));
    options.putAll(choice.options());
    checkpointEvery.ifPresent(often -> options.put("checkpoint-every", often.toString()));
    start.ifPresent(from -> options.putAll(from.options()));
    options.put("seed", seed);
    return options;
  }

  /// As YAML: one option a line.
  String yaml() {
    var text = new StringBuilder("# thalweg " + Thalweg.version() + "\n");
    // A value in JSON is one in YAML, too.
    options()
        .forEach(
            (name, value) -> text.append(name).append(": ").append(Json.write(value)).append('\n'));
    return text.toString();
  }

  /// Reads what [#yaml] wrote.
  ///
  /// @throws Failure naming the file, the line and the option, if one is not known or of another
  ///   kind
  static RunConfig read(Path file) {
    checkFile(file);
    return of(() -> ConfigFile.read(file));
  }

  /// Refuses what is no file: a pipe that nobody writes to would never end.
  ///
  /// @throws Failure if something else is there
  static void checkFile(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw Failure.working(file + ": expected a file, found a folder, a device or a pipe");
    }
  }

  /// Reads a text that [#yaml] wrote.
  ///
  /// @param source what messages call it
  /// @throws Failure naming the line and the option, if one is not known or of another kind
  static RunConfig parse(String source, String text) {
    return of(() -> ConfigFile.parse(source, text));
  }

  private static RunConfig of(Supplier<ConfigFile> file) {
    var line = ThalwegCommand.withWhatIsAsked("train");
    ThalwegCommand root = line.getCommand();
    var command = line.getSubcommands().get("train");
    if (command == null || !(command.getCommand() instanceof TrainCommand train)) {
      throw new IllegalStateException("train: another command has its name");
    }
    try {
      file.get().fill(command.getCommandSpec(), option -> false);
    } catch (Failure wrong) {
      // The command that reads a run's own file was right.
      throw Failure.working(wrong.sentence(), wrong);
    }
    return train.config(root.options.seed);
  }
}
