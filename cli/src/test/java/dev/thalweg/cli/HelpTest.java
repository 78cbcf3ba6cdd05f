package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

  static Set<String> commands() {
    return ThalwegCommand.withAll().getSubcommands().keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfWithOneExample(String command) {
    var help = Outcome.of(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith("Usage: thalweg " + command)
        .containsOnlyOnce("Example:\n  ./thalweg ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandIsReadWithoutTheOthersAndHasTheNameThatItStates(String command) {
    var asked = ThalwegCommand.withWhatIsAsked(command, "--help").getSubcommands();
    if (!command.equals("help")) {
      assertThat(asked.keySet()).containsExactly(command);
    }
    var line = Objects.requireNonNull(asked.get(command));
    var stated = line.getCommand().getClass().getAnnotation(CommandLine.Command.class);
    assertThat(stated.name()).isEqualTo(command);
  }

  @Test
  void helpAndWhatIsNoCommandAreReadWithAllCommands() {
    for (var first : new String[] {"help", "--help", "trian", "--format"}) {
      assertThat(ThalwegCommand.withWhatIsAsked(first, "doctor").getSubcommands().keySet())
          .isEqualTo(commands());
    }
    assertThat(ThalwegCommand.withWhatIsAsked().getSubcommands().keySet()).isEqualTo(commands());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpAndTheOptionSayTheSame(String command) {
    assertThat(Outcome.of("help", command)).isEqualTo(Outcome.of(command, "--help"));
    assertThat(Outcome.of("--help", command)).isEqualTo(Outcome.of(command, "--help"));
  }

  @Test
  void theCommandAloneListsAllCommands() {
    var help = Outcome.of();
    assertThat(help.exitCode()).isZero();
    for (var command : commands()) {
      assertThat(help.out()).containsPattern("(?m)^  " + command + " +[A-Z].*$");
    }
    assertThat(help).isEqualTo(Outcome.of("--help"));
  }

  @Test
  void theVersionIsPrinted() {
    var outcome = Outcome.of("--version");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).matches("thalweg \\S+\n");
  }
}
