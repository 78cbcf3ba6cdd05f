package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Work grows with the input, or a sentence names the limit: what of it belongs to the command
/// alone.
class BoundsTest {

  @TempDir Path folder;

  @Test
  void aConfigurationOfMegabytesIsNotRead() throws IOException {
    var file = Files.writeString(folder.resolve("c.yaml"), "model: " + "x".repeat(1_000_000));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ConfigFile.read(file))
        .withMessageContaining("expected at most 1,000,000 bytes of options, found 1,000,007");
  }

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "needs /dev/zero")
  void aConfigurationWithoutAnEndIsNotRead() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ConfigFile.read(Path.of("/dev/zero")))
        .withMessageContaining("expected at most 1,000,000 bytes of options, found more");
  }

  /// A text that counts how often one of its characters is asked for.
  private static final class Counted implements CharSequence {
    private final String text;
    private long asked;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      asked++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Test
  void manyDigitsAreReadOnce() {
    var digits = "1".repeat(10_000);
    for (var text : new String[] {digits, digits + "." + digits, digits + "e" + digits}) {
      var counted = new Counted(text + "x");
      assertThat(Values.NUMBER.matcher(counted).matches()).isFalse();
      assertThat(counted.asked).isLessThan(2L * text.length());
    }
    assertThat(Values.number(digits + "x")).isNaN();
    assertThat(Values.number("0." + digits)).isEqualTo(1.0 / 9);
  }
}
