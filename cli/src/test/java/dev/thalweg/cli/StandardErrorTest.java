package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardErrorTest {

  private static final Map<String, String> TERMINAL = Map.of("thalweg.stderr.columns", "132");

  @Test
  void withoutTheLauncherNothingIsKnown() {
    assertThat(StandardError.screen(Map.<String, String>of()::get, Map.<String, String>of()::get))
        .isEqualTo(Screen.NONE);
  }

  @Test
  void aTerminalIsAsWideAsTheLauncherOrColumnsSay() {
    assertThat(screen(Map.of())).isEqualTo(new Screen(true, 132, true));
    assertThat(screen(Map.of("COLUMNS", "60"))).isEqualTo(new Screen(true, 60, true));
    assertThat(screen(Map.of("COLUMNS", "wide"))).isEqualTo(new Screen(true, 132, true));
  }

  @Test
  void noColorAndDumbTerminalsGetNoColours() {
    assertThat(screen(Map.of("NO_COLOR", "1")).colour()).isFalse();
    assertThat(screen(Map.of("TERM", "dumb")).colour()).isFalse();
    assertThat(screen(Map.of("NO_COLOR", "")).colour()).isTrue();
  }

  private static Screen screen(Map<String, String> environment) {
    return StandardError.screen(TERMINAL::get, environment::get);
  }
}
