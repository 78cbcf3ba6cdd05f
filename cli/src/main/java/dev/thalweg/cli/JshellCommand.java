package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/// `jshell`: Java with Thalweg imported. The launcher opens the JDK's own JShell on a terminal;
/// this class takes over where the input is a file or a pipe.
@CommandLine.Command(
    name = "jshell",
    sortOptions = false,
    description = {
      "Opens JShell with Thalweg imported; runs what comes through a pipe and prints its values.",
      "",
      "On a terminal, further arguments go to the JDK's jshell."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg jshell",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg jshell <<< 'Tensor.of(1, 2, 3).square().sum()'")
final class JshellCommand implements Command {

  @Override
  public void run(Call call) {
    if (call.options().format != Format.TEXT) {
      throw Failure.usage("--format json: jshell prints values as Java shows them");
    }
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw Failure.working(
          "jshell: needs the module jdk.jshell, which the launcher gives to 'thalweg jshell'");
    }
    try (var snippets = new Snippets(call.surroundings().out())) {
      snippets.run(new String(call.surroundings().in().readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
