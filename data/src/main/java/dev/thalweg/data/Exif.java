package dev.thalweg.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera was held, as a file of TIFF's form says that is embedded in an image.
///
/// Source: CIPA DC-008 (Exif 2.32), 4.6.4, tag 274.
final class Exif {

  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;

  private Exif() {}

  /// The orientation, 1 to 8; 1, upright, where nothing is said or it can't be made out: programs
  /// that edit images leave all kinds of things there.
  static int orientation(byte[] tiff) {
    if (tiff.length < 8 || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M')) {
      return 1;
    }
    var buffer =
        ByteBuffer.wrap(tiff)
            .order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long first = Integer.toUnsignedLong(buffer.getInt(4));
    if (buffer.getShort(2) != 42 || first + 2 > tiff.length) {
      return 1;
    }
    int entries = Short.toUnsignedInt(buffer.getShort((int) first));
    for (int entry = 0; entry < entries; entry++) {
      int at = (int) first + 2 + 12 * entry;
      if (at + 12 > tiff.length) {
        return 1;
      }
      if (Short.toUnsignedInt(buffer.getShort(at)) == ORIENTATION) {
        int value = Short.toUnsignedInt(buffer.getShort(at + 8));
        return buffer.getShort(at + 2) == SHORT && value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}
