package dev.thalweg.formats;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Bytes to text without replacing what is wrong.
final class Text {

  private Text() {}

  /// The text that bytes of UTF-8 stand for.
  ///
  /// @throws FormatException if they are not UTF-8; the offset is the first bad byte
  static String decode(byte[] utf8) {
    return decode(utf8, utf8.length);
  }

  /// The text that the first bytes stand for.
  ///
  /// @throws FormatException if they are not UTF-8; the offset is the first bad byte
  static String decode(byte[] utf8, int length) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(utf8, 0, length);
    // UTF-8 never has more characters than bytes.
    var out = CharBuffer.allocate(length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new FormatException("not UTF-8 at byte " + in.position(), in.position());
    }
    return out.flip().toString();
  }
}
