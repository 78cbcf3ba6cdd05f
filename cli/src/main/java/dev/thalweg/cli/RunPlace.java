package dev.thalweg.cli;

import dev.thalweg.train.RunFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where a training puts its run folder: taken before the work begins, so that a place that can't
/// be written is known at once and two trainings never choose the same, filled when it is done, and
/// given back if it fails or is interrupted.
final class RunPlace implements AutoCloseable {

  private final Path place;
  private final RunFolder folder;
  private final boolean taken;
  private final Thread onInterrupt;
  private boolean done;

  private RunPlace(Path place, boolean taken, Runnable first) {
    this.place = place;
    this.taken = taken;
    this.folder = RunFolder.create(place);
    this.onInterrupt = new Thread(() -> interrupted(first), "thalweg-interrupted");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  /// The place that the user asks for.
  ///
  /// @param first done first if the JVM is told to end before the place is closed
  /// @throws dev.thalweg.train.RunException if it can't be written or holds something else
  static RunPlace at(Path place, Runnable first) {
    return new RunPlace(place, false, first);
  }

  /// The first free of `parent/name-1`, `parent/name-2`, …; an empty folder keeps it free of
  /// others.
  static RunPlace next(Path parent, String name, Runnable first) {
    try {
      Files.createDirectories(parent);
      for (var n = 1; ; n++) {
        var place = parent.resolve(name + "-" + n);
        try {
          Files.createDirectory(place);
        } catch (FileAlreadyExistsException e) {
          continue;
        }
        return new RunPlace(place, true, first);
      }
    } catch (FileAlreadyExistsException e) {
      throw Failure.working(parent + ": expected a folder, found a file", e);
    } catch (IOException e) {
      throw Failure.working(parent + ": can't be written: " + e.getMessage(), e);
    }
  }

  /// The folder's path as the user gets it.
  Path path() {
    return place;
  }

  /// Writes all files, and puts the folder in its place.
  synchronized void commit(Consumer<RunFolder> files) {
    if (!done) {
      files.accept(folder);
      folder.commit();
      done = true;
    }
  }

  /// Gives the place back unless it was filled.
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The JVM is going down; the hook gives the place back.
      return;
    }
    giveBack();
  }

  private void interrupted(Runnable first) {
    first.run();
    giveBack();
  }

  private synchronized void giveBack() {
    if (done) {
      return;
    }
    done = true;
    folder.close();
    if (taken) {
      delete(place);
    }
  }

  private static @Nullable IOException delete(Path empty) {
    try {
      Files.deleteIfExists(empty);
      return null;
    } catch (IOException e) {
      // It is empty and its name says whose it was; nothing better can be done about it.
      return e;
    }
  }
}
