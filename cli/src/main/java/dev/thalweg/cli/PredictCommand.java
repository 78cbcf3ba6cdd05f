package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.data.CsvTable;
import dev.thalweg.formats.AtomicFile;
import dev.thalweg.train.FittedModel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `predict`: what the model of a run folder says of new rows, as CSV.
@CommandLine.Command(
    name = "predict",
    sortOptions = false,
    description = "Predicts from the rows of a CSV file.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg predict RUN --input FILE [--output FILE]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg predict runs/iris-1 --input flowers.csv --output classes.csv")
final class PredictCommand implements Command {

  @Parameters(
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      order = 1,
      converter = Values.PathText.class,
      description =
          "A CSV file with the model's features; columns are found by name if it has a header.")
  @Nullable Path input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      order = 2,
      converter = Values.PathText.class,
      description =
          "Where the predictions go, as CSV: 'prediction', and the probability of each class."
              + " Default: standard output.")
  @Nullable Path output;

  @Override
  public void run(Call call) {
    call.engine().run(() -> predict(call));
  }

  private void predict(Call call) {
    if (input == null) {
      throw Failure.usage("predict: expected --input FILE, found none");
    }
    var model = FittedModel.load(EvaluateCommand.given(run));
    var table = CsvTable.read(input);
    var predictions =
        new Predictions(
            model.classNames(),
            model.predictRows(table.features(model.preprocessing().featureNames())));
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("rows", table.rows());
    json.put("output", output == null ? null : output.toString());
    if (output != null) {
      AtomicFile.write(output, to -> write(predictions, to));
      call.print(json, predictions.rows() + " rows predicted, see " + output + "\n");
    } else if (call.options().format == Format.JSON) {
      json.put("predictions", predictions.json());
      call.print(json, "");
    } else {
      try {
        write(predictions, call.surroundings().out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Leaves the stream open.
  private static void write(Predictions predictions, OutputStream to) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(to, UTF_8), 1 << 16);
    predictions.writeCsv(writer);
    writer.flush();
  }
}
