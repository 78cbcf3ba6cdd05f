package dev.thalweg.cli;

import dev.thalweg.train.Checkpoint;
import dev.thalweg.train.RunException;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `runs`: the runs in a folder, finished or not.
@CommandLine.Command(
    name = "runs",
    sortOptions = false,
    description = "Lists the runs in a folder.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg runs [DIR] [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg runs")
final class RunsCommand implements Command {

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      converter = Values.PathText.class,
      description = "A folder with run folders. Default: runs.")
  @Nullable Path folder;

  /// One of them.
  ///
  /// @param data on which it is trained
  /// @param score of the last epoch: accuracy, R² or the first figure that its kind of training
  ///   has, on the validation part if there is one
  /// @param state `done`, `running`, `stopped in epoch 3 of 20`, or what is wrong with it
  record Entry(
      Path run, String data, String model, OptionalDouble score, String state, long bytes) {}

  @Override
  public void run(Call call) {
    var place = folder == null ? Path.of("runs") : folder;
    if (folder != null && !Files.isDirectory(place)) {
      throw Failure.working(
          place + (Files.exists(place) ? ": expected a folder, found a file" : ": no such folder"));
    }
    var entries = entries(place);
    if (entries.isEmpty()) {
      call.print(List.of(), place + " holds no runs\n");
      return;
    }
    var table = new Table().row("run", "data", "model", "score", "size", "state");
    for (var entry : entries) {
      table.row(
          entry.run.toString(),
          entry.data,
          entry.model,
          entry.score.isPresent()
              ? String.format(Locale.ROOT, "%.4f", entry.score.getAsDouble())
              : "-",
          size(entry.bytes),
          entry.state);
    }
    call.print(entries.stream().map(RunsCommand::json).toList(), table.toString());
  }

  private static Map<String, Object> json(Entry entry) {
    var json = new LinkedHashMap<String, Object>();
    json.put("run", entry.run.toString());
    json.put("data", entry.data);
    json.put("model", entry.model);
    json.put("score", entry.score.orElse(Double.NaN));
    json.put("state", entry.state);
    json.put("bytes", entry.bytes);
    return json;
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static List<Entry> entries(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(place)) {
      var entries = new ArrayList<Entry>();
      for (var each : folders.sorted(Comparator.comparing(RunsCommand::inOrder)).toList()) {
        entry(each).ifPresent(entries::add);
      }
      return entries;
    } catch (IOException | UncheckedIOException e) {
      throw Failure.working(place + ": can't be read: " + e.getMessage(), e);
    }
  }

  /// `digits-2` before `digits-10`.
  private static String inOrder(Path run) {
    var name = run.getFileName().toString();
    var digits = name.replaceFirst("^.*?([0-9]{0,12})$", "$1");
    return name.substring(0, name.length() - digits.length())
        + "0".repeat(12 - digits.length())
        + digits;
  }

  private static Optional<Entry> entry(Path run) {
    var done = Files.isRegularFile(run.resolve(RunFolder.MODEL));
    var checkpoints = run.resolve(RunFolder.CHECKPOINTS);
    if (!done && !Files.isDirectory(checkpoints)) {
      return Optional.empty();
    }
    var bytes = bytes(run);
    try {
      var config = RunConfig.read(run.resolve(RunFolder.CONFIG));
      var running = Checkpoint.isBeingWritten(checkpoints);
      var newest = done && !running ? Optional.<Checkpoint>empty() : Checkpoint.newest(checkpoints);
      var state =
          running
              ? "running"
              : done
                  ? "done"
                  : newest
                      .map(at -> stopped(at, config.epochs().orElse(0)))
                      .orElse("stopped before it was saved");
      var score = newest.map(at -> score(at.history())).orElseGet(() -> score(run));
      return Optional.of(new Entry(run, config.data().name(), config.model(), score, state, bytes));
    } catch (Failure wrong) {
      return Optional.of(damaged(run, bytes, wrong.sentence()));
    } catch (RunException wrong) {
      return Optional.of(damaged(run, bytes, String.valueOf(wrong.getMessage())));
    }
  }

  private static Entry damaged(Path run, long bytes, String sentence) {
    return new Entry(run, "-", "-", OptionalDouble.empty(), sentence, bytes);
  }

  private static String stopped(Checkpoint at, int epochs) {
    return at.isEnd()
        ? "stopped before its run was written"
        : String.format(
            Locale.ROOT, "stopped in epoch %d of %d", Math.min(epochs, at.epochs() + 1), epochs);
  }

  private static OptionalDouble known(double score) {
    return Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score);
  }

  private static OptionalDouble score(Path run) {
    try {
      return score(RunFolder.readMetrics(run));
    } catch (RunException unknown) {
      return OptionalDouble.empty();
    }
  }

  /// Of the last epoch.
  private static OptionalDouble score(List<TrainingEvent.EpochRecord> epochs) {
    return epochs.isEmpty()
        ? OptionalDouble.empty()
        : known(epochs.getLast().validationScore().orElse(epochs.getLast().score()));
  }

  private static long bytes(Path run) {
    try (Stream<Path> files = Files.walk(run)) {
      long bytes = 0;
      for (var file : files.toList()) {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
      return bytes;
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
