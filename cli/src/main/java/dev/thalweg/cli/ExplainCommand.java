package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.CsvTable;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.RowEncoder;
import dev.thalweg.data.Task;
import dev.thalweg.formats.AtomicFile;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.Attribution;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Inspector;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.StepExplanation;
import dev.thalweg.train.StepView;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `explain`: why a model predicts what it does for a row, or what a step of its training did.
@CommandLine.Command(
    name = "explain",
    sortOptions = false,
    description =
        "Shows which inputs mattered for a prediction, or what a step of the training did.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg explain RUN [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./thalweg explain runs/digits-1 --row 3 --out three.html",
      "  ./thalweg explain runs/spam-1 --text 'You have won a prize' --out prize.html",
      "  ./thalweg explain runs/digits-1 --step 100"
    })
final class ExplainCommand implements Command {

  /// How often a column is shuffled.
  private static final int TIMES = 5;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Option(
      names = "--step",
      paramLabel = "N",
      order = 1,
      converter = Values.Count.class,
      description =
          "Repeat the training up to this step, and tell what that did: the gradient, what each"
              + " stage made of it, rates, noise, curvature.")
  @Nullable Integer step;

  @Option(
      names = "--row",
      paramLabel = "N",
      order = 2,
      converter = Values.Count.class,
      description =
          "Which of the rows it is about, from 1: of the file, or of the test. Default: 1.")
  @Nullable Integer row;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      order = 3,
      converter = Values.PathText.class,
      description =
          "The rows: a CSV file with the model's features and what is to be predicted, or a folder"
              + " of images. Default: those that the run kept for its test.")
  @Nullable Path input;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      order = 4,
      description = "A text, in place of a row, for a model of one column of texts.")
  @Nullable String text;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      order = 5,
      converter = Values.PathText.class,
      description = "A page (HTML) that shows it; of images and texts drawn over them.")
  @Nullable Path out;

  @Mixin DownloadOption download = new DownloadOption();

  @Override
  public void run(Call call) {
    var engine = call.engine();
    engine.run(() -> {
      var folder = EvaluateCommand.given(run);
      if (step != null) {
        if (row != null || input != null || text != null || out != null) {
          throw Failure.usage("--step: expected no --row, --input, --text or --out beside it");
        }
        step(call, engine, folder, step);
      } else {
        if (text != null && (row != null || input != null)) {
          throw Failure.usage("--text: expected no --row or --input beside it");
        }
        prediction(call, folder);
      }
    });
  }

  private void step(Call call, Engine engine, Path folder, int number) {
    var config = RunConfig.read(folder.resolve(RunFolder.CONFIG));
    var seen = new ArrayList<StepExplanation>();
    UnaryOperator<Trainer> upTo =
        trainer ->
            trainer
                .withInspector(
                    new Inspector() {
                      @Override
                      public boolean wants(long at) {
                        return at == number;
                      }

                      @Override
                      public void inspect(StepView view) {
                        seen.add(StepExplanation.of(view));
                      }
                    })
                .withStopWhen(event ->
                    event instanceof TrainingEvent.StepEnded ended && ended.step() >= number);
    var own = ModelPlan.of(config);
    if (own.isPresent()) {
      own.get().fit(engine, Optional.empty(), upTo);
    } else {
      TrainPlan.of(config, Division.of(config.data(), config.seed(), download.places(call)))
          .fit(engine, Optional.empty(), upTo);
    }
    if (seen.isEmpty()) {
      throw Failure.usage(
          "--step %d: the training of %s has fewer steps".formatted(number, folder));
    }
    call.print(json(folder, seen.getFirst()), seen.getFirst() + "\n");
  }

  private static Map<String, @Nullable Object> json(Path folder, StepExplanation step) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("epoch", step.epoch());
    json.put("step", step.step());
    json.put("loss", step.loss());
    json.put("gradient_norm", step.gradientNorm());
    var stages = new ArrayList<Object>();
    for (var stage : step.stages()) {
      var each = new LinkedHashMap<String, Object>();
      each.put("stage", stage.stage());
      each.put("before", stage.before());
      each.put("after", stage.after());
      each.put("factor", stage.factor());
      each.put("cosine", stage.alignment());
      stages.add(each);
    }
    json.put("stages", stages);
    var notes = new ArrayList<Object>();
    for (var note : step.notes()) {
      var each = new LinkedHashMap<String, Object>();
      each.put("stage", note.stage());
      each.put("what", note.what());
      each.put("values", note.values());
      notes.add(each);
    }
    json.put("notes", notes);
    json.put("rate", step.rate().isPresent() ? step.rate().getAsDouble() : null);
    var weights = new ArrayList<Object>();
    for (var moved : step.weights()) {
      var each = new LinkedHashMap<String, Object>();
      each.put("name", moved.name());
      each.put("gradient_norm", moved.gradientNorm());
      each.put("update_norm", moved.updateNorm());
      each.put("effective_rate", moved.effectiveRate());
      each.put("ratio", moved.ratio());
      weights.add(each);
    }
    json.put("weights", weights);
    json.put("alignment", step.alignment().isPresent() ? step.alignment().getAsDouble() : null);
    json.put("descent", step.descent());
    json.put("still", step.still());
    json.put("noise_scale", step.noiseScale().isPresent() ? step.noiseScale().getAsDouble() : null);
    json.put("curvature", step.curvature().isPresent() ? step.curvature().getAsDouble() : null);
    json.put("edge", step.edge().isPresent() ? step.edge().getAsDouble() : null);
    json.put("warning", step.warning().orElse(null));
    return json;
  }

  private void prediction(Call call, Path folder) {
    var kind = RunKind.of(folder);
    if (kind != RunKind.ROWS) {
      throw Failure.working(
          "%s: has a model of %s; expected one with an answer a row; --step tells of its training"
              .formatted(folder, kind));
    }
    var model = FittedModel.load(folder);
    var one = text == null ? row(call, folder, model) : ofText(folder, model, text);
    var explained = new ExplainedRow(model, one.x(), one.texts());
    var data = one.data();
    var importance =
        data == null || data.images().isPresent() || data.rows() < 2
            ? new LinkedHashMap<String, Double>()
            : Attribution.columnImportance(model, data, TIMES, call.options().seed);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("data", data == null ? null : data.name());
    json.put("row", data == null ? null : one.number());
    explained.addTo(json);
    json.put("truth", one.truth());
    if (!importance.isEmpty()) {
      json.put("columns", List.copyOf(importance.keySet()));
      json.put("permutation_importance", List.copyOf(importance.values()));
    }
    var truth = one.truth() == null ? "" : ", truth " + one.truth();
    var table = new Table();
    if (data != null) {
      table.row("data", "%s, row %d of %d".formatted(data.name(), one.number(), data.rows()));
    }
    table.row("prediction", explained.said() + truth).row("sum", explained.sum());
    if (out != null) {
      var title = data == null ? folder + ", a text" : folder + ", row " + one.number();
      var page = explained.page(title, truth, data, one.number() - 1, importance);
      AtomicFile.write(out, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
      json.put("page", out.toString());
    }
    call.print(
        json,
        table
            + "\n"
            + explained.table()
            + (importance.isEmpty()
                ? ""
                : "\n"
                    + ExplainedRow.table(
                        importance, model.preprocessing().task() == Task.CLASSIFICATION)));
  }

  /// A row to explain.
  ///
  /// @param x its features as they came
  /// @param texts by their columns, where it has some
  /// @param data the rows that it is one of
  /// @param number of it among them, from 1
  /// @param truth the class or the number, where it is known
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record One(
      double[] x,
      Map<String, String> texts,
      @Nullable Dataset data,
      int number,
      @Nullable Object truth) {}

  private static One ofText(Path folder, FittedModel model, String given) {
    if (given.isBlank()) {
      throw Failure.usage("--text: expected a text, found an empty one");
    }
    var column = PredictCommand.onlyText(folder, model);
    var x = new double[model.preprocessing().features()];
    var texts = Map.of(column, given);
    new RowEncoder(model.preprocessing().encoding()).encode(texts, x);
    return new One(x, texts, null, 1, null);
  }

  private One row(Call call, Path folder, FittedModel model) {
    var number = row == null ? 1 : row;
    var encoding = model.preprocessing().encoding();
    var file = input;
    Dataset data;
    Map<String, String> texts;
    if (file == null) {
      var config = RunConfig.read(folder.resolve(RunFolder.CONFIG));
      var rows = EvaluateCommand.ownTest(call, download.places(call), config, folder);
      data = rows.by(encoding);
      check(number, data);
      texts = rows.texts(number - 1);
    } else {
      data = known(() -> model.read(file));
      check(number, data);
      texts = texts(model, file, data, number - 1);
    }
    var features = data.row(number - 1);
    var x = IntStream.range(0, features.length).mapToDouble(i -> features[i]).toArray();
    Object truth =
        data.task() == Task.CLASSIFICATION
            ? data.classNames().get(data.labels()[number - 1])
            : data.targets()[number - 1];
    return new One(x, texts, data, number, truth);
  }

  private static void check(int number, Dataset data) {
    if (number > data.rows()) {
      throw Failure.usage(
          "--row %d: expected at most %d, the rows of %s"
              .formatted(number, data.rows(), data.name()));
    }
  }

  /// The texts of a row of a file, or of a folder of texts.
  private static Map<String, String> texts(FittedModel model, Path file, Dataset data, int row) {
    var texts = new LinkedHashMap<String, String>();
    var encoding = model.preprocessing().encoding();
    for (var column : encoding.columns()) {
      if (!(column instanceof ColumnEncoding.OfText text)) {
        continue;
      }
      if (Files.isDirectory(file)) {
        var table = Datasets.texts(file, text.form());
        texts.put(column.name(), table.text(table.textNames().getFirst(), row));
        continue;
      }
      var table = CsvTable.read(file);
      var target = table.hasHeader() ? table.column(encoding.target()) : encoding.targetPlace();
      // Rows without an answer are none of the data's.
      var there =
          IntStream.range(0, table.rows()).filter(i -> !table.isMissing(i, target)).toArray();
      if (there.length != data.rows()) {
        throw Failure.working(
            "%s: expected %d rows with '%s', found %d"
                .formatted(file, data.rows(), encoding.target(), there.length));
      }
      var place = table.hasHeader() ? table.column(column.name()) : column.place();
      texts.put(column.name(), table.text(there[row], place));
    }
    return texts;
  }
}
