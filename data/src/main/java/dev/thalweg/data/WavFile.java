package dev.thalweg.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a WAV file says, and where its samples are; [Sound] says what is read and what is forgiven.
final class WavFile {

  static final int HIGHEST_RATE = 1_000_000;
  private static final int MOST_CHANNELS = 64;

  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;

  /// From here on a size is one that nobody knew when it was written.
  private static final long UNKNOWN = 0x7fff_0000L;

  /// What stands behind the format in the name of a sub-format.
  private static final byte[] SUB_FORMAT = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };

  private final byte[] bytes;
  private final Format format;

  /// Where the samples begin.
  private final int start;

  /// How many groups of samples there are that sound together, at least 1.
  private final int frames;

  private WavFile(byte[] bytes, Format format, int start, int frames) {
    this.bytes = bytes;
    this.format = format;
    this.start = start;
    this.frames = frames;
  }

  /// Whether a file that begins so calls itself WAV.
  static boolean isMeant(byte... start) {
    String text = new String(start, 0, Math.min(12, start.length), StandardCharsets.ISO_8859_1);
    return (text.startsWith("RIFF") || text.startsWith("RF64")) && text.startsWith("WAVE", 8);
  }

  /// Finds format and samples.
  ///
  /// @throws UnreadableFile if it is no such file, damaged or empty
  static WavFile of(byte[] bytes) throws UnreadableFile {
    if (!isMeant(bytes)) {
      throw new UnreadableFile(foreign(bytes));
    }
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Format format = null;
    long large = -1; // the size of the samples in RF64
    int at = 12;
    while (at + 8 <= bytes.length) {
      String id = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
      long size = in.getInt(at + 4) & 0xffff_ffffL;
      int start = at + 8;
      int left = bytes.length - start;
      if (id.equals("data")) {
        if (format == null) {
          throw new UnreadableFile(
              "is damaged: it has samples before it says of which format they are");
        }
        return format.file(bytes, start, length(bytes, start, size, large));
      }
      if (size > left) {
        throw new UnreadableFile("is truncated within its chunk '%s'".formatted(printable(id)));
      }
      if (id.equals("fmt ")) {
        format = Format.of(in, start, (int) size);
      } else if (id.equals("ds64") && size >= 16) {
        large = in.getLong(start + 8);
      }
      at = behind(bytes, start + (int) size, size);
    }
    throw new UnreadableFile(format == null ? "is truncated before its format" : "has no samples");
  }

  /// How many bytes of samples there are.
  private static int length(byte[] bytes, int start, long size, long large) throws UnreadableFile {
    int left = bytes.length - start;
    if (size == 0) {
      return isChunk(bytes, start) ? 0 : left;
    }
    boolean unknown = size >= UNKNOWN;
    long said = unknown && large > 0 ? large : size;
    if (said <= left) {
      return (int) said;
    }
    if (!unknown) {
      throw new UnreadableFile(
          "is truncated: it says that it has %,d bytes of samples, and %,d are there"
              .formatted(said, left));
    }
    return left;
  }

  /// Whether what stands here may be a chunk that ends within the file.
  private static boolean isChunk(byte[] bytes, int at) {
    if (at + 8 > bytes.length || !isName(bytes, at)) {
      return false;
    }
    long size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4) & 0xffff_ffffL;
    return size <= bytes.length - at - 8;
  }

  private static boolean isName(byte[] bytes, int at) {
    for (int i = at; i < at + 4; i++) {
      if (bytes[i] < ' ' || bytes[i] > '~') {
        return false;
      }
    }
    return true;
  }

  /// Where the next chunk begins: behind a padding byte where the size is odd, if it is there.
  private static int behind(byte[] bytes, int end, long size) {
    boolean padded = size % 2 == 1 && !(end + 4 <= bytes.length && isName(bytes, end));
    return padded ? end + 1 : end;
  }

  private static String printable(String id) {
    return id.replaceAll("[^ -~]", "?");
  }

  /// What a file is that is no WAV.
  private static String foreign(byte[] bytes) {
    String text = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return "is empty";
    }
    String kind =
        text.startsWith("fLaC")
            ? "FLAC"
            : text.startsWith("OggS")
                ? "Ogg"
                : text.startsWith("ID3")
                        || (text.length() > 1
                            && text.charAt(0) == 0xff
                            && (text.charAt(1) & 0xe6) == 0xe2)
                    ? "MP3"
                    : text.startsWith("RIFX")
                        ? "WAV of the other byte order (RIFX)"
                        : text.startsWith("FORM") ? "AIFF" : "";
    return kind.isEmpty() ? "is no sound; expected WAV" : "is a file of " + kind + "; expected WAV";
  }

  /// How samples are written.
  ///
  /// @param floats whether they are floats, else whole numbers
  /// @param channels samples that sound together
  /// @param rate such groups a second
  /// @param width bytes of a sample
  private record Format(boolean floats, int channels, int rate, int width) {

    static Format of(ByteBuffer in, int start, int size) throws UnreadableFile {
      if (size < 16) {
        throw new UnreadableFile(
            "is damaged: its format has %d bytes, less than 16".formatted(size));
      }
      int tag = in.getShort(start) & 0xffff;
      int channels = in.getShort(start + 2) & 0xffff;
      long rate = in.getInt(start + 4) & 0xffff_ffffL;
      int block = in.getShort(start + 12) & 0xffff;
      int bits = in.getShort(start + 14) & 0xffff;
      if (tag == EXTENSIBLE) {
        if (size < 40) {
          throw new UnreadableFile(
              "is damaged: its extended format has %d bytes, less than 40".formatted(size));
        }
        var rest = new byte[SUB_FORMAT.length];
        in.get(start + 26, rest);
        tag = Arrays.equals(rest, SUB_FORMAT) ? in.getShort(start + 24) & 0xffff : EXTENSIBLE;
      }
      if (tag != PCM && tag != FLOAT) {
        throw new UnreadableFile(
            "has samples of %s; expected PCM or floats".formatted(called(tag)));
      }
      if (channels < 1 || channels > MOST_CHANNELS) {
        throw new UnreadableFile(
            "has %,d channels; expected 1 to %d".formatted(channels, MOST_CHANNELS));
      }
      if (rate < 1 || rate > HIGHEST_RATE) {
        throw new UnreadableFile(
            "has %,d samples a second; expected 1 to %,d".formatted(rate, HIGHEST_RATE));
      }
      if (tag == FLOAT ? bits != 32 && bits != 64 : bits < 1 || bits > 32) {
        throw new UnreadableFile(
            "has samples of %d bits; expected %s"
                .formatted(bits, tag == FLOAT ? "floats of 32 or 64" : "8, 16, 24 or 32"));
      }
      int width = (bits + 7) / 8;
      if (block != channels * width) {
        throw new UnreadableFile(
            "is damaged: expected blocks of %d bytes for %d channel%s of %d bits, found %d"
                .formatted(channels * width, channels, channels == 1 ? "" : "s", bits, block));
      }
      return new Format(tag == FLOAT, channels, (int) rate, width);
    }

    private static String called(int tag) {
      return switch (tag) {
        case 2, 0x11 -> "ADPCM";
        case 6 -> "A-law";
        case 7 -> "µ-law";
        case 0x55 -> "MP3";
        default -> "format %d".formatted(tag);
      };
    }

    /// A rest that is no whole group of samples is left out.
    WavFile file(byte[] bytes, int start, int length) throws UnreadableFile {
      int frames = length / (channels * width);
      if (frames == 0) {
        throw new UnreadableFile("has no samples");
      }
      return new WavFile(bytes, this, start, frames);
    }

    double sample(ByteBuffer in, int at) {
      if (floats) {
        return width == 4 ? in.getFloat(at) : in.getDouble(at);
      }
      return switch (width) {
        case 1 -> ((in.get(at) & 0xff) - 128) / 128.0;
        case 2 -> in.getShort(at) / 32768.0;
        case 3 ->
            ((in.get(at) & 0xff) | ((in.get(at + 1) & 0xff) << 8) | (in.get(at + 2) << 16))
                / 8388608.0;
        default -> in.getInt(at) / 2147483648.0;
      };
    }
  }

  /// Samples a second.
  int rate() {
    return format.rate;
  }

  int channels() {
    return format.channels;
  }

  double seconds() {
    return (double) frames / format.rate;
  }

  /// The samples, channels as their mean.
  ///
  /// @throws UnreadableFile if one is not finite
  Sound sound() throws UnreadableFile {
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var samples = new float[frames];
    int at = start;
    for (int i = 0; i < frames; i++) {
      double sum = 0;
      for (int channel = 0; channel < format.channels; channel++, at += format.width) {
        sum += format.sample(in, at);
      }
      samples[i] = (float) (sum / format.channels);
      if (!Float.isFinite(samples[i])) {
        throw new UnreadableFile(
            "is damaged: expected finite samples, found %s at place %d".formatted(samples[i], i));
      }
    }
    return Sound.own(format.rate, samples);
  }
}
