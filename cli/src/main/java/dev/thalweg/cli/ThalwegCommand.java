package dev.thalweg.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command by itself: without a subcommand it prints its help.
@Command(
    name = "thalweg",
    sortOptions = false,
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg COMMAND [ARGUMENT] [--option value]",
    descriptionHeading = "%n",
    description =
        "Trains models and minimises functions on the JVM, in pure Java, reproducible to the bit.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions of every command:%n",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      MinimizeCommand.class,
      TrajectoryCommand.class,
      OptimizersCommand.class,
      DataCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      JshellCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./thalweg train digits --epochs 10",
      "",
      "THALWEG_JAVA_OPTIONS is passed to the JVM, THALWEG_JAVA_HOME chooses the JDK."
    })
final class ThalwegCommand {

  @Mixin CommonOptions options = new CommonOptions();
}
