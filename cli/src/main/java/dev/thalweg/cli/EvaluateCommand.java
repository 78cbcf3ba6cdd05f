package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    customSynopsis = "thalweg evaluate RUN [--data FILE]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg evaluate runs/digits-1")
final class EvaluateCommand implements Command {

  @Parameters(
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      order = 1,
      converter = Values.PathText.class,
      description =
          "A CSV file with the model's features and what is to be predicted. Default: the rows that"
              + " the run kept for its test.")
  @Nullable Path file;

  @Mixin CsvOptions csv = new CsvOptions();

  @Override
  public void run(Call call) {
    call.engine().run(() -> evaluate(call));
  }

  private void evaluate(Call call) {
    var folder = given(run);
    var model = FittedModel.load(folder);
    var data = file == null ? ownTest(call, model, folder) : read(call, model, file);
    var evaluation = model.evaluate(data);
    var json = new LinkedHashMap<String, Object>();
    json.put("run", folder.toString());
    json.put("data", data.name());
    json.put("rows", evaluation.rows());
    json.putAll(Metrics.json("", evaluation));
    var table =
        new Table()
            .row("run", folder.toString())
            .row("data", data.toString() + (file == null ? " (the run's test part)" : ""));
    Metrics.rows(table, "", evaluation);
    call.print(json, table + Metrics.details(evaluation));
  }

  private Dataset read(Call call, FittedModel model, Path file) {
    var encoded = model.preprocessing().encoding().read(file, csv.format());
    encoded.report().notes().forEach(note -> call.note(file + ": " + note));
    return encoded.data();
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
        .orElseThrow(() ->
            Failure.usage("evaluate: --data FILE is needed, " + run + " kept no rows for a test"))
        .by(model.preprocessing().encoding());
  }
}
