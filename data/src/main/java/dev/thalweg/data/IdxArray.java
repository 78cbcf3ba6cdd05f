package dev.thalweg.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// An array in an IDX file, the format of MNIST, packed by gzip or not.
///
/// Such a file is two bytes 0, a byte for the type of the elements, one for the number of
/// dimensions, each dimension as four bytes, then the elements in row-major order; all numbers are
/// big-endian. Types: `0x08` unsigned byte, `0x09` signed byte, `0x0B` short, `0x0C` int, `0x0D`
/// float, `0x0E` double.
///
/// Source: the description at <http://yann.lecun.com/exdb/mnist/>.
public final class IdxArray {

  private static final int MAXIMUM_BYTES = Integer.MAX_VALUE - 8;

  /// The type of the elements.
  public enum Type {
    /// One byte, 0 to 255.
    UNSIGNED_BYTE(0x08, 1),
    /// One byte, -128 to 127.
    SIGNED_BYTE(0x09, 1),
    /// Two bytes.
    SHORT(0x0B, 2),
    /// Four bytes.
    INT(0x0C, 4),
    /// Four bytes, IEEE 754.
    FLOAT(0x0D, 4),
    /// Eight bytes, IEEE 754.
    DOUBLE(0x0E, 8);

    private final int code;
    private final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    /// In words: `unsigned byte`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final String source;
  private final Type type;
  private final int[] shape;
  private final int size;
  private final byte[] bytes;
  private final ByteBuffer elements;

  private IdxArray(String source, Type type, int[] shape, int size, byte... bytes) {
    this.source = source;
    this.type = type;
    this.shape = shape;
    this.size = size;
    this.bytes = bytes;
    this.elements = ByteBuffer.wrap(bytes);
  }

  /// Reads a file.
  ///
  /// @throws DataException if it can't be read, is no IDX file, or has fewer or more bytes than its
  ///   dimensions ask for
  public static IdxArray read(Path file) {
    try (var packed = Packed.open(file)) {
      return read(packed);
    }
  }

  /// Reads the bytes of a file.
  ///
  /// @param source what messages call it
  /// @throws DataException as [#read]
  public static IdxArray parse(String source, byte[] bytes) {
    try (var packed = Packed.of(source, bytes)) {
      return read(packed);
    }
  }

  private static IdxArray read(Packed packed) {
    String source = packed.source();
    try {
      InputStream in = packed.in();
      byte[] magic = in.readNBytes(4);
      if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
        throw new DataException(
            source
                + ": expected an IDX file, which begins with two bytes 0, a type and a number of"
                + " dimensions, found "
                + (magic.length == 0 ? "an empty file" : hexadecimal(magic)));
      }
      Type type = type(source, magic[2]);
      int[] shape = shape(source, in, magic[3] & 0xff);
      long bytes = type.bytes;
      for (int dimension : shape) {
        bytes = dimension == 0 ? 0 : Math.min(bytes * dimension, 1L + MAXIMUM_BYTES);
      }
      if (bytes > MAXIMUM_BYTES) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected at most %,d bytes, found %s of type %s",
                source,
                MAXIMUM_BYTES,
                text(shape),
                type));
      }
      // Grows with what is there, so that a wrong dimension asks for no memory.
      byte[] elements = in.readNBytes((int) bytes);
      if (elements.length < bytes || in.read() >= 0) {
        String found =
            elements.length < bytes
                ? String.format(Locale.ROOT, "%,d: it is truncated", elements.length)
                : "more";
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected %,d bytes for %s of type %s, found %s",
                source,
                bytes,
                text(shape),
                type,
                found));
      }
      return new IdxArray(source, type, shape, (int) bytes / type.bytes, elements);
    } catch (IOException e) {
      throw packed.failed(e);
    } catch (OutOfMemoryError e) {
      throw new DataException(source + ": larger than the memory", e);
    }
  }

  private static Type type(String source, byte code) {
    for (Type type : Type.values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new DataException(
        "%s: expected an IDX file of type 0x08, 0x09, 0x0b, 0x0c, 0x0d or 0x0e, found 0x%02x"
            .formatted(source, code));
  }

  private static int[] shape(String source, InputStream in, int dimensions) throws IOException {
    if (dimensions == 0) {
      throw new DataException(source + ": expected an IDX file of 1 dimension or more, found none");
    }
    var header = ByteBuffer.wrap(in.readNBytes(4 * dimensions));
    if (header.capacity() < 4 * dimensions) {
      throw new DataException(
          "%s: expected %d dimensions, found the end of the file".formatted(source, dimensions));
    }
    var shape = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      shape[i] = header.getInt();
      if (shape[i] < 0) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected dimensions of at most %,d, found %,d",
                source,
                Integer.MAX_VALUE,
                Integer.toUnsignedLong(shape[i])));
      }
    }
    return shape;
  }

  private static String hexadecimal(byte[] bytes) {
    var text = new StringBuilder();
    for (byte b : bytes) {
      text.append(text.isEmpty() ? "" : " ").append("%02x".formatted(b));
    }
    return text.toString();
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
  }

  /// What the array was read from.
  public String source() {
    return source;
  }

  /// The type of the elements in the file.
  public Type type() {
    return type;
  }

  /// The dimensions, at least one; a fresh array.
  public int[] shape() {
    return shape.clone();
  }

  /// How many elements there are.
  public int size() {
    return size;
  }

  /// An element as the nearest float.
  ///
  /// @throws IndexOutOfBoundsException if there is no such element
  public float floatAt(int index) {
    return switch (type) {
      case UNSIGNED_BYTE -> elements.get(index) & 0xff;
      case SIGNED_BYTE -> elements.get(index);
      case SHORT -> elements.getShort(2 * index);
      case INT -> elements.getInt(4 * index);
      case FLOAT -> elements.getFloat(4 * index);
      case DOUBLE -> (float) elements.getDouble(8 * index);
    };
  }

  /// The elements as they stand in the file, not copied.
  byte[] bytes() {
    return bytes;
  }

  /// Writes unsigned bytes as fractions of 255, each rounded once: 0 … 1.
  void fractions(float[] x) {
    var parts = new float[256];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = i / 255f;
    }
    for (int i = 0; i < size; i++) {
      x[i] = parts[elements.get(i) & 0xff];
    }
  }

  /// All elements as the nearest floats, row-major.
  public float[] floats() {
    var floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = floatAt(i);
    }
    return floats;
  }

  /// `train-images-idx3-ubyte.gz: 60000 × 28 × 28, unsigned byte`
  @Override
  public String toString() {
    return "%s: %s, %s".formatted(source, text(shape), type);
  }
}
