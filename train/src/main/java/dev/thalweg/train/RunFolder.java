package dev.thalweg.train;

import dev.thalweg.formats.AtomicFile;
import dev.thalweg.formats.DraftName;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A run folder while it is written. All files are written to a hidden folder, forced to the disk,
/// and put in their places when they are all there: a place that is free gets the whole folder by
/// one rename; in a folder that is there already, an older run in it perhaps, they replace the
/// older files by a protocol that whoever meets the folder later brings to its end. What fails or
/// is killed before leaves the place as it was.
///
/// ```java
/// try (var folder = RunFolder.create(Path.of("runs/digits-1"))) {
///   folder.write(fitted).writeConfig(config).writeMetrics(history).commit();
/// }
/// ```
///
/// A place may be a symbolic link, a mount point or the working folder. Nothing but the files of a
/// run is ever replaced or removed.
public final class RunFolder implements AutoCloseable {

  /// How to repeat the run.
  public static final String CONFIG = "config.yaml";

  /// Loss and score by epoch.
  public static final String METRICS = "metrics.csv";

  /// On what it was trained: library, JDK, machine.
  public static final String ENVIRONMENT = "environment.json";

  /// Architecture, preprocessing, names.
  public static final String MODEL = "model.json";

  /// The points of a grid with their scores, where one was searched.
  public static final String GRID = "grid.csv";

  /// The weights.
  public static final String WEIGHTS = "weights.safetensors";

  /// A folder of checkpoints, where the training was saved while it ran; it is left as it is.
  public static final String CHECKPOINTS = "checkpoints";

  /// In the order in which they take their places.
  static final List<String> FILES = List.of(WEIGHTS, METRICS, GRID, ENVIRONMENT, CONFIG, MODEL);

  private static final String KIND = "draft";

  /// How old a draft has to be that a process of another machine writes.
  static final Duration ELSEWHERE = Duration.ofDays(1);

  private final Path target;
  private final Path place;
  private final boolean numbered;
  private final Set<String> before;
  private @Nullable Path draft;
  private String sha256 = "";
  private boolean open = true;

  private RunFolder(Path target, Path place, boolean numbered) throws IOException {
    this.target = target;
    this.place = place;
    this.numbered = numbered;
    this.before = names(place);
  }

  /// Begins a folder. That it can be written is tried, so that what is in the way is known before
  /// the work is done; nothing is left of the trial but the folders above.
  ///
  /// @param target new, empty, or a run folder, which is replaced on commit
  /// @throws RunException if it is something else, or can't be written
  public static RunFolder create(Path target) {
    NotNull.check(target, "target");
    try {
      Path place = place(target);
      checkReplaceable(target, place);
      return tried(new RunFolder(target, place, false));
    } catch (IOException e) {
      throw new RunException(target + ": can't be written: " + reason(e), e);
    }
  }

  /// Begins the first folder that is free of `parent/name-1`, `parent/name-2`, …: which one it is
  /// is decided on commit, so that two trainings never take the same.
  ///
  /// @throws RunException if folders can't be made in the parent
  public static RunFolder next(Path parent, String name) {
    NotNull.check(parent, "parent");
    NotNull.check(name, "name");
    try {
      Path target = parent.resolve(name);
      return tried(new RunFolder(target, place(target), true));
    } catch (IOException e) {
      throw new RunException(parent + ": can't be written: " + reason(e), e);
    }
  }

  /// Puts a model into a folder at once.
  static void save(Path folder, Consumer<RunFolder> model) {
    try (RunFolder draft = create(folder)) {
      model.accept(draft);
      Path place = draft.commit();
      if (!place.equals(folder)) {
        throw new RunException(
            folder + ": something else has come there meanwhile; the model is in " + place);
      }
    }
  }

  /// Where a path leads: links are followed, and the folders above are made.
  private static Path place(Path target) throws IOException {
    Path path = target.toAbsolutePath();
    for (int links = 0; links < 40 && Files.isSymbolicLink(path); links++) {
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    if (Files.isSymbolicLink(path)) {
      throw new IOException("too many symbolic links");
    }
    if (Files.exists(path)) {
      Path place = path.toRealPath();
      if (place.getParent() == null) {
        throw new IOException("expected a folder, found a root");
      }
      return place;
    }
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null || name.toString().matches("\\.\\.?")) {
      throw new IOException("expected the name of a folder");
    }
    AtomicFile.createFolders(parent);
    return parent.toRealPath().resolve(name);
  }

  private static RunFolder tried(RunFolder folder) throws IOException {
    folder.clear();
    Files.delete(Files.createDirectory(folder.newDraft()));
    return folder;
  }

