package dev.thalweg.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads one npy array; see [Npy] for what is accepted.
final class NpyReader {

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /// NumPy's own limit.
  static final int MAXIMUM_DIMENSIONS = 64;

  private final byte[] bytes;

  NpyReader(byte[] bytes) {
    this.bytes = bytes;
  }

  NpyArray read() {
    if (bytes.length < 10 || !Arrays.equals(bytes, 0, 6, MAGIC, 0, 6)) {
      throw bad("expected a file that begins with \\x93NUMPY: not an npy file", 0);
    }
    int version = bytes[6];
    if (version < 1 || version > 3 || bytes[7] != 0) {
      throw bad(
          "expected version 1.0, 2.0 or 3.0, found %d.%d".formatted(bytes[6] & 255, bytes[7] & 255),
          6);
    }
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(8);
    if (version > 1 && bytes.length < 12) {
      throw bad("cut short in its header", bytes.length);
    }
    long headerLength =
        version == 1 ? Short.toUnsignedInt(in.getShort()) : Integer.toUnsignedLong(in.getInt());
    if (headerLength > in.remaining()) {
      throw bad(
          "the header says that it has %d bytes, the file has %d after it: cut short"
              .formatted(headerLength, in.remaining()),
          8);
    }
    int start = in.position();
    in.position(start + (int) headerLength);
    // Version 3 is UTF-8, which matters only for the field names of records, refused anyway.
    var header =
        new NpyHeader(
                new String(bytes, start, (int) headerLength, StandardCharsets.ISO_8859_1), start)
            .parse();
    return numbers(header, in);
  }

  private NpyArray numbers(NpyHeader.Description header, ByteBuffer in) {
    NpyType type = header.type();
    int[] shape = header.shape().stream().mapToInt(Integer::intValue).toArray();
    int size;
    try {
      size = Shapes.size(shape);
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage() == null ? "bad shape" : e.getMessage(), 10);
    }
    if (in.remaining() != (long) size * type.bytes()) {
      throw bad(
          "expected %d bytes for %s of shape %s, found %d%s"
              .formatted(
                  (long) size * type.bytes(),
                  type.code(),
                  Arrays.toString(shape),
                  in.remaining(),
                  in.remaining() < (long) size * type.bytes() ? ": cut short" : ": too many"),
          in.position());
    }
    in.order(header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      int at = in.position();
      try {
        values[i] = type.next(in);
      } catch (ArithmeticException e) {
        throw bad("the whole number %s is equal to no double".formatted(e.getMessage()), at);
      }
    }
    return new NpyArray(type, header.fortran() ? rowMajor(values, shape) : values, shape);
  }

  /// The same numbers with the last index running fastest instead of the first.
  private static double[] rowMajor(double[] columnMajor, int[] shape) {
    var rowMajor = new double[columnMajor.length];
    var index = new int[shape.length];
    for (double value : columnMajor) {
      int to = 0;
      for (int d = 0; d < shape.length; d++) {
        to = to * shape[d] + index[d];
      }
      rowMajor[to] = value;
      for (int d = 0; d < shape.length && ++index[d] == shape[d]; d++) {
        index[d] = 0;
      }
    }
    return rowMajor;
  }

  static FormatException bad(String problem, long offset) {
    return new FormatException("npy: " + problem, offset);
  }
}
