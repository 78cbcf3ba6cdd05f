package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;

/// Whatever a configuration holds, reading it gives options or one sentence that names the file.
class ConfigFileFuzzTest {

  private final CommandLine line = ThalwegCommand.withWhatIsAsked("train");
  private final ThalwegCommand root = line.getCommand();
  private final CommandLine train = Objects.requireNonNull(line.getSubcommands().get("train"));

  @FuzzTest(maxDuration = "4s")
  void configuration(byte[] bytes) throws Exception {
    try {
      var config = read("fuzz", new String(bytes, StandardCharsets.UTF_8));
      // What was read is written as it is read; the model is said then.
      assertThat(read("again", config.yaml())).isEqualTo(config.withModel(config.model()));
    } catch (Failure documented) {
      assertThat(documented.sentence()).doesNotContain("\n").doesNotStartWith("again");
    }
  }

  /// Puts all options back first: to make the command anew takes a hundred times as long.
  private RunConfig read(String source, String yaml) throws Exception {
    for (var argument : train.getCommandSpec().args()) {
      argument.setter().set(argument.initialValue());
    }
    ConfigFile.parse(source, yaml).fill(train.getCommandSpec(), option -> false);
    TrainCommand command = train.getCommand();
    return command.options.config(root.options.seed);
  }
}
