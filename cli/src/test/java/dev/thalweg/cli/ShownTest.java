package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a user sees: messages that do nothing to a screen, and an end where nobody looks any more.
class ShownTest {

  @TempDir Path folder;

  @Test
  void controlCharactersAreEscapedInMessages() {
    for (var name :
        new String[] {"red\u001b[31m", "back\rto the start", "two\nlines", "\u202egnp"}) {
      var escaped =
          "\\u%04x"
              .formatted(name.chars().filter(c -> c < 32 || c > 127).findFirst().orElseThrow());
      for (var outcome :
          new Outcome[] {
            Outcome.of("evaluate", name),
            Outcome.of("train", name),
            Outcome.of("predict", folder.toString(), "--input", name, "--" + name),
            Outcome.of(name)
          }) {
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).contains(escaped).doesNotContain(name);
      }
      assertThat(Outcome.of("train", "iris", "--model", name).err()).doesNotContain(name);
    }
  }

  @Test
  void namesOfColumnsAreEscapedInReports() throws IOException {
    var file = folder.resolve("t.csv");
    Files.writeString(file, "a\u202e,y\n" + "1,2.5\n2,3.5\n3,1.5\n4,0.5\n".repeat(4));
    var outcome =
        Outcome.of(
            "train",
            file.toString(),
            "--target",
            "y",
            "--epochs",
            "1",
            "--quiet",
            "--out",
            folder.resolve("run").toString());
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("a\\u202e").doesNotContain("\u202e");
  }

  @Test
  void noMessageIsLongerThanAScreen() {
    assertThat(Outcome.of("evaluate", "x".repeat(100_000)).err())
        .hasSizeLessThan(1800)
        .contains("…");
    assertThat(Outcome.of("train", "iris", "--model", "\u001b".repeat(50_000)).err())
        .hasSizeLessThan(3600);
  }

  @Test
  void aFormulaKeepsItsCaret() {
    assertThat(Outcome.of("minimize", "x^2 + ?", "--start", "x=1").err())
        .endsWith("\n  x^2 + ?\n        ^\n");
  }

  /// The input has no end, so that only the broken pipe can end the work.
  @Test
  @Timeout(60)
  void aBrokenPipeStopsTheWork() {
    var run = folder.resolve("run");
    assertThat(
            Outcome.of("train", "iris", "--epochs", "1", "--quiet", "--out", run.toString())
                .exitCode())
        .isZero();
    var endless =
        new InputStream() {
          private final byte[] row = "5.1,3.5,1.4,0.2\n".getBytes(UTF_8);
          private int at;

          @Override
          public int read() {
            return row[at++ % row.length];
          }

          @Override
          public int read(byte[] to, int from, int count) {
            for (var i = 0; i < count; i++) {
              to[from + i] = (byte) read();
            }
            return count;
          }
        };
    var closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var err = new ByteArrayOutputStream();
    var code =
        Thalweg.run(
            new Surroundings(
                endless,
                new PrintStream(new StandardOutput(closed), false, UTF_8),
                new PrintStream(err, false, UTF_8),
                Screen.NONE,
                name -> null),
            "predict",
            run.toString(),
            "--input",
            "-",
            "--header",
            "no");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("thalweg: standard output could not be written: Broken pipe\n");
  }
}
