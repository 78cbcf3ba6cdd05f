package dev.thalweg.cli.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/// A small image within a page: a bitmap (BMP, 24 bits a pixel), which needs nothing that draws.
///
/// @param width in pixels
/// @param height in pixels
/// @param colours 0xRRGGBB, line by line from the top
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Bitmap(int width, int height, int... colours) {

  private static final int HEAD = 54;

  /// The address of the image, which is all of it.
  public String address() {
    var stride = (3 * width + 3) & ~3;
    var bytes = ByteBuffer.allocate(HEAD + stride * height).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 'B').put((byte) 'M').putInt(bytes.capacity()).putInt(0).putInt(HEAD);
    bytes.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
    bytes.putInt(0).putInt(stride * height).putInt(2835).putInt(2835).putInt(0).putInt(0);
    for (var y = height - 1; y >= 0; y--) {
      for (var x = 0; x < width; x++) {
        var colour = colours[y * width + x];
        bytes.put((byte) colour).put((byte) (colour >> 8)).put((byte) (colour >> 16));
      }
      bytes.position(bytes.position() + stride - 3 * width);
    }
    return "data:image/bmp;base64," + Base64.getEncoder().encodeToString(bytes.array());
  }
}
