package dev.thalweg.formats;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// JSON (RFC 8259), strictly, for the headers of other formats and for small documents.
///
/// | JSON | Java |
/// |---|---|
/// | object | [java.util.Map] of [String], in the order of the text, unmodifiable |
/// | array | [java.util.List], unmodifiable |
/// | string | [String] |
/// | number without fraction and exponent that fits | [Long] |
/// | any other number | [Double], finite |
/// | `true`, `false` | [Boolean] |
/// | `null` | `null` |
///
/// Refused beyond what the standard refuses: a name that occurs twice in an object, half a
/// surrogate pair, a number beyond the range of double, more than [#MAXIMUM_DEPTH] nested values,
/// more than [#MAXIMUM_LENGTH] characters.
public final class Json {

  /// How many objects and arrays may be nested.
  public static final int MAXIMUM_DEPTH = 64;

  /// How many characters, or bytes of UTF-8, a text may have: 100 million, as in safetensors.
  public static final int MAXIMUM_LENGTH = 100_000_000;

  private Json() {}

  /// The value that a text stands for.
  ///
  /// @throws FormatException if the text is not one JSON value within the limits; the offset counts
  ///   characters
  public static @Nullable Object parse(String text) {
    return new JsonParser(text).document();
  }

  /// The value that a text in UTF-8 stands for.
  ///
  /// @throws FormatException if the bytes are not UTF-8 or the text is not one JSON value within
  ///   the limits; the offset counts bytes if they are not UTF-8, characters otherwise
  public static @Nullable Object parse(byte[] utf8) {
    if (utf8.length > MAXIMUM_LENGTH) {
      throw tooLong(utf8.length);
    }
    return parse(Text.decode(utf8));
  }

  /// The shortest text of a value: no white space, names in the order of the map, everything beyond
  /// ASCII as it is.
  ///
  /// @param value made of [java.util.Map] with [String] keys, [Iterable], [String], [Number],
  ///   [Boolean] and `null`
  /// @throws IllegalArgumentException if it holds anything else, half a surrogate pair, or a number
  ///   that is not finite
  public static String write(@Nullable Object value) {
    return new JsonWriter().write(value);
  }

  /// [#write(Object)] in UTF-8.
  ///
  /// @throws IllegalArgumentException as [#write(Object)]
  public static byte[] writeUtf8(@Nullable Object value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  static FormatException tooLong(long length) {
    return new FormatException(
        "JSON: expected at most %d characters, found %d".formatted(MAXIMUM_LENGTH, length),
        MAXIMUM_LENGTH);
  }
}
