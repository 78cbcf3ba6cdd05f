package dev.thalweg.formats;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The types of NumPy's files that are read here, each to double; [#FLOAT32] and [#FLOAT64] are
/// written too.
public enum NpyType {
  /// One byte, 0 or 1.
  BOOL("b1", 1),
  /// A signed byte.
  INT8("i1", 1),
  /// 16 bits, signed.
  INT16("i2", 2),
  /// 32 bits, signed.
  INT32("i4", 4),
  /// 64 bits, signed; a number that no double equals is refused.
  INT64("i8", 8),
  /// An unsigned byte.
  UINT8("u1", 1),
  /// 16 bits, unsigned.
  UINT16("u2", 2),
  /// 32 bits, unsigned.
  UINT32("u4", 4),
  /// 64 bits, unsigned; a number that no double equals is refused.
  UINT64("u8", 8),
  /// IEEE half precision.
  FLOAT16("f2", 2),
  /// IEEE single precision.
  FLOAT32("f4", 4),
  /// IEEE double precision.
  FLOAT64("f8", 8);

  private final String code;
  private final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /// The kind and number of bytes, as in NumPy's `dtype.str` without the byte order.
  public String code() {
    return code;
  }

  /// Bytes of one number.
  public int bytes() {
    return bytes;
  }

  static Optional<NpyType> ofCode(String code) {
    for (NpyType type : values()) {
      if (type.code.equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// The next number of a buffer that is in the file's byte order.
  ///
  /// @throws ArithmeticException if it is a whole number that no double equals
  double next(ByteBuffer in) {
    return switch (this) {
      case BOOL -> in.get() == 0 ? 0 : 1;
      case INT8 -> in.get();
      case INT16 -> in.getShort();
      case INT32 -> in.getInt();
      case INT64 -> exact(in.getLong(), false);
      case UINT8 -> Byte.toUnsignedInt(in.get());
      case UINT16 -> Short.toUnsignedInt(in.getShort());
      case UINT32 -> Integer.toUnsignedLong(in.getInt());
      case UINT64 -> exact(in.getLong(), true);
      case FLOAT16 -> Float.float16ToFloat(in.getShort());
      case FLOAT32 -> in.getFloat();
      case FLOAT64 -> in.getDouble();
    };
  }

  private static double exact(long value, boolean unsigned) {
    if (unsigned && value < 0) {
      // Above the 53 leading bits of a number with the highest bit set there are 11 more.
      if ((value & 0x7ff) != 0) {
        throw new ArithmeticException(Long.toUnsignedString(value));
      }
      return (value >>> 1) * 2.0;
    }
    double nearest = (double) value;
    // 2^63 would come back as 2^63 - 1, the only number for which the cast hides a difference.
    if ((long) nearest != value || nearest == 0x1p63) {
      throw new ArithmeticException(Long.toString(value));
    }
    return nearest;
  }
}
