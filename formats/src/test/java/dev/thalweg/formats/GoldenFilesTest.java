package dev.thalweg.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The reference implementations and this package read and write the same bytes; the files are
/// written by tools/golden/formats.py.
class GoldenFilesTest {

  @TempDir private Path folder = Path.of("");

  private static Map<String, SafetensorsArray> singles() {
    var arrays = new LinkedHashMap<String, SafetensorsArray>();
    arrays.put("layer2.weight", SafetensorsArray.of(Golden.floatRamp(6), 2, 3));
    arrays.put("layer10.bias", SafetensorsArray.of(Golden.floatRamp(5), 5));
    arrays.put("scalar", SafetensorsArray.of(new float[] {3.25f}));
    arrays.put("empty", SafetensorsArray.of(new float[0], 0, 4));
    arrays.put("quote\"back\\slash\ttabé😀", SafetensorsArray.of(Golden.floatRamp(1), 1));
    arrays.put("\uff5e", SafetensorsArray.of(Golden.floatRamp(2), 2));
    return arrays;
  }

  private static Map<String, SafetensorsArray> mixed() {
    float[] odd = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE};
    return Map.of(
        "a", SafetensorsArray.of(Golden.floatRamp(3), 3),
        "b", SafetensorsArray.of(Golden.ramp(4), 2, 2),
        "c", SafetensorsArray.of(odd, 4),
        "d", SafetensorsArray.of(new double[] {Double.MIN_VALUE, Double.MAX_VALUE}, 2));
  }

  @Test
  void readsWhatPythonsSafetensorsWrote() throws IOException {
    Safetensors f32 = Safetensors.read(Golden.file("f32.safetensors", folder));
    assertThat(f32.arrays()).isEqualTo(singles());
    assertThat(f32.metadata()).isEqualTo(Map.of("format", "thalweg"));
    assertThat(f32.array("layer2.weight").floats()).containsExactly(0f, 0.5f, -1f, 1.5f, -2f, 2.5f);
    Safetensors mixed = Safetensors.read(Golden.file("mixed.safetensors", folder));
    assertThat(mixed.arrays()).isEqualTo(mixed());
    assertThat(mixed.names()).containsExactly("b", "d", "a", "c");
    assertThat(mixed.metadata()).isEmpty();
  }

  @Test
  void writesTheBytesOfPythonsSafetensors() {
    Path file = folder.resolve("own.safetensors");
    Safetensors.write(file, singles(), Map.of("format", "thalweg"));
    assertThat(file).hasBinaryContent(Golden.bytes("f32.safetensors"));
    Safetensors.write(file, mixed(), Map.of());
    assertThat(file).hasBinaryContent(Golden.bytes("mixed.safetensors"));
  }

  @Test
  void writesTheBytesOfNumpy() throws IOException {
    assertSameBytes("f4.npy", NpyArray.of(Golden.floatRamp(6), 2, 3));
    assertSameBytes("f8.npy", NpyArray.of(Golden.ramp(24), 2, 3, 4));
    assertSameBytes("scalar.npy", NpyArray.of(new double[] {2.5}));
    assertSameBytes("vector.npy", NpyArray.of(Golden.ramp(7), 7));
    assertSameBytes("empty.npy", NpyArray.of(new float[0], 0, 3));
  }

  private void assertSameBytes(String name, NpyArray array) throws IOException {
    Path file = folder.resolve("own.npy");
    Npy.write(file, array);
    assertThat(Files.readAllBytes(file)).isEqualTo(Golden.bytes(name));
    assertThat(Npy.read(file)).isEqualTo(array);
  }

  @Test
  void readsFortranOrderAndBigEndianAsTheSameNumbers() {
    assertThat(Npy.parse(Golden.bytes("fortran.npy")))
        .isEqualTo(Npy.parse(Golden.bytes("f8.npy")))
        .isEqualTo(NpyArray.of(Golden.ramp(24), 2, 3, 4));
    assertThat(Npy.parse(Golden.bytes("big_endian.npy"))).isEqualTo(NpyArray.of(Golden.ramp(5), 5));
  }

  @ParameterizedTest
  @CsvSource({
    "b1, 1, 0, 1",
    "i1, -128, 1, 127",
    "i2, -32768, 1, 32767",
    "i4, -2147483648, 1, 2147483647",
    "i8, -9223372036854775808, 1, 9223372036854774784",
    "u1, 0, 1, 255",
    "u2, 0, 1, 65535",
    "u4, 0, 1, 4294967295",
    "u8, 0, 1, 18446744073709549568",
    "f2, 0.5, -65504, 5.960464477539063e-8",
  })
  void readsEveryTypeFromItsLowestToItsHighest(String code, double a, double b, double c) {
    NpyArray array = Npy.parse(Golden.bytes(code + ".npy"));
    assertThat(array.type().code()).isEqualTo(code);
    assertThat(array.shape()).containsExactly(3);
    assertThat(array.doubles()).containsExactly(a, b, c);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inexact.npy | npy: the whole number 9007199254740993 is equal to no double",
        "complex.npy | npy: expected numbers (booleans, integers or floats), found descr '<c16'",
        "text.npy | npy: expected numbers (booleans, integers or floats), found descr '<U1'",
        "record.npy | npy: expected an array of numbers, found one of records",
      })
  void refusesTypesThatAreNoDoubles(String name, String sentence) {
    assertThatThrownBy(() -> Npy.parse(Golden.bytes(name)))
        .isInstanceOf(FormatException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesSafetensorsOfAnotherType() {
    assertThatThrownBy(() -> Safetensors.read(Golden.file("int64.safetensors", folder)))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            folder.resolve("int64.safetensors")
                + ": safetensors: array 'ids': expected F32 or F64, found 'I64', which is not read"
                + " here");
  }

  @ParameterizedTest
  @CsvSource({"plain.npz", "packed.npz"})
  void readsNpzPackedOrNot(String name) throws IOException {
    Map<String, NpyArray> arrays = Npz.read(Golden.file(name, folder));
    assertThat(arrays.keySet()).containsExactly("x", "y");
    assertThat(arrays.get("x")).isEqualTo(NpyArray.of(Golden.floatRamp(6), 2, 3));
    assertThat(arrays.get("y"))
        .isNotNull()
        .satisfies(y -> assertThat(y.doubles()).containsExactly(0, 1, 2, 3));
  }
}
