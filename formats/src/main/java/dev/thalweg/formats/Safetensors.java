package dev.thalweg.formats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Named arrays in one file: the [safetensors](https://github.com/huggingface/safetensors) format,
/// which Python's package of that name reads and writes.
///
/// A file is the length of the header (8 bytes, little-endian), the header (JSON: for each name its
/// dtype, shape and place), and the numbers, dense, row-major, little-endian, with no gap between
/// arrays. Nothing in it is ever executed.
///
/// ```java
/// Safetensors.write(file, Map.of("dense1.weight", SafetensorsArray.of(weights, 64, 10)), Map.of());
/// float[] again = Safetensors.read(file).array("dense1.weight").floats();
/// ```
///
/// Here F32 and F64 are read and written; a file with an array of another type is refused.
public final class Safetensors {

  private final SequencedMap<String, SafetensorsArray> arrays;
  private final Map<String, String> metadata;

  Safetensors(
      SequencedMap<String, SafetensorsArray> arrays, SequencedMap<String, String> metadata) {
    this.arrays = Collections.unmodifiableSequencedMap(arrays);
    this.metadata = Collections.unmodifiableSequencedMap(metadata);
  }

  /// Writes arrays and metadata, beside and renamed.
  ///
  /// The bytes depend on the values only, never on the order of the maps: F64 before F32 (so that
  /// every number stands at a multiple of its size), names in the order of their code points,
  /// metadata sorted likewise, the header padded with spaces to a multiple of 8. Python's
  /// `safetensors.numpy.save_file` writes the same bytes.
  ///
  /// @throws IllegalArgumentException if an array has the name `__metadata__`, which the format
  ///   keeps for itself, or a name is not a text
  /// @throws java.io.UncheckedIOException if the file can't be written
  public static void write(
      Path file, Map<String, SafetensorsArray> arrays, Map<String, String> metadata) {
    var writer = new SafetensorsWriter(arrays, metadata);
    AtomicFile.write(file, writer::writeTo);
  }

  /// Writes arrays and metadata as [#write] does, with a checksum of the whole file: the CRC-32C of
  /// all its bytes, as eight hexadecimal digits in the metadata under `crc32c`, taken with zeros in
  /// their place. Anybody reads the file; [#readChecked] finds any byte that is another one.
  ///
  /// @throws IllegalArgumentException as [#write], or if the metadata have a `crc32c`
  /// @throws java.io.UncheckedIOException if the file can't be written
  public static void writeChecked(
      Path file, Map<String, SafetensorsArray> arrays, Map<String, String> metadata) {
    var writer = SafetensorsWriter.checked(arrays, metadata);
    AtomicFile.write(file, writer::writeTo);
  }

  /// Reads a file of [#writeChecked].
  ///
  /// @throws FormatException if a byte of it is another one than was written, or as [#read]
  public static Safetensors readChecked(Path file) {
    Unreadable.checkFile(file);
    try (var channel = FileChannel.open(file)) {
      return new SafetensorsReader(channel, channel.size()).readChecked();
    } catch (FormatException e) {
      throw e.in(file.toString());
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
  }

  /// Reads a file.
  ///
  /// @throws FormatException if it can't be read or is not a whole and valid safetensors file of
  ///   F32 and F64 arrays
  public static Safetensors read(Path file) {
    Unreadable.checkFile(file);
    try {
      return Uninterrupted.call(() -> {
        try (var channel = FileChannel.open(file)) {
          return new SafetensorsReader(channel, channel.size()).read();
        }
      });
    } catch (FormatException e) {
      throw e.in(file.toString());
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
  }

  /// Reads a file if it is the one that is expected: its digest is taken of the bytes that are
  /// read.
  ///
  /// @param sha256 64 hexadecimal digits in lower case, as [Sha256] gives them
  /// @throws FormatException if it is another file, can't be read or is not a whole and valid
  ///   safetensors file of F32 and F64 arrays
  public static Safetensors read(Path file, String sha256) {
    Unreadable.checkFile(file);
    try {
      return Uninterrupted.call(() -> {
        try (var in = FileChannel.open(file)) {
          var digest = new Sha256.Reading(in);
          Safetensors read = new SafetensorsReader(digest, in.size()).read();
          String found = digest.hex();
          if (!found.equals(sha256)) {
            throw new FormatException(
                "expected the file of SHA-256 %s, found %s: another file, or a damaged one"
                    .formatted(JsonParser.quoted(sha256), found),
                -1);
          }
          return read;
        }
      });
    } catch (FormatException e) {
      throw e.in(file.toString());
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
  }

  /// Reads the bytes of a file.
  ///
  /// @throws FormatException if they are not a whole and valid safetensors file of F32 and F64
  ///   arrays
  public static Safetensors parse(byte[] bytes) {
    try {
      return Uninterrupted.call(() -> {
        try (var channel = Channels.newChannel(new ByteArrayInputStream(bytes))) {
          return new SafetensorsReader(channel, bytes.length).read();
        }
      });
    } catch (IOException e) {
      throw new AssertionError("an array in memory can't fail to be read", e);
    }
  }

  /// The names of the arrays, in the order of the file.
  public List<String> names() {
    return List.copyOf(arrays.keySet());
  }

  /// The array of a name.
  ///
  /// @throws IllegalArgumentException if there is none
  public SafetensorsArray array(String name) {
    SafetensorsArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "no array %s; there are: %s"
              .formatted(JsonParser.quoted(name), String.join(", ", arrays.keySet())));
    }
    return array;
  }

  /// All arrays by name, in the order of the file; unmodifiable.
  public SequencedMap<String, SafetensorsArray> arrays() {
    return arrays;
  }

  /// The texts that go with the arrays; empty where the file has none.
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public String toString() {
    return "safetensors" + arrays;
  }
}
