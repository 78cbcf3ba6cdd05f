package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
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
          "A CSV file with the model's features and what is to be predicted. Default: the rows that"
              + " the run kept for its test.")
  @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      order = 1,
      converter = Values.PathText.class,
      description = "The same as FILE.")
  @Nullable Path data;

  @Mixin CsvOptions csv = new CsvOptions();

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
    var model = FittedModel.load(folder);
    var judged = from == null ? onOwnTest(call, model, folder) : onFile(call, model, from);
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

  /// @param data what the rows are called
  private record Judged(String data, Evaluation evaluation) {}

  private static Judged onOwnTest(Call call, FittedModel model, Path folder) {
    var data = ownTest(call, model, folder);
    return new Judged(data.name(), model.evaluate(data));
  }

  /// A part of the file at a time.
  private Judged onFile(Call call, FittedModel model, Path file) {
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

  /// The rows that the run kept for its test, as the model wants them.
  private static Dataset ownTest(Call call, FittedModel model, Path run) {
    var file = run.resolve(RunFolder.CONFIG);
    var config = RunConfig.read(file);
    Division division;
    try {
      division = Division.of(config.data(), config.seed(), DataPlaces.standard());
    } catch (Failure wrong) {
      throw Failure.working(file + ": " + wrong.sentence(), wrong);
    }
    DataFile.changed(config.data(), division.train()).ifPresent(call::note);
    return division
        .test()
        .orElseThrow(
            () -> Failure.usage("evaluate: expected FILE, " + run + " kept no rows for a test"))
        .by(model.preprocessing().encoding());
  }
}
