package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.data.DataException;
import dev.thalweg.formats.FormatException;
import dev.thalweg.train.DivergedException;
import dev.thalweg.train.RunException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ParameterException;

/// The `thalweg` command. The only place of the project that ends the JVM.
public final class Thalweg {

  private Thalweg() {}

  /// Runs the command and ends the JVM with its exit code: 0 done, 1 failed while working, 2 the
  /// command was wrong, 130 interrupted.
  public static void main(String[] arguments) {
    System.setErr(StandardError.stream(System::getProperty));
    var out =
        new PrintStream(new StandardOutput(new FileOutputStream(FileDescriptor.out)), false, UTF_8);
    var surroundings =
        new Surroundings(
            System.in,
            out,
            System.err,
            StandardError.screen(System::getProperty, System::getenv),
            System::getenv);
    var code = run(surroundings, arguments);
    if (out.checkError() && code == 0) {
      System.err.print("thalweg: standard output could not be written\n");
      code = Failure.WORKING;
    }
    System.exit(code);
  }

  /// Runs the command within the JVM.
  ///
  /// @return the exit code
  static int run(Surroundings surroundings, String... arguments) {
    var debug = Arrays.asList(arguments).contains("--debug");
    try {
      dispatch(surroundings, arguments);
      return 0;
    } catch (Failure failure) {
      return complain(surroundings, failure.sentence(), failure, debug, failure.exitCode());
    } catch (RunException | DivergedException | DataException | FormatException failure) {
      // Thrown with a sentence for the user.
      var sentence = String.valueOf(failure.getMessage());
      return complain(surroundings, sentence, failure, debug, Failure.WORKING);
    } catch (UncheckedIOException failure) {
      return complain(surroundings, sentence(failure), failure, debug, Failure.WORKING);
    } catch (OutOfMemoryError error) {
      if (String.valueOf(error.getMessage()).contains("native thread")) {
        var sentence =
            "no thread can be started: there are too many processes or too little memory for one"
                + " more; --threads 1 needs fewest";
        return complain(surroundings, sentence, error, debug, Failure.WORKING);
      }
      var heap = Runtime.getRuntime().maxMemory() >> 20;
      var sentence =
          "the heap of " + heap + " MiB is full; THALWEG_JAVA_OPTIONS=-Xmx8g gives it 8 GiB";
      return complain(surroundings, sentence, error, debug, Failure.WORKING);
    } catch (RuntimeException | Error mistake) {
      var sentence =
          "this is a mistake in Thalweg, not in the command: "
              + mistake
              + " (--debug shows where it happened)";
      return complain(surroundings, sentence, mistake, debug, Failure.WORKING);
    } finally {
      surroundings.out().flush();
      surroundings.err().flush();
    }
  }

  /// The message; where nobody gave it one of its own, that of its cause, without a class name.
  private static String sentence(UncheckedIOException failure) {
    var message = String.valueOf(failure.getMessage());
    var cause = failure.getCause();
    return cause != null && message.equals(cause.toString())
        ? String.valueOf(cause.getMessage())
        : message;
  }

  private static void dispatch(Surroundings surroundings, String[] arguments) {
    var commandLine =
        ThalwegCommand.withWhatIsAsked(arguments)
            .setExpandAtFiles(false)
            .setPosixClusteredShortOptionsAllowed(false);
    ThalwegCommand root = commandLine.getCommand();
    commandLine
        .getSubcommands()
        .forEach((name, command) ->
            command
                .getCommandSpec()
                .parser()
                // A function may begin with a minus.
                .unmatchedOptionsArePositionalParams(name.equals("minimize")));
    try {
      var parsed = commandLine.parseArgs(arguments);
      var leaf = parsed;
      while (leaf.hasSubcommand()) {
        leaf = leaf.subcommand();
      }
      var command = leaf.commandSpec().userObject();
      if (root.options.version) {
        surroundings.out().print("thalweg " + version() + "\n");
      } else if (!root.options.help && command instanceof Command work) {
        work.run(new Call(surroundings, root.options));
      } else {
        var help = Help.text(leaf.commandSpec().commandLine(), surroundings.screen());
        surroundings.out().print(help);
      }
    } catch (ParameterException wrong) {
      throw Failure.usage(Complaint.sentence(wrong, List.of(arguments)), wrong);
    }
  }

  private static int complain(
      Surroundings surroundings, String said, Throwable failure, boolean debug, int exitCode) {
    if (exitCode == Failure.INTERRUPTED || Interrupt.isEnding()) {
      return Failure.INTERRUPTED;
    }
    var exhausted = OpenFiles.exhausted(failure);
    var sentence = exhausted ? OpenFiles.SENTENCE : Shown.sentence(CommandWords.of(said));
    surroundings.err().print("thalweg: " + sentence + "\n");
    if (debug) {
      failure.printStackTrace(surroundings.err());
    }
    return exhausted ? Failure.WORKING : exitCode;
  }

  /// The version of this build.
  static String version() {
    var descriptor = Thalweg.class.getModule().getDescriptor();
    return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
  }
}
