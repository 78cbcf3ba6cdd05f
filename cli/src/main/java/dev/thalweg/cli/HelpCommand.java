package dev.thalweg.cli;

import dev.thalweg.kernels.Nearest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `help`, and `help COMMAND`, the same as `COMMAND --help`.
@CommandLine.Command(
    name = "help",
    sortOptions = false,
    description = "Explains a command.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg help [COMMAND]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg help doctor")
final class HelpCommand implements Command {

  @Spec @Nullable CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to explain.")
  @Nullable String command;

  @Override
  public void run(Call call) {
    if (spec == null) {
      throw new IllegalStateException("help: not parsed by a command line");
    }
    var all = spec.parent().commandLine();
    var asked = command == null ? all : all.getSubcommands().get(command);
    if (asked == null) {
      throw Failure.usage(
          Nearest.sentence("command", String.valueOf(command), all.getSubcommands().keySet()));
    }
    call.surroundings().out().print(Help.text(asked, call.surroundings().screen()));
  }
}
