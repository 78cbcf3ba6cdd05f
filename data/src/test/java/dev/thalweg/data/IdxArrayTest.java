package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxArrayTest {

  @TempDir private Path folder = Path.of("");

  /// An IDX file of these dimensions and element bytes.
  static byte[] idx(int type, int[] shape, int... elements) {
    var buffer = ByteBuffer.allocate(4 + 4 * shape.length + elements.length);
    buffer.put((byte) 0).put((byte) 0).put((byte) type).put((byte) shape.length);
    Arrays.stream(shape).forEach(buffer::putInt);
    Arrays.stream(elements).forEach(e -> buffer.put((byte) e));
    return buffer.array();
  }

  static byte[] packed(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Stream<Arguments> types() {
    return Stream.of(
        arguments(
            idx(8, new int[] {2, 2}, 0, 1, 128, 255),
            IdxArray.Type.UNSIGNED_BYTE,
            new float[] {0, 1, 128, 255}),
        arguments(
            idx(9, new int[] {2, 2}, 0, 1, 128, 255),
            IdxArray.Type.SIGNED_BYTE,
            new float[] {0, 1, -128, -1}),
        arguments(
            idx(11, new int[] {2}, 1, 2, 0xff, 0xfe), IdxArray.Type.SHORT, new float[] {258, -2}),
        arguments(idx(12, new int[] {1}, 0, 1, 0, 2), IdxArray.Type.INT, new float[] {65538}),
        arguments(
            idx(13, new int[] {1}, 0x3f, 0xc0, 0, 0), IdxArray.Type.FLOAT, new float[] {1.5f}),
        arguments(
            idx(14, new int[] {1}, 0xbf, 0xf8, 0, 0, 0, 0, 0, 0),
            IdxArray.Type.DOUBLE,
            new float[] {-1.5f}),
        arguments(idx(8, new int[] {3, 0}), IdxArray.Type.UNSIGNED_BYTE, new float[0]));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeIsReadPackedOrNot(byte[] bytes, IdxArray.Type type, float[] numbers)
      throws IOException {
    Path file = Files.write(folder.resolve("a.idx"), packed(bytes));
    for (var array : new IdxArray[] {IdxArray.parse("a", bytes), IdxArray.read(file)}) {
      assertThat(array.type()).isEqualTo(type);
      assertThat(array.floats()).isEqualTo(numbers);
      assertThat(array.size()).isEqualTo(numbers.length);
    }
    assertThat(IdxArray.parse("a", idx(8, new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 6)))
        .hasToString("a: 2 × 1 × 3, unsigned byte");
  }

  static Stream<Arguments> bad() {
    byte[] good = idx(8, new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
    byte[] gzip = packed(good);
    byte[] corrupt = gzip.clone();
    corrupt[gzip.length - 5] ^= 1;
    return Stream.of(
        arguments(
            new byte[0],
            "a: expected an IDX file, which begins with two bytes 0, a type and a number of"
                + " dimensions, found an empty file"),
        arguments(
            "P5 28".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            "a: expected an IDX file, which begins with two bytes 0, a type and a number of"
                + " dimensions, found 50 35 20 32"),
        arguments(
            idx(7, new int[] {1}, 1),
            "a: expected an IDX file of type 0x08, 0x09, 0x0b, 0x0c, 0x0d or 0x0e, found 0x07"),
        arguments(idx(8, new int[0]), "a: expected an IDX file of 1 dimension or more, found none"),
        arguments(Arrays.copyOf(good, 9), "a: expected 2 dimensions, found the end of the file"),
        arguments(
            Arrays.copyOf(good, good.length - 1),
            "a: expected 6 bytes for 2 × 3 of type unsigned byte, found 5: it is truncated"),
        arguments(
            Arrays.copyOf(good, good.length + 1),
            "a: expected 6 bytes for 2 × 3 of type unsigned byte, found more"),
        arguments(
            idx(8, new int[] {2, -1}, 1),
            "a: expected dimensions of at most 2,147,483,647, found 4,294,967,295"),
        arguments(
            idx(14, new int[] {1 << 30, 1 << 30, 1 << 30}, 1),
            "a: expected at most 2,147,483,639 bytes, found 1073741824 × 1073741824 × 1073741824"
                + " of type double"),
        // Asks for two gigabytes, has one byte: refused without asking for the memory.
        arguments(
            idx(8, new int[] {2_000_000_000}, 1),
            "a: expected 2,000,000,000 bytes for 2000000000 of type unsigned byte, found 1: it is"
                + " truncated"),
        arguments(Arrays.copyOf(gzip, gzip.length - 9), "a: damaged gzip: it is truncated"),
        arguments(Arrays.copyOf(gzip, 5), "a: damaged gzip: it is truncated"),
        arguments(corrupt, "a: damaged gzip: "));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad")
  void aBadFileIsRefusedInOneSentence(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> IdxArray.parse("a", bytes))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(sentence)
        .hasMessageNotContaining("\n");
  }

  @Test
  void everyTruncationOfAPackedFileIsOneSentence() {
    byte[] whole = packed(idx(8, new int[] {10, 10}, new int[100]));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> IdxArray.parse("a", part)).isInstanceOf(DataException.class);
    }
  }

  @Test
  void imagesAndLabelsAreADataSet() throws IOException {
    Path images =
        Files.write(folder.resolve("images"), idx(8, new int[] {3, 1, 2}, 0, 255, 51, 102, 1, 254));
    Path labels = Files.write(folder.resolve("labels"), packed(idx(8, new int[] {3}, 1, 0, 2)));
    Dataset data = Datasets.idx(images, labels);
    assertThat(data).hasToString(images + ": 3 rows, 2 features, 3 classes");
    assertThat(data.shape()).containsExactly(1, 2);
    assertThat(data.x()).containsExactly(0, 1, 0.2f, 0.4f, 1 / 255f, 254 / 255f);
    assertThat(data.labels()).containsExactly(1, 0, 2);
    assertThat(data.featureNames()).containsExactly("pixel_0_0", "pixel_0_1");
    // They have their scale: neither mean nor deviation is taken from them.
    assertThat(Standardizer.fit(data).apply(data).x()).isEqualTo(data.x());
  }

  static Stream<Arguments> pairs() {
    byte[] three = idx(8, new int[] {3, 1}, 1, 2, 3);
    return Stream.of(
        arguments(three, idx(8, new int[] {2}, 0, 1), "b: expected an array of 3, found 2"),
        arguments(
            three, idx(8, new int[] {3, 1}, 0, 1, 1), "b: expected an array of 3, found 3 × 1"),
        arguments(
            three,
            idx(9, new int[] {3}, 0, 1, 255),
            "b: expected a class from 0 to 1048576, found -1.0 (element 2)"),
        arguments(
            three,
            idx(13, new int[] {3}, 0, 0, 0, 0, 0x3f, 0, 0, 0, 0, 0, 0, 0),
            "b: expected a class from 0 to 1048576, found 0.5 (element 1)"),
        arguments(
            three,
            idx(8, new int[] {3}, 0, 1, 3),
            "b: expected classes below 3, the number of rows, found 3"),
        arguments(
            idx(13, new int[] {1, 1}, 0x7f, 0xc0, 0, 0),
            idx(8, new int[] {1}, 0),
            "a: expected finite floats, found NaN (element 0)"),
        arguments(
            idx(8, new int[] {3}, 1, 2, 3),
            idx(8, new int[] {3}, 0, 1, 0),
            "a: expected at least 1 row of at least 1 number, found 3"),
        arguments(
            idx(8, new int[] {0, 2}),
            idx(8, new int[] {0}),
            "a: expected at least 1 row of at least 1 number, found 0 × 2"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("pairs")
  void filesThatDoNotFitTogetherAreRefused(byte[] images, byte[] labels, String sentence) {
    assertThatThrownBy(() -> IdxImages.of(IdxArray.parse("a", images), IdxArray.parse("b", labels)))
        .isInstanceOf(DataException.class)
        .hasMessage(sentence);
  }
}
