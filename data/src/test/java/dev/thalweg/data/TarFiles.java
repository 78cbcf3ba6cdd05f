package dev.thalweg.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Tar archives for tests.
final class TarFiles {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// Adds an entry of a type: `'0'` for a file.
  TarFiles with(char type, String name, byte[] content) {
    var header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 124, "%011o ".formatted(content.length));
    put(header, 136, "00000000000 ");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    bytes.writeBytes(header);
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  private static void put(byte[] header, int start, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ascii, 0, header, start, ascii.length);
  }

  /// The archive up to here, without its end.
  byte[] open() {
    return bytes.toByteArray();
  }

  byte[] closed() {
    bytes.writeBytes(new byte[1024]);
    return open();
  }
}
