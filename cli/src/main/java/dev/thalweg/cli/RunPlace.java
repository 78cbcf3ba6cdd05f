package dev.thalweg.cli;

import dev.thalweg.train.RunException;
import dev.thalweg.train.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where a training puts its run folder: tried before the work begins, so that a place that can't
/// be written is known at once, and filled when it is done. What is said of an interrupt is what
/// there is: a run that is whole, or nothing.
final class RunPlace implements AutoCloseable {

  private final RunFolder folder;
  private final Optional<Path> asked;
  private final String title;
  private final Runnable first;
  private final Consumer<String> note;
  private final Thread onInterrupt;
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
    this.onInterrupt = new Thread(this::interrupted, "thalweg-interrupted");
    Interrupt.hook(onInterrupt);
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

  /// The first free of `parent/name-1`, `parent/name-2`, … when the work is done.
  static RunPlace next(Path parent, String name, Runnable first, Consumer<String> note) {
    return new RunPlace(RunFolder.next(parent, name), Optional.empty(), name, first, note);
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
  }

  private void interrupted() {
    first.run();
    try {
      end();
    } catch (RunException stays) {
      note.accept(String.valueOf(stays.getMessage()));
    }
    var at = filled();
    note.accept(
        at == null ? "interrupted, nothing was written" : "interrupted, the run is whole: " + at);
  }

  private synchronized @Nullable Path filled() {
    return filled;
  }

  private synchronized void end() {
    ended = true;
    folder.close();
  }
}
