package dev.thalweg.cli;

import dev.thalweg.data.CsvTable;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Task;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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

  @Override
  public void run(Call call) {
    call.engine().run(() -> evaluate(call));
  }

  private void evaluate(Call call) {
    var folder = given(run);
    var model = FittedModel.load(folder);
    var data = file == null ? ownTest(folder) : read(model, file);
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

  /// picocli has checked that it is there.
  static Path given(@Nullable Path run) {
    if (run == null) {
      throw new IllegalStateException("RUN: not parsed by a command line");
    }
    return run;
  }

  private static Dataset ownTest(Path run) {
    var file = run.resolve(RunFolder.CONFIG);
    var config = RunConfig.read(file);
    if (config.test() == 0) {
      throw Failure.usage("evaluate: --data FILE is needed, " + run + " kept no rows for a test");
    }
    try {
      return Datasets.named(config.data()).split(1 - config.test(), config.seed()).test();
    } catch (IllegalArgumentException e) {
      throw Failure.working(file + ": " + e.getMessage(), e);
    }
  }

  /// The column to predict is the one that is no feature.
  private static Dataset read(FittedModel model, Path file) {
    var table = CsvTable.read(file);
    var preprocessing = model.preprocessing();
    var features = preprocessing.featureNames();
    var others = table.columnNames().stream().filter(name -> !features.contains(name)).toList();
    if (table.hasHeader() && others.size() != 1) {
      throw Failure.working(
          file
              + ": expected one column beside the model's features, found "
              + (others.isEmpty() ? "none" : String.join(", ", others)));
    }
    var target = table.hasHeader() ? others.getFirst() : "target";
    return preprocessing.task() == Task.CLASSIFICATION
        ? table.classification(features, target, preprocessing.classNames())
        : table.regression(features, target);
  }
}
