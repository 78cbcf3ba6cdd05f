package dev.thalweg.cli;

import dev.thalweg.data.CsvTable;
import dev.thalweg.train.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fine-tune`: trains the model of a run on other data, from its weights. It is `train --from RUN`
/// with the model of the run, which is what the configuration of its own run says.
@CommandLine.Command(
    name = "fine-tune",
    sortOptions = false,
    description = "Trains the model of a run on other data, from its weights.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg fine-tune RUN --data DATA [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg fine-tune runs/mnist-1 --data photos/ --freeze 'conv*' --lr 1e-4")
final class FineTuneCommand implements Command {

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      order = 0,
      description = "The same as DATA: what it is trained on now.")
  @Nullable String data;

  @Mixin FreezeOption freeze = new FreezeOption();

  @Mixin TrainOptions options = new TrainOptions();

  @Mixin OutOptions out = new OutOptions();

  @Mixin FollowOptions follow = new FollowOptions();

  @Mixin DownloadOption download = new DownloadOption();

  @Override
  public void run(Call call) {
    var engine = call.engine();
    engine.run(() -> training(call).run(call, engine));
  }

  private TrainRun training(Call call) {
    var from = EvaluateCommand.given(run);
    if (data != null && options.data != null) {
      throw Failure.usage(
          "--data %s: expected one place, found %s, too".formatted(data, options.data));
    }
    if (data == null && options.data == null) {
      throw Failure.usage("fine-tune: expected --data DATA, what it is trained on now");
    }
    options.data = data == null ? options.data : data;
    var start = freeze.from(from).orElseThrow();
    start.refuseAsPlace(out.run);
    if (options.model == null) {
      options.model = start.model().toString();
    }
    readAsBefore(from.resolve(RunFolder.CONFIG), Path.of(options.data));
    var config = options.config(call.options().seed).withStart(start);
    return new TrainRun(
        config,
        new GridOptions(),
        follow,
        download.places(call),
        out.place(config.data().title()),
        false,
        out.picture(),
        false);
  }

  /// Of a table: the columns that are predicted, left out and weighted by, as in the run unless
  /// they are said, where the table has them.
  private void readAsBefore(Path config, Path table) {
    if (!Files.isRegularFile(config) || !Files.isRegularFile(table)) {
      return;
    }
    var before = RunConfig.read(config).data();
    if (before.target().isEmpty()) {
      return;
    }
    var names = CsvTable.names(table, options.csv.format());
    if (options.target == null) {
      options.target = before.target().filter(names::contains).orElse(null);
    }
    if (options.ignored == null) {
      options.ignored = before.ignored().stream().filter(names::contains).toList();
    }
    if (options.weight == null) {
      options.weight = before.weight().filter(names::contains).orElse(null);
    }
  }
}
