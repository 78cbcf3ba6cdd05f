package dev.thalweg.cli;

import dev.thalweg.train.Checkpoint;
import dev.thalweg.train.Checkpoints;
import dev.thalweg.train.RunException;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where a training puts its run folder: tried before the work begins, so that a place that can't
/// be written is known at once, and filled when it is done. What is said of an interrupt is what
/// there is: a run that is whole, a training that was saved, or nothing.
final class RunPlace implements AutoCloseable {

  /// What a checkpoint's configuration is called among its notes.
  static final String CONFIG_NOTE = "config";

  private final Optional<Path> asked;
  private final String title;
  private final Runnable first;
  private final Consumer<String> note;
  private final Thread onInterrupt;
  private final RunInterrupt interrupt;
  private RunFolder folder;
  private @Nullable Path claimed;
  private boolean made;
  private @Nullable Path filled;
  private Optional<String> complaint = Optional.empty();
  private String weightsSha256 = "";
  private boolean ended;

  private RunPlace(
      RunFolder folder, Optional<Path> asked, String title, Runnable first, Consumer<String> note) {
    this.folder = folder;
    this.asked = asked;
    this.title = title;
    this.first = first;
    this.note = note;
    this.interrupt = new RunInterrupt(note);
    this.onInterrupt = new Thread(this::interrupted, "thalweg-interrupted");
    Interrupt.hook(onInterrupt);
  }

  /// The place that the user asks for, for a training that begins: not where another one waits to
  /// go on.
  ///
  /// @param first done first if the JVM is told to end before the place is closed
  /// @param note takes a sentence for the user
  /// @throws RunException if it can't be written or holds something else
  /// @throws Failure if it holds a training that is not over
  static RunPlace fresh(Path place, Runnable first, Consumer<String> note) {
    var checkpoints = place.resolve(RunFolder.CHECKPOINTS);
    if (Checkpoint.isBeingWritten(checkpoints)
        || Checkpoint.newest(checkpoints).filter(newest -> !newest.isEnd()).isPresent()) {
      throw Failure.working(
          "%s: holds a training that is not over; 'thalweg resume %s' goes on with it, another --out leaves it there"
              .formatted(place, place));
    }
    return at(place, first, note);
  }

  /// The place that the user asks for.
  ///
  /// @param first done first if the JVM is told to end before the place is closed
  /// @param note takes a sentence for the user
  /// @throws RunException if it can't be written or holds something else
  static RunPlace at(Path place, Runnable first, Consumer<String> note) {
    var name = place.getFileName();
    return new RunPlace(
        RunFolder.create(place),
        Optional.of(place),
        name == null ? "run" : name.toString(),
        first,
        note);
  }

  /// The first free of `parent/name-1`, `parent/name-2`, … when the work is done, or is saved for
  /// the first time.
  static RunPlace next(Path parent, String name, Runnable first, Consumer<String> note) {
    return new RunPlace(RunFolder.next(parent, name), Optional.empty(), name, first, note);
  }

  /// Has a training saved here: as often as was asked for, and when the JVM is told to end, which
  /// ends the training after its step.
  ///
  /// @param resumed whether it goes on from the newest checkpoint here
  /// @param asked says when it is to be saved besides
  UnaryOperator<Trainer> saving(RunConfig config, boolean resumed, BooleanSupplier asked) {
    var yaml = config.yaml();
    var place =
        Checkpoints.in(() -> claim(yaml).resolve(RunFolder.CHECKPOINTS))
            .withNote(CONFIG_NOTE, yaml)
            .whenAsked(asked);
    var checkpoints = config.checkpointEvery().map(often -> often.in(place)).orElse(place);
    return trainer -> {
      var saved =
          trainer
              .withCheckpoints(checkpoints)
              .withCallback(interrupt)
              .withStopWhen(event -> interrupt.isAsked());
      return resumed ? saved.resume(claim(yaml).resolve(RunFolder.CHECKPOINTS)) : saved;
    };
  }