  private static void checkReplaceable(Path target, Path place) throws IOException {
    if (Files.isDirectory(place)) {
      Replacement.settle(place);
      foreign(place)
          .ifPresent(name -> {
            throw new RunException(
                target
                    + ": holds "
                    + name
                    + ", which is no part of a run; choose a new or empty folder");
          });
    } else if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new RunException(target + ": expected a folder, found a file");
    }
  }

  /// Something in a folder that is no part of a run, the first by name.
  private static Optional<String> foreign(Path place) throws IOException {
    return names(place).stream().filter(name -> !FILES.contains(name)).sorted().findFirst();
  }

  private static Set<String> names(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(place)) {
      return entries
          .filter(entry -> !Replacement.isOurs(entry))
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals(CHECKPOINTS))
          .collect(Collectors.toSet());
    }
  }

  /// Removes what dead processes left that wrote here.
  private void clear() {
    try {
      for (Path left : DraftName.dead(parent(), name(), KIND, ELSEWHERE)) {
        delete(left);
      }
      if (Files.isDirectory(place)) {
        for (Path left : Replacement.deadDrafts(place)) {
          delete(left);
        }
      }
    } catch (IOException notOurs) {
      // It is in nobody's way.
    }
  }

  private Path parent() {
    return Objects.requireNonNull(place.getParent());
  }

  private String name() {
    return String.valueOf(place.getFileName());
  }

  /// Within a folder that stays, beside one that is to be.
  private Path newDraft() {
    return !numbered && Files.isDirectory(place)
        ? Replacement.draft(place)
        : place.resolveSibling(DraftName.fresh(name(), KIND));
  }

  private Path draft() throws IOException {
    if (!open) {
      throw new IOException("it was given up before it was whole");
    }
    Path folder = draft;
    if (folder == null || !Files.isDirectory(folder)) {
      AtomicFile.createFolders(parent());
      folder = Files.createDirectory(newDraft());
      draft = folder;
    }
    return folder;
  }

  /// Writes `model.json` and `weights.safetensors`.
  ///
  /// @throws RunException if a layer has no text form or the disk refuses
  public synchronized RunFolder write(FittedModel model) {
    NotNull.check(model, "model");
    return written(folder -> ModelFile.write(folder, model));
  }

  /// Writes `model.json` and `weights.safetensors` of a model of boxes.
  ///
  /// @throws RunException if a layer has no text form or the disk refuses
  public synchronized RunFolder write(Detector model) {
    NotNull.check(model, "model");
    return written(folder -> DetectorFile.write(folder, model));
  }

  /// Writes `model.json` and `weights.safetensors` of a language model.
  ///
  /// @throws RunException if a layer has no text form or the disk refuses
  public synchronized RunFolder write(LanguageModel model) {
    NotNull.check(model, "model");
    return written(folder -> LanguageFile.write(folder, model));
  }

  /// Writes `model.json` and `weights.safetensors` of a recommender.
  ///
  /// @throws RunException if a layer has no text form or the disk refuses
  public synchronized RunFolder write(Recommender model) {
    NotNull.check(model, "model");
    return written(folder -> RecommenderFile.write(folder, model));
  }

  /// Writes `model.json` and `weights.safetensors` of a model of transcripts.
  ///
  /// @throws RunException if a layer has no text form or the disk refuses
  public synchronized RunFolder write(Transcriber model) {
    NotNull.check(model, "model");
    return written(folder -> TranscriberFile.write(folder, model));
  }

  /// Writes `model.json` and `weights.safetensors` of a model of pairs of texts.
  ///
  /// @throws RunException if a layer has no text form or the disk refuses
  public synchronized RunFolder write(Translator model) {
    NotNull.check(model, "model");
    return written(folder -> TranslatorFile.write(folder, model));
  }

  /// What writes a model to a folder, and gives the SHA-256 of its weights.
  private interface Content {
    String writeTo(Path folder) throws IOException;
  }

  /// Whatever goes wrong, it is the folder's own name that is told, not that of the draft.
  private RunFolder written(Content model) {
    try {
      sha256 = model.writeTo(draft());
      return this;
    } catch (IOException e) {
      throw new RunException(target + ": can't be written: " + reason(e), e);
    } catch (UncheckedIOException e) {
      throw new RunException(target + ": can't be written: " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new RunException(target + ": can't be written: " + e.getMessage(), e);
    }
  }

  /// The SHA-256 of the weights that were written, in lower-case hexadecimal digits; empty before.
  public String weightsSha256() {
    return sha256;
  }

  /// Writes a text file of this name, in UTF-8.
  ///
  /// @param name one of the constants
  /// @throws RunException if the disk refuses
  public synchronized RunFolder writeText(String name, String text) {
    NotNull.check(name, "name");
    NotNull.check(text, "text");
    try {
      Files.writeString(draft().resolve(name), text, StandardCharsets.UTF_8);
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
    NotNull.check(history, "history");
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

  /// Reads what [#writeMetrics] has written.
  ///
  /// @return the epochs
  /// @throws RunException if the file is missing or something else
  public static List<EpochRecord> readMetrics(Path run) {
    NotNull.check(run, "run");
    Path file = run.resolve(METRICS);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new RunException(file + ": expected a file, found a folder, a device or a pipe");
    }
    try {
      List<String> lines = Files.readAllLines(file);
      List<EpochRecord> epochs = new ArrayList<>();
      List<String> names = lines.isEmpty() ? List.of() : columns(lines.getFirst());
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        String[] cells = line.split(",", -1);
        if (cells.length != names.size()) {
          throw new IllegalArgumentException(
              "expected %d columns, found %d in line %d"
                  .formatted(names.size(), cells.length, epochs.size() + 2));
        }
        epochs.add(epoch(names, cells));
      }
      return epochs;
    } catch (IOException e) {
      throw new RunException(file + ": can't be read: " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new RunException(file + ": " + e.getMessage(), e);
    }
  }

  /// The columns of older versions are fewer.
  private static EpochRecord epoch(List<String> names, String... cells) {
    SequencedMap<String, Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i++) {
      figures.put(names.get(i), cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]));
    }
    double seconds = taken(figures, "seconds");
    long heap = (long) taken(figures, "heap_bytes");
    return new EpochRecord(
        (int) taken(figures, "epoch"),
        (long) taken(figures, "steps"),
        taken(figures, "loss"),
        taken(figures, "score"),
        known(taken(figures, "validation_loss")),
        known(taken(figures, "validation_score")),
        figures, // what is left are figures of one's own
        seconds,
        heap);
  }

  private static double taken(SequencedMap<String, Double> figures, String name) {
    Double value = figures.remove(name);
    return value == null ? Double.NaN : value;
  }

  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// The names of the columns, of which one's own may be quoted, with each quote doubled.
  private static List<String> columns(String line) {
    List<String> names = new ArrayList<>();
    var name = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ',';
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          name.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && (!quoted || i == line.length())) {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    return names;
  }

  private static String field(String name) {
    return name.matches("[^,\"\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String cell(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  /// Puts the folder in its place. If something came there since the folder was begun that is no
  /// run, it stays, and this folder goes beside it: to the first free of `target-1`, `target-2`, …
  ///
  /// @return where it is, as the target was given
  /// @throws RunException if the disk refuses; the place is then as it was
  public synchronized Path commit() {
    try {
      Path whole = draft();
      Replacement.sync(whole);
      Path taken = numbered ? beside(whole) : putAt(whole);
      AtomicFile.syncFolder(parent());
      open = false;
      return taken;
    } catch (IOException e) {
      var refused = new RunException(target + ": can't be written: " + reason(e), e);
      try {
        close();
      } catch (RunException alsoThere) {
        refused.addSuppressed(alsoThere);
      }
      throw refused;
    }
  }

  private Path putAt(Path whole) throws IOException {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Replacement.move(whole, place);
        return target;
      } catch (FileSystemException e) {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
        // Somebody was faster.
      }
    }
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) || hasCome()) {
      return beside(whole);
    }
    Path within = whole;
    if (!place.equals(whole.getParent())) {
      within = Replacement.draft(place);
      Replacement.move(whole, within);
      draft = within;
    }
    Replacement.put(within, place);
    return target;
  }

  /// Whether something is there that was not when the folder was begun, and is no other run.
  private boolean hasCome() throws IOException {
    Set<String> now;
    do {
      Replacement.await(place);
      now = new HashSet<>(names(place));
    } while (Replacement.isUnderWay(place));
    boolean run = now.contains(MODEL) && now.contains(WEIGHTS);
    now.removeAll(before);
    return foreign(place).isPresent() || (!now.isEmpty() && !run);
  }

  private Path beside(Path whole) throws IOException {
    for (int n = 1; ; n++) {
      String numberedName = name() + "-" + n;
      Path free = place.resolveSibling(numberedName);
      if (!Files.exists(free, LinkOption.NOFOLLOW_LINKS) || isEmpty(free)) {
        try {
          Replacement.move(whole, free);
          return target.resolveSibling(numberedName);
        } catch (FileSystemException e) {
          if (!Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
            throw e;
          }
          // Somebody was faster.
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /// Drops the draft unless it was committed.
  @Override
  public synchronized void close() {
    Path left = draft;
    if (open && left != null) {
      try {
        delete(left);
      } catch (IOException e) {
        throw new RunException(left + ": can't be removed: " + reason(e), e);
      }
    }
    open = false;
  }

  /// Removes a draft, and no folder in it.
  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(folder);
  }

  /// Checks that a folder has a model and its weights.
  ///
  /// @throws RunException if it is not there, holds a training that is not over, or is none
  public static void checkWhole(Path run) {
    NotNull.check(run, "run");
    if (!Files.isDirectory(run)) {
      throw new RunException(
          run + ": no such run folder" + (Files.exists(run) ? ", it is a file" : ""));
    }
    for (String needed : List.of(MODEL, WEIGHTS)) {
      if (!Files.isRegularFile(run.resolve(needed))) {
        throw new RunException(
            (CheckpointFolder.holdsAny(run.resolve(CHECKPOINTS))
                    ? "%s: holds checkpoints of a training that is not over, %s is missing"
                    : "%s: is no run folder, %s is missing")
                .formatted(run, needed));
      }
    }
  }

  /// What went wrong below an unchecked exception.
  static String reason(UncheckedIOException e) {
    IOException cause = e.getCause();
    if (cause != null && cause.getCause() instanceof IOException first) {
      // What was wrong with the file, without the file.
      return reason(first);
    }
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
