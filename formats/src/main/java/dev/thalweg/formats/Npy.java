package dev.thalweg.formats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// One array in a file: the [npy](https://numpy.org/neps/nep-0001-npy-format.html) format of NumPy.
///
/// Read are versions 1.0 to 3.0, both byte orders, C and Fortran order, booleans, integers and
/// floats; complex numbers, texts, dates, records and pickled objects are refused. Written is
/// version 1.0, little-endian, C order, the same bytes as `numpy.save` writes.
public final class Npy {

  private Npy() {}

  /// Reads a file.
  ///
  /// @throws FormatException if it can't be read or is not one whole npy array of a type of
  ///   [NpyType]
  public static NpyArray read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > Integer.MAX_VALUE - 8) {
        throw new FormatException("npy: expected at most 2 GiB, found more", -1);
      }
      return parse(Files.readAllBytes(file));
    } catch (FormatException e) {
      throw e.in(file.toString());
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
  }

  /// Reads the bytes of a file.
  ///
  /// @throws FormatException if they are not one whole npy array of a type of [NpyType]
  public static NpyArray parse(byte[] bytes) {
    return new NpyReader(bytes).read();
  }

  /// Writes a file, beside and renamed. What is neither [NpyType#FLOAT32] nor [NpyType#FLOAT64] is
  /// written as double.
  ///
  /// @throws IllegalArgumentException if it has more than 64 dimensions, which NumPy does not read
  /// @throws java.io.UncheckedIOException if it can't be written
  public static void write(Path file, NpyArray array) {
    checkDimensions(array);
    AtomicFile.write(file, out -> writeTo(out, array));
  }

  static void checkDimensions(NpyArray array) {
    int dimensions = array.shape().length;
    if (dimensions > NpyReader.MAXIMUM_DIMENSIONS) {
      throw new IllegalArgumentException(
          "npy: expected at most %d dimensions, found %d"
              .formatted(NpyReader.MAXIMUM_DIMENSIONS, dimensions));
    }
  }

  static void writeTo(OutputStream out, NpyArray array) throws IOException {
    boolean single = array.type() == NpyType.FLOAT32;
    byte[] header = header(single ? NpyType.FLOAT32 : NpyType.FLOAT64, array.shape());
    out.write(NpyReader.MAGIC);
    out.write(new byte[] {1, 0, (byte) header.length, (byte) (header.length >> 8)});
    out.write(header);
    double[] values = array.storage();
    int chunk = 1 << 13;
    var buffer = ByteBuffer.allocate(8 * chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i += chunk) {
      buffer.clear();
      for (int j = i; j < Math.min(i + chunk, values.length); j++) {
        if (single) {
          buffer.putFloat((float) values[j]);
        } else {
          buffer.putDouble(values[j]);
        }
      }
      out.write(buffer.array(), 0, buffer.position());
    }
  }

  /// The header with its padding, as NumPy writes it: room for the first size to grow to 21 digits,
  /// then to a multiple of 64 with what stands before it, a line end last.
  private static byte[] header(NpyType type, int[] shape) {
    String sizes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '<%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(type.code(), sizes, shape.length == 1 ? "," : "");
    if (shape.length > 0) {
      text += " ".repeat(21 - Integer.toString(shape[0]).length());
    }
    int before = NpyReader.MAGIC.length + 4;
    int padding = 64 - (before + text.length() + 1) % 64;
    return (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
