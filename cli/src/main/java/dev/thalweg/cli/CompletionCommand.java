package dev.thalweg.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `completion`: the script by which a shell completes commands, options and known names after the
/// Tab key.
@CommandLine.Command(
    name = "completion",
    sortOptions = false,
    description = {
      "Prints the script by which bash or zsh completes commands, options and names.",
      "",
      "In ~/.bashrc or ~/.zshrc: source <(/path/to/thalweg completion bash)"
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg completion bash|zsh",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg completion bash >~/.thalweg.bash; source ~/.thalweg.bash")
final class CompletionCommand implements Command {

  /// zsh has no completion before this, and the script is for bash's kind of it.
  private static final String ZSH_FIRST =
      """
      autoload -U +X compinit && compinit -u
      autoload -U +X bashcompinit && bashcompinit
      """;

  @Parameters(
      arity = "1",
      paramLabel = "bash|zsh",
      converter = Values.ShellName.class,
      description = "The shell that is to read the script.")
  @Nullable String shell;

  @Override
  public void run(Call call) {
    var commands = ThalwegCommand.withAll();
    CompletionNames.addTo(commands.getCommandSpec());
    var script = withFiles(AutoComplete.bash("thalweg", commands));
    call.surroundings().out().print("zsh".equals(shell) ? ZSH_FIRST + script : script);
  }

  /// picocli has the names of files expanded as words of a command line, so that one which holds
  /// `$(…)` is run; and where names of data sets are expected, it completes no files.
  private static String withFiles(String script) {
    var harmless =
        replaced(
            script,
            """
                  positionals=$( compgen -f -- "${curr_word}" ) # files
            """,
            """
                  COMPREPLY=( $( compgen -f -- "${curr_word}" ) )
                  return
            """);
    return replaced(
        harmless,
        """
              positionals=$( compReplyArray "${DATA_pos_param_args[@]}" )
        """,
        """
              local IFS=$'\\n'
              type compopt &>/dev/null && compopt -o filenames
              COMPREPLY=(
                $( compReplyArray "${DATA_pos_param_args[@]}" ) $( compgen -f -- "${curr_word}" ) )
              return
        """);
  }

  private static String replaced(String script, String lines, String by) {
    if (!script.contains(lines)) {
      throw new IllegalStateException("picocli's script has no longer: " + lines.strip());
    }
    return script.replace(lines, by);
  }
}
