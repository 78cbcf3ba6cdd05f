package dev.thalweg.train;

import dev.thalweg.formats.AtomicFile;
import dev.thalweg.formats.DraftName;
import dev.thalweg.formats.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of a training's checkpoints, which one training at a time writes to.
final class CheckpointFolder implements AutoCloseable {

  private static final String LOCK = ".lock";
  private static final String NAME = "step-[0-9]{9,}\\.safetensors";

  /// A file and the loss of the last epoch that was over then.
  private record Written(Path file, double loss) {}

  private final Path folder;
  private final FileChannel channel;
  private final List<Written> written = new ArrayList<>();

  private CheckpointFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Takes a folder, which is made if it is not there, for this training alone.
  ///
  /// @throws RunException if it can't be written, or another training has it
  static CheckpointFolder open(Path folder) {
    @Nullable FileChannel channel = null;
    try {
      AtomicFile.createFolders(folder);
      if (Files.exists(folder.resolve(LOCK)) && !isFile(folder.resolve(LOCK))) {
        throw new IOException(LOCK + " is no file");
      }
      channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel) != null) {
        return new CheckpointFolder(folder, channel);
      }
      channel.close();
    } catch (IOException e) {
      close(channel);
      throw new RunException(folder + ": can't be written: " + RunFolder.reason(e), e);
    }
    throw new RunException(folder + ": another training is writing its checkpoints there");
  }

  /// Removes all checkpoints, and the folder if nothing else is in it.
  ///
  /// @throws RunException if another training has it
  static void remove(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (CheckpointFolder own = open(folder)) {
      own.clear();
      delete(folder.resolve(LOCK));
    }
    delete(folder);
  }

  /// Whether a training has a folder.
  static boolean isTaken(Path folder) {
    if (!isFile(folder.resolve(LOCK))) {
      return false;
    }
    try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      return locked(channel) == null;
    } catch (IOException notThere) {
      return false;
    }
  }

  /// Not a pipe, which would be waited for.
  private static boolean isFile(Path lock) {
    return Files.isRegularFile(lock);
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException another) {
      return null;
    }
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException ignored) {
      // What went wrong before is on its way.
    }
  }

  /// The newest file that is whole.
  ///
  /// @param damaged told of each that is not
  /// @throws RunException if a later version has written the newest
  static Optional<Checkpoint> newest(Path folder, Consumer<String> damaged) {
    List<Path> files = files(folder);
    for (Path file : files.reversed()) {
      try {
        return Optional.of(Checkpoint.read(file));
      } catch (RunException e) {
        if (!(e.getCause() instanceof FormatException)) {
          throw e;
        }
        damaged.accept(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /// Whether there is a checkpoint, whole or not.
  static boolean holdsAny(Path folder) {
    return !files(folder).isEmpty();
  }

  /// The files, by their steps.
  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches(NAME))
          .sorted(
              Comparator.comparingInt((Path entry) -> entry.getFileName().toString().length())
                  .thenComparing(Path::getFileName))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (IOException e) {
      throw new RunException(folder + ": can't be read: " + RunFolder.reason(e), e);
    } catch (UncheckedIOException e) {
      throw new RunException(folder + ": can't be read: " + RunFolder.reason(e), e);
    }
  }

  /// Goes on after a checkpoint: what is newer is damaged, and goes.
  void after(Checkpoint checkpoint) {
    for (Path file : files(folder)) {
      int order = file.getFileName().compareTo(checkpoint.file().getFileName());
      if (order > 0) {
        delete(file);
      } else {
        written.add(new Written(file, order == 0 ? loss(checkpoint) : loss(file)));
      }
    }
  }

  /// By which one that was kept is still compared; infinite where it is damaged.
  private static double loss(Path file) {
    try {
      return loss(Checkpoint.read(file));
    } catch (RunException damaged) {
      return Double.POSITIVE_INFINITY;
    }
  }

  private static double loss(Checkpoint checkpoint) {
    return checkpoint.loss().orElse(Double.POSITIVE_INFINITY);
  }

  /// Begins anew: what another training left there goes.
  void clear() {
    files(folder).forEach(CheckpointFolder::delete);
    clearDrafts();
  }

  private void clearDrafts() {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().matches("\\.step-.*\\.part")) {
          DraftName.dead(folder, of(entry), "part", Duration.ofDays(1))
              .forEach(CheckpointFolder::delete);
        }
      }
    } catch (IOException | UncheckedIOException notOurs) {
      // It is in nobody's way.
    }
  }

  /// What a draft is of: `.step-000000010.safetensors.4711-….part`.
  private static String of(Path draft) {
    String name = draft.getFileName().toString();
    int end = name.indexOf(".safetensors");
    return end < 0 ? name : name.substring(1, end + ".safetensors".length());
  }

  /// Where the checkpoint of a step goes.
  Path file(long step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%09d.safetensors", step));
  }

  /// A file was written; of those before, the last and the best stay.
  ///
  /// @param kept how many of the last ones stay
  void wrote(Path file, double loss, int kept) {
    written.removeIf(each -> each.file().equals(file));
    written.add(new Written(file, loss));
    Written best = written.getFirst();
    for (Written each : written) {
      if (each.loss() <= best.loss()) {
        best = each;
      }
    }
    int last = written.size() - kept;
    for (int i = last - 1; i >= 0; i--) {
      if (!written.get(i).equals(best)) {
        delete(written.remove(i).file());
      }
    }
    clearDrafts();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // One more than asked for.
    }
  }

  /// Lets others have it.
  @Override
  public void close() {
    close(channel);
  }
}
