package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Json;
import dev.thalweg.nn.Network;
import dev.thalweg.train.Detector;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `average`: the mean of the weights of several runs of one model.
@CommandLine.Command(
    name = "average",
    sortOptions = false,
    description = "Makes a run of the mean of the weights of others.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg average RUN RUN… [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg average runs/digits-1 runs/digits-2 --out runs/both")
final class AverageCommand implements Command {

  /// What runs of one model may have different in `model.json`.
  private static final Set<String> MAY_DIFFER = Set.of("thalweg", "weights_sha256");

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description =
          "Run folders of one model, trained on the same data; from the same beginning, such as one"
              + " training resumed in several ways, or its mean is no good model.")
  List<Path> runs = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 1,
      converter = Values.PathText.class,
      description = "The run folder. Default: runs/average-<n>, the first that is free.")
  @Nullable Path out;

  @Override
  public void run(Call call) {
    call.engine().run(() -> average(call));
  }

  private void average(Call call) {
    if (runs.size() < 2) {
      throw Failure.usage("average: expected two runs or more, found " + runs.size());
    }
    refuseTwice("average", runs);
    var place = out;
    if (place != null && runs.stream().anyMatch(run -> normal(run).equals(normal(place)))) {
      throw Failure.usage("--out: %s is one of the runs that are averaged".formatted(place));
    }
    var first = runs.getFirst();
    var description = description(first);
    for (var other : runs.subList(1, runs.size())) {
      same(first, description, other);
    }
    var files = files(first);
    try (var to =
        place == null
            ? RunPlace.next(Path.of("runs"), "average", () -> {}, call::note)
            : RunPlace.at(place, () -> {}, call::note)) {
      var at = to.commit(files.andThen(folder -> folder.writeText(RunFolder.CONFIG, config())));
      var json = new LinkedHashMap<String, Object>();
      json.put("run", at.toString());
      json.put("of", runs.stream().map(Path::toString).toList());
      json.put("weights_sha256", to.weightsSha256());
      call.print(
          json,
          new Table()
              .row("run", at.toString())
              .row("of", runs.stream().map(Path::toString).collect(Collectors.joining(", ")))
              .toString());
      to.complaint()
          .ifPresent(sentence -> {
            throw Failure.working(sentence);
          });
    }
  }

  /// That no run is there twice, however it is written.
  static void refuseTwice(String command, List<Path> runs) {
    var seen = new HashSet<Path>();
    for (var run : runs) {
      if (!seen.add(normal(run))) {
        throw Failure.usage("%s: %s is there twice".formatted(command, run));
      }
    }
  }

  private static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /// Writes the averaged model.
  private Consumer<RunFolder> files(Path first) {
    return switch (RunKind.of(first)) {
      case BOXES -> {
        var model = averaged(Detector::load, Detector::network);
        yield folder -> folder.write(model);
      }
      case PAIRS -> {
        var model = averaged(Translator::load, Translator::network);
        yield folder -> folder.write(model);
      }
      case TEXTS -> {
        var model = averaged(LanguageModel::load, LanguageModel::network);
        yield folder -> folder.write(model);
      }
      case RATINGS -> {
        var model = averaged(Recommender::load, Recommender::network);
        yield folder -> folder.write(model);
      }
      case TRANSCRIPTS -> {
        var model = averaged(Transcriber::load, Transcriber::network);
        yield folder -> folder.write(model);
      }
      case ROWS -> {
        var model = averaged(FittedModel::load, FittedModel::network);
        yield folder -> folder.write(model);
      }
    };
  }

  private <M> M averaged(Function<Path, M> load, Function<M, Network> network) {
    var models = runs.stream().map(load).toList();
    var mean = models.getFirst();
    known(() -> {
      network.apply(mean).average(models.stream().skip(1).map(network).toList());
      return mean;
    });
    return mean;
  }

  /// Its rows to test on are those of the first, so `evaluate` knows them.
  private String config() {
    var text = new StringBuilder("# the mean of the weights of ");
    text.append(runs.stream().map(Path::toString).collect(Collectors.joining(", ")));
    text.append("; the first was trained by\n");
    var file = runs.getFirst().resolve(RunFolder.CONFIG);
    RunConfig.checkFile(file);
    try {
      return text.append(Files.readString(file)).toString();
    } catch (IOException e) {
      throw Failure.working(file + ": can't be read", e);
    }
  }

  private static Map<?, ?> description(Path run) {
    RunFolder.checkWhole(run);
    var file = run.resolve(RunFolder.MODEL);
    try {
      if (Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> fields) {
        return fields;
      }
      throw Failure.working(file + ": expected a JSON object");
    } catch (IOException e) {
      throw Failure.working(file + ": can't be read", e);
    } catch (FormatException e) {
      throw Failure.working(file + ": " + e.getMessage(), e);
    }
  }

  private static void same(Path first, Map<?, ?> expected, Path run) {
    var found = description(run);
    var names = new ArrayList<Object>(expected.keySet());
    names.addAll(found.keySet());
    for (var name : names) {
      var field = String.valueOf(name);
      var same = String.valueOf(expected.get(name)).equals(String.valueOf(found.get(name)));
      if (!MAY_DIFFER.contains(field) && !same) {
        throw Failure.working(
            "%s: expected a run of the model and the data of %s, found a difference in its %s"
                .formatted(run, first, field));
      }
    }
  }
}
