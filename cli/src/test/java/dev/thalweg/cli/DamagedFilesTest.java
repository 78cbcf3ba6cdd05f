package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// IDX and gzip files that are cut or changed: one sentence that names the file, and nothing is
/// written.
class DamagedFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          cut gzip => damaged gzip: it is truncated
          cut in the first bytes => damaged gzip: it is truncated
          changed gzip => damaged gzip: …
          gzip without its checksum => damaged gzip: …
          empty => expected an IDX file, which begins with two bytes 0, a type and a number of dimensions, found an empty file
          text => expected an IDX file, which begins with two bytes 0, a type and a number of dimensions, found 3c 68 74 6d
          unknown type => expected an IDX file of type 0x08, 0x09, 0x0b, 0x0c, 0x0d or 0x0e, found 0x07
          cut in the dimensions => expected 3 dimensions, found the end of the file
          cut => expected 7,840 bytes for 10 × 28 × 28 of type unsigned byte, found 7,824: it is truncated
          too long => expected 7,840 bytes for 10 × 28 × 28 of type unsigned byte, found more
          too few => expected an array of 60000 × 28 × 28, found 10 × 28 × 28
          huge => expected at most 2,147,483,639 bytes, found 2147483647 × 28 × 28 of type unsigned byte
          """)
  void ofADataSet(String damage, String sentence) throws IOException {
    var images = folder.resolve("train-images-idx3-ubyte.gz");
    Files.write(images, damaged(damage));
    for (var name :
        List.of("train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")) {
      Files.write(folder.resolve(name), new byte[0]);
    }
    var run = folder.resolve("run");
    var outcome =
        Outcome.of(
            "train", "fashion-mnist", "--folder", folder.toString(), "--out", run.toString());
    expect(outcome, images + ": " + sentence);
    assertThat(run).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  private static byte[] damaged(String damage) throws IOException {
    var whole = images();
    var packed = packed(whole);
    return switch (damage) {
      case "cut gzip" -> Arrays.copyOf(packed, packed.length / 2);
      case "cut in the first bytes" -> Arrays.copyOf(packed, 2);
      case "changed gzip" -> {
        packed[packed.length / 2] ^= 0x40;
        yield packed;
      }
      case "gzip without its checksum" -> {
        Arrays.fill(packed, packed.length - 8, packed.length, (byte) 0);
        yield packed;
      }
      case "empty" -> new byte[0];
      case "text" -> "<html><body>404</body></html>".getBytes(UTF_8);
      case "unknown type" -> {
        whole[2] = 7;
        yield packed(whole);
      }
      case "cut in the dimensions" -> Arrays.copyOf(whole, 9);
      case "cut" -> Arrays.copyOf(whole, whole.length - 16);
      case "too long" -> packed(Arrays.copyOf(whole, whole.length + 1));
      case "too few" -> packed;
      case "huge" -> {
        ByteBuffer.wrap(whole).putInt(4, Integer.MAX_VALUE);
        yield packed(whole);
      }
      default -> throw new AssertionError(damage);
    };
  }

  /// Ten images, no two lines of which are the same.
  private static byte[] images() {
    var bytes = ByteBuffer.allocate(16 + 7840).putInt(0x803).putInt(10).putInt(28).putInt(28);
    for (var i = 0; i < 7840; i++) {
      bytes.put((byte) (i * 37 + i / 28));
    }
    return bytes.array();
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void ofATable() throws IOException {
    var text = new StringBuilder("a,b\n");
    for (var i = 0; i < 500; i++) {
      text.append(i * 37 % 101).append(',').append(i * 0.25).append('\n');
    }
    var whole = packed(text.toString().getBytes(UTF_8));
    var file = folder.resolve("table.csv.gz");
    var run = folder.resolve("run");
    var output = folder.resolve("out.csv");
    Files.write(file, whole);
    var train =
        List.of("train", file + "", "--target", "b", "--epochs", "1", "--out", run + "", "--quiet");
    assertThat(Outcome.of(train.toArray(String[]::new)).exitCode()).isZero();
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    var sentence = file + ": damaged gzip: it is truncated";
    expect(Outcome.of("evaluate", run + "", "--data", file + ""), sentence);
    expect(Outcome.of("data", file + ""), sentence);
    var predict = List.of("predict", run + "", "--input", file + "", "--output", output + "");
    expect(Outcome.of(predict.toArray(String[]::new)), sentence);
    assertThat(output).doesNotExist();
    // The run that was there before stays as it was.
    var model = Files.readString(run.resolve("model.json"));
    expect(Outcome.of(train.toArray(String[]::new)), sentence);
    assertThat(run.resolve("model.json")).hasContent(model);
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  private static void expect(Outcome outcome, String sentence) {
    if (sentence.endsWith("…")) {
      assertThat(outcome.err())
          .startsWith("thalweg: " + sentence.substring(0, sentence.length() - 1))
          .doesNotContain("null")
          .hasLineCount(1);
    } else {
      assertThat(outcome.err()).isEqualTo("thalweg: " + sentence + "\n");
    }
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(1);
  }
}