  /// Takes the place before the run is whole.
  private synchronized Path claim(String config) {
    var at = claimed;
    if (at == null) {
      at = asked.filter(Files::isDirectory).orElseGet(() -> taken(config));
      claimed = at;
    }
    return at;
  }

  private Path taken(String config) {
    var at = folder.writeText(RunFolder.CONFIG, config).commit();
    folder = RunFolder.create(at);
    made = true;
    return at;
  }

  /// Ends the training after its step, as a signal does.
  void stop() {
    interrupt.stop();
  }

  /// Ends here if the training was stopped by a signal, or by whom it was watched.
  ///
  /// @throws Failure if it was
  void check() {
    if (interrupt.isStopped()) {
      if (!Interrupt.isEnding()) {
        note.accept(said());
      }
      throw Failure.interrupted();
    }
  }

  /// Writes all files, and puts the folder in its place; where that can't be written any more,
  /// among the temporary files, so that no training is lost.
  ///
  /// @return where it is, as the user gets it
  synchronized Path commit(Consumer<RunFolder> files) {
    if (ended) {
      throw Failure.interrupted();
    }
    try {
      files.accept(folder);
      var at = folder.commit();
      filled = at;
      weightsSha256 = folder.weightsSha256();
      if (claimed == null) {
        // Those of an older run that was there.
        Checkpoint.clear(at.resolve(RunFolder.CHECKPOINTS));
      }
      complaint =
          asked
              .filter(place -> !place.equals(at))
              .map(place ->
                  "%s: something else has come there during the training; the run is in %s"
                      .formatted(place, at));
      return at;
    } catch (RunException refused) {
      return rescued(files, refused);
    }
  }

  private Path rescued(Consumer<RunFolder> files, RunException refused) {
    try (var other = RunFolder.next(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), title)) {
      folder.close();
      files.accept(other);
      var at = other.commit();
      filled = at;
      weightsSha256 = other.weightsSha256();
      complaint = Optional.of(refused.getMessage() + "; the run is in " + at);
      return at;
    } catch (RunException alsoThere) {
      refused.addSuppressed(alsoThere);
      throw refused;
    }
  }

  /// The SHA-256 of the weights that were put there.
  synchronized String weightsSha256() {
    return weightsSha256;
  }

  /// What the user has to know of a run that is not where it was asked for.
  synchronized Optional<String> complaint() {
    return complaint;
  }

  /// Drops what was not put in its place.
  @Override
  public void close() {
    if (Interrupt.unhook(onInterrupt)) {
      end();
    }
    interrupt.over();
  }

  private void interrupted() {
    Interrupt.endAtNext();
    first.run();
    interrupt.ask();
    try {
      end();
    } catch (RunException stays) {
      note.accept(String.valueOf(stays.getMessage()));
    }
    note.accept(said());
  }

  private synchronized String said() {
    var at = filled;
    var here = claimed;
    if (at != null) {
      return "interrupted, the run is whole: " + at;
    }
    return here == null
        ? interrupt.unsaved().orElse("interrupted, nothing was written")
        : interrupt.saved(here).or(interrupt::unsaved).orElse("interrupted, nothing was written");
  }

  private synchronized void end() {
    ended = true;
    folder.close();
    var at = claimed;
    if (made && at != null && !at.equals(filled)) {
      forget(at);
    }
  }

  /// Removes a folder that was taken and has got nothing but its configuration.
  private static void forget(Path at) {
    var checkpoints = at.resolve(RunFolder.CHECKPOINTS);
    try {
      if (Checkpoint.newest(checkpoints).isPresent()) {
        return;
      }
      Files.deleteIfExists(checkpoints.resolve(".lock"));
      Files.deleteIfExists(checkpoints);
      Files.deleteIfExists(at.resolve(RunFolder.CONFIG));
      Files.deleteIfExists(at);
    } catch (IOException | RunException holdsSomething) {
      // What somebody has put there.
    }
  }
}
