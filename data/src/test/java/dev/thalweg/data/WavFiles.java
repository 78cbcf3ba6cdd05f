package dev.thalweg.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// WAV files, whole and broken.
final class WavFiles {

  private WavFiles() {}

  /// A chunk with its padding byte.
  static byte[] chunk(String id, byte... content) {
    return chunk(id, content.length, content);
  }

  /// A chunk that says that it has this size.
  static byte[] chunk(String id, long size, byte... content) {
    ByteBuffer to =
        ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
    to.put(id.getBytes(StandardCharsets.ISO_8859_1)).putInt((int) size).put(content);
    return to.array();
  }

  static byte[] format(int tag, int channels, int rate, int bits) {
    int width = channels * ((bits + 7) / 8);
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) tag)
        .putShort((short) channels)
        .putInt(rate)
        .putInt(rate * width)
        .putShort((short) width)
        .putShort((short) bits)
        .array();
  }

  /// A file of these chunks.
  static byte[] file(byte[]... chunks) {
    int size = 4;
    for (byte[] chunk : chunks) {
      size += chunk.length;
    }
    ByteBuffer to = ByteBuffer.allocate(8 + size).order(ByteOrder.LITTLE_ENDIAN);
    to.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(size);
    to.put("WAVE".getBytes(StandardCharsets.ISO_8859_1));
    for (byte[] chunk : chunks) {
      to.put(chunk);
    }
    return to.array();
  }

  /// Samples of 16 bits.
  static byte[] samples(int... values) {
    ByteBuffer to = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      to.putShort((short) value);
    }
    return to.array();
  }

  /// A file of one channel and 16 bits.
  static byte[] wav(int rate, int... values) {
    return file(chunk("fmt ", format(1, 1, rate, 16)), chunk("data", samples(values)));
  }

  /// A tone.
  static byte[] tone(int rate, double hertz, double seconds, double loudness) {
    var values = new int[(int) Math.round(rate * seconds)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) Math.round(32767 * loudness * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return wav(rate, values);
  }

  static Path put(Path folder, String name, byte... bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
