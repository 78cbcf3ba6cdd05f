package dev.thalweg.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/// The command by itself: without a subcommand it prints its help.
@CommandLine.Command(
    name = "thalweg",
    sortOptions = false,
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg COMMAND [ARGUMENT] [--option value]",
    descriptionHeading = "%n",
    description =
        "Trains models and minimises functions on the JVM, in pure Java, reproducible to the bit.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions of every command:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./thalweg train digits --epochs 10",
      "",
      "THALWEG_JAVA_OPTIONS is passed to the JVM, THALWEG_JAVA_HOME chooses the JDK."
    })
final class ThalwegCommand {

  /// In the order in which the help lists them; each is named as its class, without `Command`:
  /// `lr-find` is `LrFindCommand`.
  private static final List<Class<? extends Command>> COMMANDS =
      List.of(
          TrainCommand.class,
          ResumeCommand.class,
          FineTuneCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          GenerateCommand.class,
          RecommendCommand.class,
          RunsCommand.class,
          ReportCommand.class,
          ExplainCommand.class,
          AverageCommand.class,
          LrFindCommand.class,
          MinimizeCommand.class,
          TrajectoryCommand.class,
          OptimizersCommand.class,
          LayersCommand.class,
          DataCommand.class,
          DoctorCommand.class,
          CompletionCommand.class,
          JshellCommand.class,
          HelpCommand.class);

  @Mixin CommonOptions options = new CommonOptions();

  /// A command line that has all commands.
  static CommandLine withAll() {
    return with(COMMANDS);
  }

  /// A command line for these arguments: with the command alone whose name comes first, where one
  /// does and it asks for no other, because a command is made of its annotations, which takes
  /// milliseconds of every start; else with all.
  static CommandLine withWhatIsAsked(String... arguments) {
    if (arguments.length > 0 && !arguments[0].equals(name(HelpCommand.class))) {
      for (var command : COMMANDS) {
        if (arguments[0].equals(name(command))) {
          return with(List.of(command));
        }
      }
    }
    return withAll();
  }

  private static CommandLine with(List<Class<? extends Command>> commands) {
    var line = new CommandLine(new ThalwegCommand());
    for (var command : commands) {
      line.addSubcommand(name(command), command);
    }
    return line;
  }

  private static String name(Class<? extends Command> command) {
    return command
        .getSimpleName()
        .replace("Command", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
