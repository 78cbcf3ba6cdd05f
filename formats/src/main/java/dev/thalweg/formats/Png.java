package dev.thalweg.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes images as PNG (ISO/IEC 15948), 8 bits a channel, without anything that draws.
public final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Png() {}

  /// The bytes of a file.
  ///
  /// @param channels 1, grey, or 3, colour
  /// @param pixels from 0 to 255, line by line from the top, channels last
  /// @throws IllegalArgumentException if they are of another number
  public static byte[] of(int width, int height, int channels, byte... pixels) {
    if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "png: expected a size, and 1 or 3 channels, found %d×%d×%d"
              .formatted(height, width, channels));
    }
    if (pixels.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "png: expected %d×%d×%d bytes, found %d"
              .formatted(height, width, channels, pixels.length));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    head.put((byte) 8)
        .put((byte) (channels == 1 ? 0 : 2))
        .put((byte) 0)
        .put((byte) 0)
        .put((byte) 0);
    chunk(out, "IHDR", head.array());
    int line = width * channels;
    byte[] filtered = new byte[height * (line + 1)]; // each line begins with its filter, none
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * line, filtered, y * (line + 1) + 1, line);
    }
    chunk(out, "IDAT", deflated(filtered));
    chunk(out, "IEND");
    return out.toByteArray();
  }

  private static byte[] deflated(byte... bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte... content) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(type);
    checksum.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(type);
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
