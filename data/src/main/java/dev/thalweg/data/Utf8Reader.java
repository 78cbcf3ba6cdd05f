package dev.thalweg.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Text in UTF-8, refused with the place of the first byte that is something else. A byte order
/// mark at the beginning is skipped.
final class Utf8Reader extends Reader {

  private final String source;
  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).flip();
  // A pair of surrogates needs room for two, and a caller may ask for one.
  private final CharBuffer chars = CharBuffer.allocate(1 << 14).flip();
  private long before;
  private boolean atStart = true;
  private boolean ended;

  /// @param source what messages call it
  /// @param in closed with this reader
  Utf8Reader(String source, InputStream in) {
    this.source = source;
    this.in = in;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int n = Math.min(length, chars.remaining());
    chars.get(buffer, offset, n);
    return n;
  }

  /// Decodes what there is, and reads more where that is nothing.
  private void decode() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, false);
    if (result.isUnderflow() && chars.position() == 0) {
      int used = bytes.position();
      bytes.compact();
      before += used;
      int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = n < 0;
      bytes.position(bytes.position() + Math.max(0, n)).flip();
      result = decoder.decode(bytes, chars, ended);
    }
    if (result.isError()) {
      throw new DataException(
          "%s: expected text in UTF-8, found something else at byte %d"
              .formatted(source, before + bytes.position()));
    }
    chars.flip();
    if (atStart && chars.hasRemaining()) {
      atStart = false;
      if (chars.get(chars.position()) == '\ufeff') {
        chars.get();
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
