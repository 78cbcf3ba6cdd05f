package dev.thalweg.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {

  @TempDir private Path folder = Path.of("");

  private static byte[] file(String header, int numbers) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + numbers)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static String array(String name, String dtype, String shape, int begin, int end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, begin, end);
  }

  static Stream<Arguments> bad() {
    String a = array("a", "F32", "[2]", 0, 8);
    byte[] whole = file("{" + a + "}", 8);
    return Stream.of(
        arguments("no bytes", new byte[0], "expected at least 8 bytes, found 0"),
        arguments("seven bytes", new byte[7], "expected at least 8 bytes, found 7"),
        arguments("no header", new byte[8], "expected a header that begins with '{'"),
        arguments(
            "a foreign file",
            "PK\3\4 this is a zip file or so".getBytes(StandardCharsets.US_ASCII),
            "not a safetensors file"),
        arguments(
            "a negative header length",
            ByteBuffer.allocate(16).putLong(-1).array(),
            "found 18446744073709551615: not a safetensors file"),
        arguments(
            "a header beyond the limit",
            ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001).array(),
            "expected a header of at most 100000000 bytes, found 100000001"),
        arguments("cut in the header", Arrays.copyOf(whole, 20), "cut short"),
        arguments(
            "cut in the numbers",
            Arrays.copyOf(whole, whole.length - 1),
            "expected 8 bytes of numbers after the header, found 7: the file is cut short"),
        arguments(
            "a byte too many",
            Arrays.copyOf(whole, whole.length + 1),
            "expected 8 bytes of numbers after the header, found 9: too many"),
        arguments("an array for a header", file("[]", 0), "begins with '{'"),
        arguments("white space first", file(" {}", 0), "begins with '{'"),
        arguments("bad JSON", file("{]", 0), "bad header: JSON: expected a name in quotes"),
        arguments("text after the header", file("{}x", 0), "bad header: JSON: expected the end"),
        arguments(
            "bytes that are no text",
            ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4)
                .put(new byte[] {'{', '"', (byte) 0xff, '"'})
                .array(),
            "bad header: not UTF-8 at byte 2"),
        arguments(
            "a name twice",
            file("{" + a + "," + array("a", "F32", "[2]", 8, 16) + "}", 16),
            "the name 'a' occurs twice"),
        arguments("a number for an array", file("{\"a\":1}", 0), "array 'a': expected an object"),
        arguments(
            "a missing member",
            file("{\"a\":{\"dtype\":\"F32\",\"shape\":[0]}}", 0),
            "expected an object of dtype, shape and data_offsets"),
        arguments(
            "an unknown member",
            file("{" + a.replace("}", ",\"more\":1}") + "}", 8),
            "expected an object of dtype, shape and data_offsets"),
        arguments(
            "a dtype that is no text",
            file("{" + a.replace("\"F32\"", "32") + "}", 8),
            "array 'a': expected a dtype"),
        arguments(
            "another dtype",
            file("{" + array("a", "BF16", "[4]", 0, 8) + "}", 8),
            "array 'a': expected F32 or F64, found 'BF16', which is not read here"),
        arguments(
            "a shape that is no list",
            file("{" + array("a", "F32", "2", 0, 8) + "}", 8),
            "array 'a': expected a shape"),
        arguments(
            "a negative size",
            file("{" + array("a", "F32", "[-2]", 0, 8) + "}", 8),
            "array 'a': expected a shape of whole numbers from 0 to 2147483647, found '[-2]'"),
        arguments(
            "a broken size",
            file("{" + array("a", "F32", "[2.0]", 0, 8) + "}", 8),
            "found '[2.0]'"),
        arguments(
            "a size beyond int",
            file("{" + array("a", "F32", "[4294967296]", 0, 8) + "}", 8),
            "found '[4294967296]'"),
        arguments(
            "a product beyond int",
            file("{" + array("a", "F32", "[65536,65536]", 0, 8) + "}", 8),
            "array 'a': shape [65536, 65536]: expected at most 2147483647 numbers"),
        arguments(
            "a product that overflows long",
            file("{" + array("a", "F32", "[2147483647,2147483647,2147483647]", 0, 8) + "}", 8),
            "expected at most 2147483647 numbers"),
        arguments(
            "one offset",
            file("{" + a.replace("[0,8]", "[8]") + "}", 8),
            "array 'a': expected data_offsets [begin, end]"),
        arguments(
            "an end before the begin",
            file("{" + array("a", "F32", "[2]", 8, 0) + "}", 8),
            "array 'a': expected data_offsets [begin, end]"),
        arguments(
            "a negative begin",
            file("{" + array("a", "F32", "[2]", -8, 0) + "}", 8),
            "array 'a': expected data_offsets [begin, end]"),
        arguments(
            "too few bytes for the shape",
            file("{" + array("a", "F32", "[3]", 0, 8) + "}", 8),
            "array 'a': expected 12 bytes for F32 of shape [3], found 8"),
        arguments(
            "too few bytes for the type",
            file("{" + array("a", "F64", "[2]", 0, 8) + "}", 8),
            "array 'a': expected 16 bytes for F64 of shape [2], found 8"),
        arguments(
            "overlapping arrays",
            file("{" + a + "," + array("b", "F32", "[2]", 4, 12) + "}", 12),
            "array 'b': expected to begin at byte 8 of the numbers, found 4: arrays overlap"),
        arguments(
            "the same place twice",
            file("{" + a + "," + array("b", "F32", "[2]", 0, 8) + "}", 8),
            "arrays overlap"),
        arguments(
            "a gap",
            file("{" + a + "," + array("b", "F32", "[1]", 12, 16) + "}", 16),
            "array 'b': expected to begin at byte 8 of the numbers, found 12: a gap before it"),
        arguments(
            "a gap at the start",
            file("{" + array("a", "F32", "[1]", 4, 8) + "}", 8),
            "array 'a': expected to begin at byte 0 of the numbers, found 4: a gap before it"),
        arguments(
            "metadata that is a list",
            file("{\"__metadata__\":[]}", 0),
            "expected '__metadata__' to be an object of texts"),
        arguments(
            "metadata that is no text",
            file("{\"__metadata__\":{\"epochs\":20}}", 0),
            "expected the metadata 'epochs' to be a text"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void aBadFileIsRefusedInOneSentence(String what, byte[] bytes, String sentence)
      throws IOException {
    assertThatThrownBy(() -> Safetensors.parse(bytes))
        .as(what)
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("safetensors: ")
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("\n");
    Path file = Files.write(folder.resolve("bad.safetensors"), bytes);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": safetensors: ")
        .hasMessageContaining(sentence);
  }

  @Test
  void everyTruncationOfAGoodFileIsRefused() {
    byte[] whole = Golden.bytes("mixed.safetensors");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Safetensors.parse(cut))
          .as("%d bytes", length)
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": no such file");
    assertThatThrownBy(() -> Safetensors.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(folder + ": a directory, not a file to read");
  }

  @Test
  void arraysInAnyOrderOfTheHeaderAreRead() {
    String header =
        "{" + array("b", "F32", "[1]", 8, 12) + "," + array("a", "F64", "[1]", 0, 8) + "}    ";
    byte[] bytes = file(header, 12);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(bytes.length - 12)
        .putDouble(0.1)
        .putFloat(0.2f);
    Safetensors file = Safetensors.parse(bytes);
    assertThat(file.array("a").doubles()).containsExactly(0.1);
    assertThat(file.array("b").floats()).containsExactly(0.2f);
  }

  @Test
  void whatIsWrittenIsReadBackToTheBitAndTheOrderOfTheMapDoesNotMatter() throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      var arrays = new LinkedHashMap<String, SafetensorsArray>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        arrays.put("layer" + random.nextInt(50) + ".é" + i, randomArray(random));
      }
      var metadata = new LinkedHashMap<String, String>();
      for (int i = random.nextInt(4); i > 0; i--) {
        metadata.put("key" + random.nextInt(100), "value \"" + random.nextInt() + "\"\n");
      }
      Path file = folder.resolve("seed.safetensors");
      Safetensors.write(file, arrays, metadata);
      Safetensors again = Safetensors.read(file);
      assertThat(again.arrays()).as("seed %d", seed).isEqualTo(arrays);
      assertThat(again.metadata()).as("seed %d", seed).isEqualTo(metadata);
      byte[] bytes = Files.readAllBytes(file);
      // The numbers begin at a multiple of 8, as do all F64 arrays.
      assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).isZero();

      Safetensors.write(file, shuffled(arrays, random), shuffled(metadata, random));
      assertThat(file).as("seed %d", seed).hasBinaryContent(bytes);
    }
  }

  private static SafetensorsArray randomArray(Random random) {
    var shape = random.ints(random.nextInt(4), 0, 9).toArray();
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    if (random.nextBoolean()) {
      return SafetensorsArray.of(random.doubles(size).toArray(), shape);
    }
    var floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = Float.intBitsToFloat(random.nextInt());
    }
    return SafetensorsArray.of(floats, shape);
  }

  private static <V> Map<String, V> shuffled(Map<String, V> map, Random random) {
    var names = new ArrayList<>(map.keySet());
    Collections.shuffle(names, random);
    var shuffled = new LinkedHashMap<String, V>();
    names.forEach(name -> shuffled.put(name, map.get(name)));
    return shuffled;
  }

  @Test
  void arraysLargerThanABufferArriveWhole() throws IOException {
    var random = new Random(5);
    var floats = new float[100_003];
    var doubles = new double[50_001];
    Arrays.setAll(doubles, i -> random.nextGaussian());
    for (int i = 0; i < floats.length; i++) {
      floats[i] = random.nextFloat();
    }
    Path file = folder.resolve("large.safetensors");
    Safetensors.write(
        file,
        Map.of(
            "part", SafetensorsArray.part(floats, 3, 100, 1000),
            "doubles", SafetensorsArray.of(doubles, doubles.length)),
        Map.of());
    Safetensors again = Safetensors.read(file);
    assertThat(again.array("part").floats()).isEqualTo(Arrays.copyOfRange(floats, 3, 100_003));
    assertThat(again.array("doubles").doubles()).isEqualTo(doubles);
    var buffer = new ByteArrayOutputStream();
    Files.copy(file, buffer);
    assertThat(Safetensors.parse(buffer.toByteArray()).arrays()).isEqualTo(again.arrays());
  }

  @Test
  void theReservedNameIsRefusedBeforeAnythingIsWritten() {
    Path file = folder.resolve("reserved.safetensors");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Safetensors.write(
                file, Map.of("__metadata__", SafetensorsArray.of(new float[1], 1)), Map.of()))
        .withMessageContaining("__metadata__");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anArrayHasTheNumbersOfItsShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsArray.of(new float[5], 2, 3))
        .withMessage("array of shape [2, 3]: expected 6 numbers, found 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsArray.of(new float[5], 2, 2))
        .withMessage("array of shape [2, 2]: expected 4 numbers, found 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsArray.part(new double[5], 3, 3))
        .withMessage("array of shape [3]: expected 3 numbers, found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsArray.of(new float[5], -5))
        .withMessageContaining("at least 0, found -5");
    assertThatIllegalStateException()
        .isThrownBy(() -> SafetensorsArray.of(new float[1]).doubles())
        .withMessage("expected an array of F64, found F32");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.parse(Golden.bytes("mixed.safetensors")).array("e"))
        .withMessage("no array 'e'; there are: b, d, a, c");
  }

  /// Work is counted in bytes allocated, 1,500 an array: where each name was made fit for a message
  /// that nobody needed, it was 2,200.
  @Test
  void anArrayOfManyTakesLittleWork() throws ReflectiveOperationException {
    var text = new StringBuilder(array("a", "F32", "[0]", 0, 0));
    int count = 5_000;
    for (int i = 1; i < count; i++) {
      text.append(',').append(array("a" + i, "F32", "[0]", 0, 0));
    }
    byte[] bytes = file("{" + text + "}", 0);
    // By reflection: the module under test does not read java.management.
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = (long) allocated.invoke(threads);
      assertThat(Safetensors.parse(bytes).names()).hasSize(count);
      least = Math.min(least, (long) allocated.invoke(threads) - before);
    }
    assertThat(least / count).isLessThan(1_800);
  }

  /// Nobody writes to it: it is not waited for.
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs mkfifo")
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeIsRefused() throws Exception {
    Path pipe = folder.resolve("pipe.safetensors");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Safetensors.read(pipe))
        .isInstanceOf(FormatException.class)
        .hasMessage(pipe + ": expected a file, found a device or a pipe");
    assertThatThrownBy(() -> Safetensors.read(pipe, "")).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> Safetensors.readChecked(pipe)).isInstanceOf(FormatException.class);
  }
}
