package dev.thalweg.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

  @TempDir private Path folder = Path.of("");

  private static byte[] file(String header, int numbers) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] file = Arrays.copyOf(NpyReader.MAGIC, 10 + text.length + numbers);
    file[6] = 1;
    file[8] = (byte) text.length;
    file[9] = (byte) (text.length >> 8);
    System.arraycopy(text, 0, file, 10, text.length);
    return file;
  }

  private static byte[] described(String descr, String shape, int numbers) {
    return file(
        "{'descr': %s, 'fortran_order': False, 'shape': %s}".formatted(descr, shape), numbers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }   \n",
        "{\"shape\":(2),\"descr\":\">f8\",\"fortran_order\":True}",
        " { 'fortran_order' : False , 'shape' : ( 2 , ) , 'descr' : '<i8' } ",
      })
  void theHeaderIsReadHoweverPythonWritesIt(String header) {
    assertThat(Npy.parse(file(header, 16)).shape()).containsExactly(2);
  }

  @Test
  void longHeadersOfVersions2And3AreRead() {
    byte[] one = described("'<f4'", "(1,)", 4);
    for (byte version : new byte[] {2, 3}) {
      byte[] file = new byte[one.length + 2];
      System.arraycopy(one, 0, file, 0, 10);
      System.arraycopy(one, 10, file, 12, one.length - 10);
      file[6] = version;
      assertThat(Npy.parse(file)).isEqualTo(Npy.parse(one));
    }
  }

  static Stream<Arguments> bad() {
    byte[] whole = described("'<f8'", "(2,)", 16);
    byte[] version4 = whole.clone();
    version4[6] = 4;
    byte[] version2 = Arrays.copyOf(NpyReader.MAGIC, 10);
    version2[6] = 2;
    return Stream.of(
        arguments("no bytes", new byte[0], "not an npy file"),
        arguments(
            "a foreign file", "PK\3\4 something".getBytes(StandardCharsets.US_ASCII), "not an"),
        arguments("version 4", version4, "expected version 1.0, 2.0 or 3.0, found 4.0"),
        arguments("version 2 without a header", version2, "cut short in its header"),
        arguments("cut in the header", Arrays.copyOf(whole, 30), "cut short"),
        arguments(
            "cut in the numbers",
            Arrays.copyOf(whole, whole.length - 1),
            "expected 16 bytes for f8 of shape [2], found 15: cut short"),
        arguments(
            "a byte too many",
            Arrays.copyOf(whole, whole.length + 1),
            "expected 16 bytes for f8 of shape [2], found 17: too many"),
        arguments("an empty header", file("", 0), "expected '{' in the header, found the end"),
        arguments("an empty dictionary", file("{}", 0), "expected the entries descr"),
        arguments(
            "a missing entry",
            file("{'descr': '<f8', 'shape': ()}", 8),
            "expected the entries descr, fortran_order and shape"),
        arguments(
            "an entry twice",
            file("{'descr': '<f8', 'descr': '<f8'}", 0),
            "the entry 'descr' occurs twice"),
        arguments("an unknown entry", file("{'order': 'C'}", 0), "unknown entry 'order'"),
        arguments("text after it", file("{'shape': ()} x", 0), "expected the end of the header"),
        arguments("no comma", file("{'shape': () 'descr'", 0), "expected '}' in the header"),
        arguments("an open text", file("{'shape", 0), "expected a text in quotes"),
        arguments("an escape", file("{'sh\\x61pe': ()}", 0), "expected a text in quotes"),
        arguments("no type", described("''", "()", 0), "found descr ''"),
        arguments("no byte order", described("'f8'", "()", 8), "found descr 'f8'"),
        arguments("the machine's byte order", described("'=f8'", "()", 8), "found descr '=f8'"),
        arguments("two bytes without order", described("'|i2'", "()", 2), "found descr '|i2'"),
        arguments("an object", described("'|O'", "()", 8), "found descr '|O'"),
        arguments("a list", described("'<f8'", "[2]", 16), "expected '(' in the header"),
        arguments("a negative size", described("'<f8'", "(-2,)", 16), "expected a size"),
        arguments(
            "a size beyond int",
            described("'<f8'", "(2147483648,)", 16),
            "expected a size of at most 2147483647"),
        arguments(
            "a product beyond int",
            described("'<f8'", "(65536, 65536)", 16),
            "shape [65536, 65536]: expected at most 2147483647 numbers"),
        arguments("no comma in a shape", described("'<f8'", "(1 2)", 16), "expected ',' or ')'"),
        arguments(
            "too many dimensions",
            described("'<f8'", "(" + "1,".repeat(65) + ")", 8),
            "at most 64 dimensions"),
        arguments(
            "a word that is no truth",
            file("{'fortran_order': false}", 0),
            "expected True or False in the header, found 'f'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void aBadFileIsRefusedInOneSentence(String what, byte[] bytes, String sentence)
      throws IOException {
    assertThatThrownBy(() -> Npy.parse(bytes))
        .as(what)
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("npy: ")
        .hasMessageContaining(sentence);
    Path file = Files.write(folder.resolve("bad.npy"), bytes);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": npy: ");
  }

  @Test
  void everyTruncationOfAGoodFileIsRefused() {
    byte[] whole = Golden.bytes("f4.npy");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Npy.parse(cut))
          .as("%d bytes", length)
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void wholeNumbersThatNoDoubleEqualsAreRefusedAndTheirNeighboursRead() {
    byte[] signed = described("'>i8'", "()", 8);
    byte[] unsigned = described("'>u8'", "()", 8);
    for (long value : new long[] {1L << 53, (1L << 53) + 2, -(1L << 53), Long.MIN_VALUE, -1}) {
      put(signed, value);
      assertThat(Npy.parse(signed).doubles()).containsExactly((double) value);
    }
    for (long value : new long[] {(1L << 53) + 1, -(1L << 53) - 1, Long.MAX_VALUE}) {
      put(signed, value);
      assertThatThrownBy(() -> Npy.parse(signed)).hasMessageContaining(Long.toString(value));
    }
    put(unsigned, Long.MIN_VALUE);
    assertThat(Npy.parse(unsigned).doubles()).containsExactly(0x1p63);
    for (long value : new long[] {-1, Long.MIN_VALUE + 1024, Long.MAX_VALUE}) {
      put(unsigned, value);
      assertThatThrownBy(() -> Npy.parse(unsigned))
          .hasMessageContaining(Long.toUnsignedString(value));
    }
  }

  private static void put(byte[] file, long value) {
    java.nio.ByteBuffer.wrap(file).putLong(file.length - 8, value);
  }

  @Test
  void fortranOrderIsTurnedAtEveryRank() {
    var random = new Random(11);
    for (int rank = 0; rank <= 4; rank++) {
      int[] shape = random.ints(rank, 1, 5).toArray();
      int size = Shapes.size(shape);
      byte[] file =
          file(
              "{'descr': '<f8', 'fortran_order': True, 'shape': (%s)}"
                  .formatted(String.join("", Arrays.stream(shape).mapToObj(i -> i + ",").toList())),
              8 * size);
      var numbers =
          java.nio.ByteBuffer.wrap(file, file.length - 8 * size, 8 * size)
              .order(java.nio.ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < size; i++) {
        numbers.putDouble(i);
      }
      double[] values = Npy.parse(file).doubles();
      for (int i = 0; i < size; i++) {
        int column = 0;
        int rest = i;
        int stride = size;
        // From the row-major place to the indices, last first, and on to the column-major place.
        for (int d = rank - 1; d >= 0; d--) {
          stride /= shape[d];
          column += rest % shape[d] * stride;
          rest /= shape[d];
        }
        assertThat(values[i]).as("rank %d, place %d", rank, i).isEqualTo(column);
      }
    }
  }

  @Test
  void tooManyDimensionsAreNotWritten() {
    var shape = new int[65];
    Arrays.fill(shape, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.write(folder.resolve("x.npy"), NpyArray.of(new double[1], shape)))
        .withMessage("npy: expected at most 64 dimensions, found 65");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void npzRoundTripsAndItsBytesDependOnTheValuesOnly() throws IOException {
    var x = NpyArray.of(Golden.floatRamp(6), 2, 3);
    var y = NpyArray.of(Golden.ramp(20_000), 20_000);
    Path file = folder.resolve("own.npz");
    Npz.write(file, Map.of("y", y, "x", x));
    assertThat(Npz.read(file)).isEqualTo(Map.of("x", x, "y", y));
    byte[] bytes = Files.readAllBytes(file);
    Npz.write(file, Map.of("x", x, "y", y));
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void aBadNpzIsRefusedInOneSentence() throws IOException {
    Path foreign = Files.writeString(folder.resolve("foreign.npz"), "no zip file");
    assertThatThrownBy(() -> Npz.read(foreign))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(foreign + ": ");
    assertThatThrownBy(() -> Npz.read(folder.resolve("none.npz")))
        .isInstanceOf(FormatException.class)
        .hasMessage(folder.resolve("none.npz") + ": no such file");
    Path other = folder.resolve("other.npz");
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(other))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("readme.txt"));
    }
    assertThatThrownBy(() -> Npz.read(other))
        .isInstanceOf(FormatException.class)
        .hasMessage(other + ": npz: expected entries that end in .npy, found 'readme.txt'");
    Path bad = folder.resolve("bad.npz");
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(bad))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("x.npy"));
    }
    assertThatThrownBy(() -> Npz.read(bad))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(bad + ": npz: entry 'x.npy': npy: expected a file that begins");
  }
}
