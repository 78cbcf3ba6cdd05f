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
import dev.thalweg.train.LanguageEvaluation;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.RatingEvaluation;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.TranscriptEvaluation;
import dev.thalweg.train.TranslationEvaluation;
import dev.thalweg.train.Translator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
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
    var from = oneOf("--data", data, file);
    if (Translator.isIn(folder)) {
      evaluatePairs(call, folder, from);
      return;
    }
    if (beam != null) {
      throw Failure.usage(
          "--beam: is for a model of pairs of texts, and %s has another".formatted(folder));
    }
    if (Detector.isIn(folder)) {
      evaluateScenes(call, folder, from);
      return;
    }
    if (Recommender.isIn(folder)) {
      evaluateRatings(call, folder, from);
      return;
    }
    if (Transcriber.isIn(folder)) {
      evaluateTranscripts(call, folder, from);
      return;
    }
    if (LanguageModel.isIn(folder)) {
      evaluateText(call, folder, from);
      return;
    }
    var judged = from == null ? onOwnTest(call, folder) : onFile(call, folder, from);
    var evaluation = judged.evaluation;
    var json = new LinkedHashMap<String, Object>();
    json.put("run", folder.toString());
    json.put("data", judged.data);
    json.put("rows", evaluation.rows());
    json.putAll(Metrics.json("", evaluation));
    var table =
        new Table()
            .row("run", folder.toString())
            .row(
                "data",
                String.format(
                    Locale.ROOT,
                    "%s: %,d row%s%s",
                    judged.data,
                    evaluation.rows(),
                    evaluation.rows() == 1 ? "" : "s",
                    from == null ? ", the run's test part" : ""));
    Metrics.rows(table, "", evaluation);
    call.print(json, table + Metrics.details(evaluation));
  }

  /// Of a model of boxes.
  private static void evaluateScenes(Call call, Path folder, @Nullable Path from) {
    if (from != null) {
      throw Failure.usage(
          "evaluate: expected no FILE, found %s; %s has a model of boxes, which is judged by the scenes that the run kept for its test"
              .formatted(from, folder));
    }
    var scenes =
        whole(
            folder,
            Detector::load,
            (detector, config) -> {
              var file = folder.resolve(RunFolder.CONFIG);
              if (!SceneData.isMeant(config.data().name())) {
                throw Failure.working(
                    "%s: expected data: %s, found %s"
                        .formatted(file, SceneData.NAME, config.data().name()));
              }
              try {
                return SceneData.of(config)
                    .test()
                    .map(detector::evaluate)
                    .orElseThrow(() ->
                        Failure.usage("evaluate: %s kept no scenes for a test".formatted(folder)));
              } catch (IllegalArgumentException other) {
                throw Failure.working(file + ": " + other.getMessage(), other);
              }
            });
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("data", SceneData.NAME);
    json.put("rows", scenes.rows());
    json.put("loss", scenes.loss());
    SceneReport.figures(json, scenes);
    var table =
        new Table()
            .row("run", folder.toString())
            .row(
                "data",
                String.format(
                    Locale.ROOT,
                    "%s: %,d scenes, the run's test part",
                    SceneData.NAME,
                    scenes.rows()));
    SceneReport.rows(table, "", scenes);
    call.print(json, table.toString());
  }

  /// Of a model of ratings.
  private void evaluateRatings(Call call, Path folder, @Nullable Path from) {
    var judged =
        from == null
            ? whole(
                folder,
                Recommender::load,
                (model, config) -> {
                  var data = RatingsData.of(config);
                  DataFile.changed(config.data(), RatingsData.sha256(config.data()))
                      .ifPresent(call::note);
                  return model.evaluate(
                      data.test()
                          .orElseThrow(() ->
                              Failure.usage(
                                  "evaluate: expected FILE, %s kept no ratings for a test"
                                      .formatted(folder))),
                      RatingsPlan.SHOWN);
                })
            : onRatings(Recommender.load(folder), from);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("data", from == null ? config(folder).data().name() : from.toString());
    json.put("rows", judged.ratings());
    RatingsReport.figures(json, "", judged);
    var table = new Table().row("run", folder.toString());
    RatingsReport.rows(table, "", judged, Optional.empty());
    call.print(json, table.toString());
  }

  private RatingEvaluation onRatings(Recommender model, Path file) {
    try {
      return model.evaluate(Ratings.read(file, csv.format()), RatingsPlan.SHOWN);
    } catch (IllegalArgumentException other) {
      throw Failure.working(String.valueOf(other.getMessage()), other);
    }
  }

  /// Of a model of pairs of texts.
  private void evaluatePairs(Call call, Path folder, @Nullable Path from) {
    var many = beam == null ? 1 : beam;
    var judged =
        from == null
            ? whole(
                folder,
                Translator::load,
                (model, config) -> {
                  var data = PairsData.of(config);
                  DataFile.changed(config.data(), DataFile.sha256(config.data()))
                      .ifPresent(call::note);
                  return model.evaluate(
                      data.test()
                          .orElseThrow(() ->
                              Failure.usage(
                                  "evaluate: expected FILE, %s kept no pairs for a test"
                                      .formatted(folder))),
                      many);
                })
            : onPairs(Translator.load(folder), from, many);
    var name = from == null ? config(folder).data().name() : from.toString();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("data", name);
    PairsReport.figures(json, "", judged);
    var table =
        new Table()
            .row("run", folder.toString())
            .row(
                "data",
                String.format(
                    Locale.ROOT,
                    "%s: %,d different texts%s",
                    name,
                    judged.texts(),
                    from == null ? ", the run's test part" : ""));
    PairsReport.rows(table, "", name, judged);
    call.print(json, table.toString());
  }

  private TranslationEvaluation onPairs(Translator model, Path file, int many) {
    try {
      return model.evaluate(Pairs.read(file, csv.format()), many);
    } catch (IllegalArgumentException other) {
      throw Failure.working(String.valueOf(other.getMessage()), other);
    }
  }

  /// Of a model of transcripts.
  private void evaluateTranscripts(Call call, Path folder, @Nullable Path from) {
    var judged =
        from == null
            ? whole(
                folder,
                Transcriber::load,
                (model, config) -> {
                  DataFile.changed(config.data(), DataFile.sha256(config.data()))
                      .ifPresent(call::note);
                  return model.evaluate(
                      TranscriptData.of(config, Optional.of(model.tokenizer()))
                          .test()
                          .orElseThrow(() ->
                              Failure.usage(
                                  "evaluate: expected FILE, %s kept no sounds for a test"
                                      .formatted(folder))));
                })
            : onTranscripts(Transcriber.load(folder), from);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("data", from == null ? config(folder).data().name() : from.toString());
    json.put("rows", judged.rows());
    TranscriptReport.figures(json, judged);
    var table = new Table().row("run", folder.toString());
    TranscriptReport.rows(table, "", judged);
    call.print(json, table.toString());
  }

  private TranscriptEvaluation onTranscripts(Transcriber model, Path file) {
    return model.evaluate(Transcripts.read(file, csv.format(), Optional.of(model.rate())));
  }

  /// Of a language model.
  private static void evaluateText(Call call, Path folder, @Nullable Path from) {
    var judged =
        from == null
            ? whole(
                folder,
                LanguageModel::load,
                (model, config) -> onOwnPart(call, folder, model, config))
            : onText(LanguageModel.load(folder), from);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("data", judged.data);
    LanguageReport.figures(json, judged.evaluation);
    var table =
        new Table()
            .row("run", folder.toString())
            .row(
                "data",
                String.format(
                    Locale.ROOT,
                    "%s: %,d tokens%s",
                    judged.data,
                    judged.evaluation.tokens(),
                    from == null ? ", the run's test part" : ""));
    LanguageReport.rows(table, "", judged.evaluation);
    call.print(json, table.toString());
  }

  /// @param data what the text is called
  private record JudgedText(String data, LanguageEvaluation evaluation) {}

  private static JudgedText onText(LanguageModel model, Path file) {
    var text =
        Files.isDirectory(file)
            ? Corpus.ofDocuments(file.toString(), Texts.ofFolder(file), model.tokenizer())
            : Corpus.of(file.toString(), Texts.read(file), model.tokenizer());
    return new JudgedText(file.toString(), model.evaluate(text));
  }

  private static JudgedText onOwnPart(
      Call call, Path folder, LanguageModel model, RunConfig config) {
    var file = folder.resolve(RunFolder.CONFIG);
    try {
      var data = TextData.of(config, Optional.of(model.tokenizer()));
      DataFile.changed(config.data(), DataFile.sha256(config.data())).ifPresent(call::note);
      var text =
          data.test()
              .orElseThrow(() ->
                  Failure.usage(
                      "evaluate: expected FILE, %s kept no text for a test".formatted(folder)));
      return new JudgedText(text.name(), model.evaluate(text));
    } catch (IllegalArgumentException other) {
      throw Failure.working(file + ": " + other.getMessage(), other);
    }
  }

  /// @param data what the rows are called
  private record Judged(String data, Evaluation evaluation) {}

  private Judged onOwnTest(Call call, Path folder) {
    return whole(
        folder,
        FittedModel::load,
        (model, config) -> {
          var data =
              ownTest(call, download.places(call), config, folder)
                  .by(model.preprocessing().encoding());
          return new Judged(data.name(), model.evaluate(data));
        });
  }

  /// Model and configuration are of one run, also if another is put in its place meanwhile.
  private static <M, T> T whole(
      Path folder, Function<Path, M> load, BiFunction<M, RunConfig, T> judge) {
    var before = config(folder);
    while (true) {
      var model = load.apply(folder);
      var config = config(folder);
      if (config.equals(before)) {
        return judge.apply(model, config);
      }
      before = config;
    }
  }

  private static RunConfig config(Path folder) {
    try {
      return RunConfig.read(folder.resolve(RunFolder.CONFIG));
    } catch (Failure wrong) {
      // A folder that is no run is called so.
      FittedModel.load(folder);
      throw wrong;
    }
  }

  /// A part of the file at a time.
  private Judged onFile(Call call, Path folder, Path file) {
    var model = FittedModel.load(folder);
    if (Files.isDirectory(file)) {
      try {
        return new Judged(file.toString(), model.evaluate(file));
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
      return new Judged(file.toString(), evaluation);
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
