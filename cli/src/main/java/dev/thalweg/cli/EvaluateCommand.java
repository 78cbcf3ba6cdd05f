package dev.thalweg.cli;

import dev.thalweg.data.Corpus;
import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Images;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.Ratings;
import dev.thalweg.data.Sound;
import dev.thalweg.data.Texts;
import dev.thalweg.data.Transcripts;
import dev.thalweg.train.Detector;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.Translator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evaluate`: how well the model of a run folder does on other rows.
@CommandLine.Command(
    name = "evaluate",
    sortOptions = false,
    description = "Shows how well a trained model does.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg evaluate RUN [FILE] [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {"  ./thalweg evaluate runs/digits-1", "  ./thalweg evaluate runs/cars-1 new.csv"})
final class EvaluateCommand implements Command {

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      converter = Values.PathText.class,
      description =
          "A CSV file with the model's features and what is to be predicted; for a model of images"
              + " or sounds a folder that has one for each class, for one of texts a text. Default:"
              + " the rows that the run kept for its test.")
  @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      order = 1,
      converter = Values.PathText.class,
      description = "The same as FILE.")
  @Nullable Path data;

  @Option(
      names = "--beam",
      paramLabel = "N",
      order = 2,
      converter = Values.Count.class,
      description =
          "Of a model of pairs of texts: how many beginnings the search follows. Default: 1, the"
              + " most probable token each time.")
  @Nullable Integer beam;

  @Mixin CsvOptions csv = new CsvOptions();

  @Mixin DownloadOption download = new DownloadOption();

  @Override
  public void run(Call call) {
    call.engine().run(() -> evaluate(call));
  }

  /// A file that may be said in either way.
  ///
  /// @throws Failure if it was said in both
  static @Nullable Path oneOf(String name, @Nullable Path option, @Nullable Path argument) {
    if (option != null && argument != null) {
      throw Failure.usage(
          "%s %s: expected one file, found %s, too".formatted(name, option, argument));
    }
    return option == null ? argument : option;
  }

  private void evaluate(Call call) {
    var folder = given(run);
    var asked = new Asked(call, folder, oneOf("--data", data, file));
    if (Translator.isIn(folder)) {
      evaluatePairs(asked);
      return;
    }
    if (beam != null) {
      throw Failure.usage(
          "--beam: is for a model of pairs of texts, and %s has another".formatted(folder));
    }
    if (Detector.isIn(folder)) {
      evaluateScenes(asked);
    } else if (Recommender.isIn(folder)) {
      evaluateRatings(asked);
    } else if (Transcriber.isIn(folder)) {
      evaluateTranscripts(asked);
    } else if (LanguageModel.isIn(folder)) {
      evaluateText(asked);
    } else {
      evaluateRows(asked);
    }
  }

  /// What was found.
  ///
  /// @param data what the model was judged by
  private record Judged<E>(String data, E evaluation) {}

  /// What is asked for.
  ///
  /// @param from a file to judge by; null for what the run kept for its test
  private record Asked(Call call, Path folder, @Nullable Path from) {

    /// Judges a model of what is no table.
    ///
    /// @param things what the model is of: `pairs`
    /// @param onTest what it does on the part that its run kept, if there is one
    /// @param onFile what it does on a file
    <M, E> Judged<E> judged(
        String things,
        Function<Path, M> load,
        BiFunction<M, RunConfig, Optional<E>> onTest,
        BiFunction<M, Path, E> onFile) {
      if (from != null) {
        var model = load.apply(folder);
        return new Judged<>(from.toString(), worked("", () -> onFile.apply(model, from)));
      }
      return whole(
          folder,
          load,
          (model, config) -> {
            var found =
                worked(folder.resolve(RunFolder.CONFIG) + ": ", () -> onTest.apply(model, config));
            DataFile.changed(config.data(), RatingsData.sha256(config.data()))
                .ifPresent(call::note);
            return new Judged<>(
                config.data().name(),
                found.orElseThrow(() ->
                    Failure.usage(
                        "evaluate: expected FILE, %s kept no %s for a test"
                            .formatted(folder, things))));
          });
    }

    /// What a model does not know is no wrong call, but what was found on the way.
    private static <T> T worked(String where, Supplier<T> work) {
      try {
        return work.get();
      } catch (IllegalArgumentException other) {
        throw Failure.working(where + other.getMessage(), other);
      }
    }

    LinkedHashMap<String, @Nullable Object> json(Judged<?> judged) {
      var json = new LinkedHashMap<String, @Nullable Object>();
      json.put("run", folder.toString());
      json.put("data", judged.data);
      return json;
    }

    Table table() {
      return new Table().row("run", folder.toString());
    }

    /// With a line that says by how much was judged.
    Table table(Judged<?> judged, long count, String things) {
      return table()
          .row(
              "data",
              String.format(
                  Locale.ROOT,
                  "%s: %,d %s%s",
                  judged.data,
                  count,
                  things,
                  from == null ? ", the run's test part" : ""));
    }
  }

  /// Of a model of rows.
  private void evaluateRows(Asked asked) {
    var from = asked.from;
    var judged =
        from == null ? onOwnTest(asked.call, asked.folder) : onFile(asked.call, asked.folder, from);
    var evaluation = judged.evaluation;
    var json = asked.json(judged);
    json.put("rows", evaluation.rows());
    json.putAll(Metrics.json("", evaluation));
    var table = asked.table(judged, evaluation.rows(), evaluation.rows() == 1 ? "row" : "rows");
    Metrics.rows(table, "", evaluation);
    asked.call.print(json, table + Metrics.details(evaluation));
  }

  /// Of a model of boxes.
  private static void evaluateScenes(Asked asked) {
    if (asked.from != null) {
      throw Failure.usage(
          "evaluate: expected no FILE, found %s; %s has a model of boxes, which is judged by the scenes that the run kept for its test"
              .formatted(asked.from, asked.folder));
    }
    var judged =
        asked.judged(
            "scenes",
            Detector::load,
            (detector, config) -> {
              if (!SceneData.isMeant(config.data().name())) {
                throw new IllegalArgumentException(
                    "expected data: %s, found %s".formatted(SceneData.NAME, config.data().name()));
              }
              var scenes =
                  SceneData.of(config)
                      .test()
                      .orElseThrow(() ->
                          Failure.usage(
                              "evaluate: %s kept no scenes for a test".formatted(asked.folder)));
              return Optional.of(detector.evaluate(scenes));
            },
            (detector, none) -> {
              throw new IllegalStateException("no file is taken");
            });
    var scenes = judged.evaluation;
    var json = asked.json(judged);
    json.put("rows", scenes.rows());
    json.put("loss", scenes.loss());
    SceneReport.figures(json, scenes);
    var table = asked.table(judged, scenes.rows(), "scenes");
    SceneReport.rows(table, "", scenes);
    asked.call.print(json, table.toString());
  }

  /// Of a model of ratings.
  private void evaluateRatings(Asked asked) {
    var judged =
        asked.judged(
            "ratings",
            Recommender::load,
            (model, config) ->
                RatingsData.of(config).test().map(test -> model.evaluate(test, RatingsPlan.SHOWN)),
            (model, from) -> model.evaluate(Ratings.read(from, csv.format()), RatingsPlan.SHOWN));
    var json = asked.json(judged);
    json.put("rows", judged.evaluation.ratings());
    RatingsReport.figures(json, "", judged.evaluation);
    var table = asked.table();
    RatingsReport.rows(table, "", judged.evaluation, Optional.empty());
    asked.call.print(json, table.toString());
  }

  /// Of a model of pairs of texts.
  private void evaluatePairs(Asked asked) {
    var many = beam == null ? 1 : beam;
    var judged =
        asked.judged(
            "pairs",
            Translator::load,
            (model, config) -> PairsData.of(config).test().map(test -> model.evaluate(test, many)),
            (model, from) -> model.evaluate(Pairs.read(from, csv.format()), many));
    var json = asked.json(judged);
    PairsReport.figures(json, "", judged.evaluation);
    var table = asked.table(judged, judged.evaluation.texts(), "different texts");
    PairsReport.rows(table, "", judged.data, judged.evaluation);
    asked.call.print(json, table.toString());
  }

  /// Of a model of transcripts.
  private void evaluateTranscripts(Asked asked) {
    var judged =
        asked.judged(
            "sounds",
            Transcriber::load,
            (model, config) ->
                TranscriptData.of(config, Optional.of(model.tokenizer()))
                    .test()
                    .map(model::evaluate),
            (model, from) ->
                model.evaluate(Transcripts.read(from, csv.format(), Optional.of(model.rate()))));
    var json = asked.json(judged);
    json.put("rows", judged.evaluation.rows());
    TranscriptReport.figures(json, judged.evaluation);
    var table = asked.table();
    TranscriptReport.rows(table, "", judged.evaluation);
    asked.call.print(json, table.toString());
  }

  /// Of a language model.
  private static void evaluateText(Asked asked) {
    var judged =
        asked.judged(
            "text",
            LanguageModel::load,
            (model, config) ->
                TextData.of(config, Optional.of(model.tokenizer())).test().map(model::evaluate),
            (model, from) -> model.evaluate(text(model, from)));
    var json = asked.json(judged);
    LanguageReport.figures(json, judged.evaluation);
    var table = asked.table(judged, judged.evaluation.tokens(), "tokens");
    LanguageReport.rows(table, "", judged.evaluation);
    asked.call.print(json, table.toString());
  }

  private static Corpus text(LanguageModel model, Path file) {
    return Files.isDirectory(file)
        ? Corpus.ofDocuments(file.toString(), Texts.ofFolder(file), model.tokenizer())
        : Corpus.of(file.toString(), Texts.read(file), model.tokenizer());
  }

  private Judged<Evaluation> onOwnTest(Call call, Path folder) {
    return whole(
        folder,
        FittedModel::load,
        (model, config) -> {
          var data =
              ownTest(call, download.places(call), config, folder)
                  .by(model.preprocessing().encoding());
          return new Judged<>(data.name(), model.evaluate(data));
        });
  }

  /// Model and configuration are of one run, also if another is put in its place meanwhile.
  private static <M, T> T whole(
      Path folder, Function<Path, M> load, BiFunction<M, RunConfig, T> judge) {
    var before = RunConfig.read(folder.resolve(RunFolder.CONFIG));
    while (true) {
      var model = load.apply(folder);
      var config = RunConfig.read(folder.resolve(RunFolder.CONFIG));
      if (config.equals(before)) {
        return judge.apply(model, config);
      }
      before = config;
    }
  }

  /// A part of the file at a time.
  private Judged<Evaluation> onFile(Call call, Path folder, Path file) {
    var model = FittedModel.load(folder);
    if (Files.isDirectory(file)) {
      try {
        return new Judged<>(file.toString(), model.evaluate(file));
      } catch (IllegalArgumentException other) {
        // Classes, or images, that the model does not know.
        throw Failure.working(String.valueOf(other.getMessage()), other);
      }
    }
    if (Images.isFile(file)) {
      throw Failure.working(
          file + ": expected a folder with a folder of images for each class, found one image");
    }
    if (Sound.isFile(file)) {
      throw Failure.working(
          file + ": expected a folder with a folder of sounds for each class, found one sound");
    }
    try (var rows = model.preprocessing().encoding().openLabelled(file, csv.format())) {
      var evaluation = model.evaluate(rows);
      rows.report().notes().forEach(note -> call.note(file + ": " + note));
      return new Judged<>(file.toString(), evaluation);
    }
  }

  /// picocli has checked that it is there.
  static Path given(@Nullable Path run) {
    if (run == null) {
      throw new IllegalStateException("RUN: not parsed by a command line");
    }
    return run;
  }

  /// The rows that the run kept for its test.
  static Rows ownTest(Call call, DataPlaces places, RunConfig config, Path run) {
    var file = run.resolve(RunFolder.CONFIG);
    Division division;
    try {
      division = Division.of(config.data(), config.seed(), places);
    } catch (Failure wrong) {
      throw Failure.working(file + ": " + wrong.sentence(), wrong);
    }
    DataFile.changed(config.data(), division.train().sha256()).ifPresent(call::note);
    return division
        .test()
        .orElseThrow(
            () -> Failure.usage("evaluate: expected FILE, " + run + " kept no rows for a test"));
  }
}
