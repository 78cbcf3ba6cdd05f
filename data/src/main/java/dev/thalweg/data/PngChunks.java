package dev.thalweg.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// The checksums of a PNG file, which the JDK's reader does not look at.
///
/// Source: the PNG specification (ISO/IEC 15948), chapter 5.
final class PngChunks {

  private PngChunks() {}

  /// That the file has all its chunks up to the last, and those that matter for the pixels are
  /// undamaged.
  ///
  /// @throws UnreadableFile if not
  static void check(byte[] file) throws UnreadableFile {
    var buffer = ByteBuffer.wrap(file);
    for (int at = 8; ; ) {
      if (file.length - at < 12) {
        throw new UnreadableFile("is truncated");
      }
      long length = Integer.toUnsignedLong(buffer.getInt(at));
      if (length > file.length - at - 12) {
        throw new UnreadableFile("is truncated");
      }
      String name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      boolean matters = Character.isUpperCase(name.charAt(0));
      if (matters) {
        var checksum = new CRC32();
        checksum.update(file, at + 4, 4 + (int) length);
        if ((int) checksum.getValue() != buffer.getInt(at + 8 + (int) length)) {
          throw new UnreadableFile(
              name.chars().allMatch(c -> c >= 'A' && c <= 'z')
                  ? "is damaged: the checksum of its chunk " + name + " is another"
                  : "is damaged: it has a chunk that there is none of");
        }
        if (name.equals("IEND")) {
          return;
        }
      }
      at += 12 + (int) length;
    }
  }
}
