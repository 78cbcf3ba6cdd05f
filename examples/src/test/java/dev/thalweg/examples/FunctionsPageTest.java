package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/functions.md` is what each method does with the rate that stands there.
class FunctionsPageTest {
  @Test
  void thePageIsWhatTheMethodsDo() throws IOException {
    String page = Files.readString(Path.of("../docs/functions.md"));
    assertThat(ClassicFunctions.page(ClassicFunctions.read(page))).isEqualTo(page);
  }
}
