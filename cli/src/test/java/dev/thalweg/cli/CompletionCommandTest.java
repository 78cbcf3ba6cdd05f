package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `completion`: the script is read by the shell that it is for, and asked as Tab asks it.
class CompletionCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tr             | train trajectory
          train --opti   | --optimizer
          train --pl     | --plot --plot-memory
          train bre      | breast-cancer
          train --model l | lenet linear logistic lstm
          train --optimizer torch.AdamW | torch.AdamW
          train --sampling | replacement shuffle
          train --provider s | scalar simd
          train --format | json text
          help mini      | minimize
          optimizers adamw | adamw
          data ir        | iris
          data ta        | table.csv
          train ta       | table.csv
          train --config ta | table.csv
          evaluate ta    | table.csv
          train --header | no yes
          completion     | bash zsh
          """)
  void bashCompletes(String typed, String words) throws Exception {
    var bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "bash is not here");
    var parts = typed.strip().split(" ", -1);
    var last =
        List.of("--sampling", "--format", "--header", "completion")
            .contains(parts[parts.length - 1]);
    var array = "thalweg " + typed.strip() + (last ? " ''" : "");
    var index = parts.length - 1 + (last ? 2 : 1);
    Files.createFile(folder.resolve("table.csv"));
    var out = completed(array, index);
    var found = out.lines().map(String::strip).filter(line -> !line.isEmpty()).sorted().distinct();
    assertThat(String.join(" ", found.toList())).as(typed).isEqualTo(words.strip());
  }

  private String completed(String words, int index) throws Exception {
    return shell(
        "bash",
        """
        source %s
        compopt() { :; } # works only after Tab
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        COMP_LINE="${COMP_WORDS[*]}"
        COMPREPLY=()
        _complete_thalweg
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script("bash"), words, index));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "predict", "train", "data"})
  void theNameOfAFileIsNotRun(String command) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not here");
    var name = "mine$(touch run-by-name) `touch run-by-name` 'a' \"b\"";
    Files.createFile(folder.resolve(name));
    assertThat(completed("thalweg " + command + " mine", 2)).isEqualTo(name + "\n");
    assertThat(folder.resolve("run-by-name")).doesNotExist();
  }

  @Test
  void zshReadsTheScript() throws Exception {
    var zsh = List.of(Path.of("/bin/zsh"), Path.of("/usr/bin/zsh"));
    assumeTrue(zsh.stream().anyMatch(Files::isExecutable), "zsh is not here");
    var out = shell("zsh", "source " + script("zsh") + " && whence -w _complete_thalweg");
    assertThat(out).contains("function");
  }

  @Test
  void anotherShellIsRefused() {
    var outcome = Outcome.of("completion", "fish");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("thalweg: bash|zsh fish: expected bash or zsh");
    assertThat(Outcome.of("completion").err())
        .isEqualTo("thalweg: completion: expected bash|zsh, found none\n");
  }

  private Path script(String shell) throws IOException {
    var outcome = Outcome.of("completion", shell);
    assertThat(outcome.exitCode()).isZero();
    return Files.writeString(folder.resolve("completion"), outcome.out());
  }

  private String shell(String shell, String commands) throws Exception {
    var process =
        new ProcessBuilder(shell, "-c", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
