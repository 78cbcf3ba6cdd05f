package dev.thalweg.cli;

import dev.thalweg.train.Checkpoint;
import dev.thalweg.train.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `resume`: goes on with a training that was saved, to the same bytes as if it had never stopped.
@CommandLine.Command(
    name = "resume",
    sortOptions = false,
    description = "Goes on with a training that was saved.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg resume RUN [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {"  ./thalweg resume runs/digits-1", "  ./thalweg resume runs/digits-1 --epochs 40"})
final class ResumeCommand implements Command {

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder of a training that was interrupted, or saved on its way.")
  @Nullable Path run;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      order = 1,
      converter = Values.Count.class,
      description = "At most so many epochs in all. Default: as many as it was begun with.")
  @Nullable Integer epochs;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N|TIME",
      order = 2,
      converter = Values.CheckpointInterval.class,
      description = "Save it after so many steps, or such a time. Default: as before.")
  @Nullable CheckpointEvery checkpointEvery;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      order = 3,
      converter = Values.PathText.class,
      description = "A picture (PNG) of the whole training, as 'train' draws it.")
  @Nullable Path plot;

  @Mixin FollowOptions follow = new FollowOptions();

  @Mixin DownloadOption download = new DownloadOption();

  @Override
  public void run(Call call) {
    var engine = call.engine();
    engine.run(() -> training(call).run(call, engine));
  }

  private TrainRun training(Call call) {
    var folder = EvaluateCommand.given(run);
    var checkpoint = newest(folder);
    var text = checkpoint.notes().get(RunPlace.CONFIG_NOTE);
    if (text == null) {
      throw Failure.working(
          checkpoint.file()
              + ": was saved by a program of its own, not by 'thalweg train'; Trainer.resume goes"
              + " on from it");
    }
    var before = RunConfig.parse(checkpoint.file().toString(), text);
    var longer = epochs == null ? before : before.withEpochs(epochs);
    return new TrainRun(
        checkpointEvery == null ? longer : longer.withCheckpointEvery(checkpointEvery),
        new GridOptions(),
        follow,
        download.places(call),
        (work, note) -> RunPlace.at(folder, work, note),
        true,
        Optional.ofNullable(plot).map(PlotFile::at),
        false);
  }

  private static Checkpoint newest(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Failure.working(folder + ": no such run folder");
    }
    return Checkpoint.newest(folder.resolve(RunFolder.CHECKPOINTS))
        .orElseThrow(() ->
            Failure.working(
                folder
                    + ": holds no checkpoint to go on from; 'thalweg train --checkpoint-every"
                    + " 30s' and an interrupt leave one"));
  }
}
