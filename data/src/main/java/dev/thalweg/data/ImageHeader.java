package dev.thalweg.data;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What the beginning of an image file says, read without decoding it.
///
/// @param png PNG, else JPEG
/// @param height rows of pixels in the file
/// @param width pixels in a row of the file
/// @param channels 1 for grey, 3 for colour
/// @param orientation of [Exif]: from 5 on height and width change places
record ImageHeader(boolean png, int height, int width, int channels, int orientation) {

  /// More is no picture but an attack on the memory, or a satellite's.
  private static final long MOST_PIXELS = 1L << 28;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final int LONGEST_CHUNK = 1 << 20;

  /// The shape of the image as it is seen.
  ImageShape shape() {
    var lying = new ImageShape(height, width, channels);
    return orientation >= 5 ? lying.turned() : lying;
  }

  /// Reads from the beginning of a file.
  ///
  /// @throws UnreadableFile if this is no PNG or JPEG file, or it has no such beginning
  static ImageHeader read(InputStream in) throws IOException {
    var data = new DataInputStream(in);
    byte[] start = data.readNBytes(12);
    try {
      if (Arrays.equals(start, 0, Math.min(8, start.length), PNG, 0, 8)) {
        return png(start, data);
      }
      if (start.length >= 3
          && (start[0] & 0xff) == 0xff
          && (start[1] & 0xff) == 0xd8
          && (start[2] & 0xff) == 0xff) {
        return jpeg(start, data);
      }
    } catch (EOFException e) {
      var unreadable = new UnreadableFile("is truncated");
      unreadable.initCause(e);
      throw unreadable;
    }
    throw new UnreadableFile(foreign(start));
  }

  /// Whether a file begins as some kind of picture does.
  static boolean isPicture(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(12);
      return Arrays.equals(start, 0, Math.min(8, start.length), PNG, 0, 8)
          || (start.length > 2 && (start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xd8)
          || !kind(start).isEmpty();
    } catch (IOException unreadable) {
      return false; // whoever reads it says so
    }
  }

  /// What a file is that is neither PNG nor JPEG.
  private static String foreign(byte[] start) {
    String kind = kind(start);
    if (!kind.isEmpty()) {
      return "is a file of " + kind + "; expected PNG or JPEG";
    }
    return start.length == 0 ? "is empty" : "is no image; expected PNG or JPEG";
  }

  /// The kind of picture that begins so, of those that can't be read; empty if it is none.
  private static String kind(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return text.startsWith("GIF8")
        ? "GIF"
        : text.startsWith("BM")
            ? "BMP"
            : text.startsWith("RIFF") && text.startsWith("WEBP", 8)
                ? "WebP"
                : text.startsWith("II*\0") || text.startsWith("MM\0*")
                    ? "TIFF"
                    : text.startsWith("ftyp", 4) ? "HEIF or AVIF" : "";
  }

  private static ImageHeader of(boolean png, long height, long width, int channels, int orientation)
      throws UnreadableFile {
    if (height < 1 || width < 1) {
      throw new UnreadableFile("has a size of %d×%d".formatted(height, width));
    }
    if (height > MOST_PIXELS || width > MOST_PIXELS || height * width > MOST_PIXELS) {
      throw new UnreadableFile(
          "has %d×%d pixels; expected at most %d".formatted(height, width, MOST_PIXELS));
    }
    return new ImageHeader(png, (int) height, (int) width, channels, orientation);
  }

  /// Up to the first chunk of pixels.
  private static ImageHeader png(byte[] start, DataInputStream in) throws IOException {
    if (start.length < 12) {
      throw new EOFException();
    }
    byte[] type = in.readNBytes(4);
    if (!Arrays.equals(type, "IHDR".getBytes(StandardCharsets.US_ASCII))
        || start[8] != 0
        || start[9] != 0
        || start[10] != 0
        || start[11] != 13) {
      throw new UnreadableFile("is no PNG file: it does not begin with its header");
    }
    long width = Integer.toUnsignedLong(in.readInt());
    long height = Integer.toUnsignedLong(in.readInt());
    in.readByte(); // bits of a number
    int colour = in.readByte();
    in.skipNBytes(3 + 4);
    int channels = colour == 0 || colour == 4 ? 1 : 3;
    int orientation = 1;
    for (String name = ""; !name.equals("IDAT"); ) {
      long length = Integer.toUnsignedLong(in.readInt());
      name = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
      boolean wanted = length <= LONGEST_CHUNK && (name.equals("PLTE") || name.equals("eXIf"));
      if (wanted) {
        byte[] chunk = in.readNBytes((int) length);
        if (name.equals("eXIf")) {
          orientation = Exif.orientation(chunk);
        } else if (colour == 3 && isGrey(chunk)) {
          channels = 1;
        }
        in.skipNBytes(4);
      } else if (!name.equals("IDAT")) {
        in.skipNBytes(length + 4);
      }
    }
    return of(true, height, width, channels, orientation);
  }

  private static boolean isGrey(byte[] palette) {
    for (int i = 0; i + 2 < palette.length; i += 3) {
      if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /// Up to the frame header.
  private static ImageHeader jpeg(byte[] start, DataInputStream in) throws IOException {
    var all =
        new DataInputStream(
            new SequenceInputStream(new ByteArrayInputStream(start, 2, start.length - 2), in));
    int orientation = 1;
    while (true) {
      if (all.readUnsignedByte() != 0xff) {
        throw new UnreadableFile("is a damaged JPEG file: a marker is missing");
      }
      int marker = all.readUnsignedByte();
      while (marker == 0xff) { // may be repeated to fill up
        marker = all.readUnsignedByte();
      }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
        continue; // has no length
      }
      if (marker == 0xd9 || marker == 0xda || marker == 0xd8) {
        throw new UnreadableFile("is a damaged JPEG file: its size is missing");
      }
      int length = all.readUnsignedShort() - 2;
      if (length < 0) {
        throw new UnreadableFile("is a damaged JPEG file: a segment has no length");
      }
      boolean frame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (frame) {
        int bits = all.readUnsignedByte();
        int height = all.readUnsignedShort();
        int width = all.readUnsignedShort();
        int components = all.readUnsignedByte();
        if (bits != 8) {
          throw new UnreadableFile("is a JPEG file of %d bits; expected 8".formatted(bits));
        }
        return of(false, height, width, components == 1 ? 1 : 3, orientation);
      }
      if (marker == 0xe1 && length >= EXIF.length) {
        byte[] segment = all.readNBytes(length);
        if (segment.length < length) {
          throw new EOFException();
        }
        if (Arrays.equals(segment, 0, EXIF.length, EXIF, 0, EXIF.length)) {
          orientation = Exif.orientation(Arrays.copyOfRange(segment, EXIF.length, length));
        }
      } else {
        all.skipNBytes(length);
      }
    }
  }
}
