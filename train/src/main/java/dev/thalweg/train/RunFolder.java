package dev.thalweg.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A run folder while it is written: a hidden folder beside its place that takes the place when all
/// files are there. What fails or is interrupted before leaves the place as it was.
///
/// ```java
/// try (var folder = RunFolder.create(Path.of("runs/digits-1"))) {
///   folder.write(fitted).writeConfig(config).writeMetrics(history).commit();
/// }
/// ```
public final class RunFolder implements AutoCloseable {

  /// How to repeat the run.
  public static final String CONFIG = "config.yaml";

  /// Loss and score by epoch.
  public static final String METRICS = "metrics.csv";

  /// Architecture, preprocessing, names.
  public static final String MODEL = "model.json";

  /// The weights.
  public static final String WEIGHTS = "weights.safetensors";

  private static final Set<String> FILES = Set.of(CONFIG, METRICS, MODEL, WEIGHTS);

  private final Path target;
  private final Path draft;
  private boolean open = true;

  private RunFolder(Path target, Path draft) {
    this.target = target;
    this.draft = draft;
  }

  /// Begins a folder: makes its parents and the draft beside it, so that what can't be written is
  /// known before the work is done.
  ///
  /// @param target new, empty, or a run folder, which is replaced on commit
  /// @throws RunException if it is something else, or can't be written
  public static RunFolder create(Path target) {
    Path place = target.toAbsolutePath().normalize();
    checkReplaceable(target, place);
    try {
      Path parent = place.getParent();
      if (parent == null) {
        throw new RunException(target + ": expected a folder that can be replaced, found a root");
      }
      Files.createDirectories(parent);
      return new RunFolder(place, Files.createDirectory(beside(place)));
    } catch (IOException e) {
      throw new RunException(target + ": can't be written: " + reason(e), e);
    }
  }

  /// A hidden name beside a place that nothing has. (A temporary folder of the JDK's would be
  /// closed to everyone but its owner, and the run folder with it.)
  private static Path beside(Path place) {
    Path beside;
    do {
      String suffix = Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
      beside = place.resolveSibling("." + place.getFileName() + "." + suffix);
    } while (Files.exists(beside));
    return beside;
  }

  private static void checkReplaceable(Path target, Path place) {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new RunException(target + ": expected a folder, found a file");
    }
    try (Stream<Path> entries = Files.list(place)) {
      List<String> foreign =
          entries
              .map(p -> p.getFileName().toString())
              .filter(n -> !FILES.contains(n))
              .sorted()
              .toList();
      if (!foreign.isEmpty()) {
        throw new RunException(
            target
                + ": holds "
                + foreign.getFirst()
                + ", which is no part of a run; choose a new or empty folder");
      }
      if (!Files.isWritable(place)) {
        throw new RunException(target + ": can't be written: permission denied");
      }
    } catch (IOException e) {
      throw new RunException(target + ": can't be read: " + reason(e), e);
    }
  }

  /// Writes `model.json` and `weights.safetensors`.
  ///
  /// @throws RunException if a layer has no text form or the disk refuses
  public RunFolder write(FittedModel model) {
    ModelFile.write(draft, model);
    return this;
  }

  /// Writes a text file of this name, in UTF-8.
  ///
  /// @param name one of the constants
  /// @throws RunException if the disk refuses
  public RunFolder writeText(String name, String text) {
    try {
      Files.writeString(draft.resolve(name), text, StandardCharsets.UTF_8);
      return this;
    } catch (IOException e) {
      throw new RunException(target.resolve(name) + ": can't be written: " + reason(e), e);
    }
  }

  /// Writes `metrics.csv`: epoch, steps, loss, validation loss and score, seconds, the score of the
  /// epoch's own samples, bytes of the heap in use, and a column for each metric of your own.
  ///
  /// @throws RunException if the disk refuses
  public RunFolder writeMetrics(History history) {
    String own =
        history.epochs().stream()
            .findFirst()
            .map(e -> e.metrics().keySet().stream().map(n -> "," + field(n)))
            .orElseGet(Stream::of)
            .collect(Collectors.joining());
    String rows =
        history.epochs().stream()
            .map(e ->
                e.epoch()
                    + ","
                    + e.steps()
                    + ","
                    + e.loss()
                    + ","
                    + cell(e.validationLoss())
                    + ","
                    + cell(e.validationScore())
                    + ","
                    + e.seconds()
                    + ","
                    + (Double.isNaN(e.score()) ? "" : Double.toString(e.score()))
                    + ","
                    + e.heapBytes()
                    + e.metrics().values().stream()
                        .map(value -> "," + value)
                        .collect(Collectors.joining()))
            .collect(Collectors.joining("\n", "", "\n"));
    return writeText(
        METRICS,
        "epoch,steps,loss,validation_loss,validation_score,seconds,score,heap_bytes"
            + own
            + "\n"
            + rows);
  }

  private static String field(String name) {
    return name.matches("[^,\"\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String cell(java.util.OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  /// Puts the folder in its place.
  ///
  /// @throws RunException if the disk refuses; the place is then as it was
  public void commit() {
    Path old = null;
    try {
      if (Files.exists(target)) {
        old = beside(target);
        move(target, old);
      }
      move(draft, target);
      open = false;
      if (old != null) {
        delete(old);
      }
    } catch (IOException e) {
      if (old != null && !Files.exists(target)) {
        putBack(old);
      }
      close();
      throw new RunException(target + ": can't be written: " + reason(e), e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  private void putBack(Path old) {
    try {
      Files.move(old, target);
    } catch (IOException e) {
      throw new RunException(
          target + ": can't be written, and the old folder is now " + old + ": " + reason(e), e);
    }
  }

  /// Drops the draft unless it was committed.
  @Override
  public void close() {
    if (open) {
      open = false;
      try {
        delete(draft);
      } catch (IOException e) {
        throw new RunException(draft + ": can't be removed: " + reason(e), e);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /// What went wrong below an unchecked exception.
  static String reason(UncheckedIOException e) {
    IOException cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : reason(cause);
  }

  /// What went wrong, in words rather than as the name of an exception.
  static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "no such file or folder";
      case java.nio.file.FileAlreadyExistsException f -> f.getFile() + " is a file";
      case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
