package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;

/// Whatever a configuration holds, reading it gives options or one sentence that names the file.
class ConfigFileFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void configuration(byte[] bytes) {
    try {
      var config = read("fuzz", new String(bytes, StandardCharsets.UTF_8));
      // What was read is written as it is read.
      assertThat(read("again", config.yaml())).isEqualTo(config);
    } catch (Failure documented) {
      assertThat(documented.sentence()).doesNotContain("\n").doesNotStartWith("again");
    }
  }

  private static RunConfig read(String source, String yaml) {
    var root = new ThalwegCommand();
    var train = Objects.requireNonNull(new CommandLine(root).getSubcommands().get("train"));
    ConfigFile.parse(source, yaml).fill(train.getCommandSpec(), option -> false);
    TrainCommand command = train.getCommand();
    return command.options.config(root.options.seed);
  }
}
