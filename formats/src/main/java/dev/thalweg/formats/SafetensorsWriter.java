package dev.thalweg.formats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/// Lays arrays out in the order of the reference implementation and writes them.
final class SafetensorsWriter {

  static final String METADATA = "__metadata__";

  /// What the metadata have of a file that has a checksum of itself: the CRC-32C of all its bytes,
  /// with zeros in the checksum's own place, as eight hexadecimal digits.
  static final String CHECKSUM = "crc32c";

  /// As it stands in a header: within a text its quotation marks would be escaped.
  static final byte[] CHECKSUM_NAME =
      ("\"" + CHECKSUM + "\":\"").getBytes(StandardCharsets.US_ASCII);

  static final String NO_CHECKSUM = "00000000";

  private static final int CHUNK = 1 << 14;

  /// By code point, which is the order of the bytes in UTF-8; `String.compareTo` differs beyond the
  /// Basic Multilingual Plane.
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final List<SafetensorsArray> order = new ArrayList<>();
  private final byte[] header;

  SafetensorsWriter(Map<String, SafetensorsArray> arrays, Map<String, String> metadata) {
    var entries = new LinkedHashMap<String, @Nullable Object>();
    if (!metadata.isEmpty()) {
      var sorted = new TreeMap<String, String>(BY_CODE_POINT);
      sorted.putAll(metadata);
      entries.put(METADATA, sorted);
    }
    var names = new ArrayList<>(arrays.entrySet());
    names.sort(
        Comparator.comparing(
                (Map.Entry<String, SafetensorsArray> e) -> e.getValue().dtype(),
                Comparator.reverseOrder())
            .thenComparing(Map.Entry::getKey, BY_CODE_POINT));
    long offset = 0;
    for (var entry : names) {
      if (entry.getKey().equals(METADATA)) {
        throw new IllegalArgumentException(
            "safetensors: an array can't have the name '__metadata__', which the format keeps");
      }
      SafetensorsArray array = entry.getValue();
      order.add(array);
      long end = offset + (long) array.size() * (array.floatStorage() != null ? 4 : 8);
      var description = new LinkedHashMap<String, @Nullable Object>();
      description.put("dtype", array.dtype());
      description.put("shape", Arrays.stream(array.shape()).boxed().toList());
      description.put("data_offsets", List.of(offset, end));
      entries.put(entry.getKey(), description);
      offset = end;
    }
    header = Json.writeUtf8(entries);
    if (header.length > SafetensorsReader.MAXIMUM_HEADER) {
      throw new IllegalArgumentException(
          "safetensors: expected a header of at most %d bytes, found %d"
              .formatted(SafetensorsReader.MAXIMUM_HEADER, header.length));
    }
  }

  /// A writer of a file with a checksum of itself.
  ///
  /// @throws IllegalArgumentException if the metadata have one already
  static SafetensorsWriter checked(
      Map<String, SafetensorsArray> arrays, Map<String, String> metadata) {
    var complete = new LinkedHashMap<>(metadata);
    if (complete.put(CHECKSUM, NO_CHECKSUM) != null) {
      throw new IllegalArgumentException(
          "safetensors: expected metadata without '" + CHECKSUM + "', which is written here");
    }
    var checksum = new CRC32C();
    try (var all = new CheckedOutputStream(OutputStream.nullOutputStream(), checksum)) {
      new SafetensorsWriter(arrays, complete).writeTo(all);
    } catch (IOException e) {
      throw new AssertionError("what goes nowhere can't fail to be written", e);
    }
    complete.put(CHECKSUM, text(checksum));
    return new SafetensorsWriter(arrays, complete);
  }

  static String text(CRC32C checksum) {
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  /// The first eight bytes.
  static byte[] length(int header) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header).array();
  }

  void writeTo(OutputStream out) throws IOException {
    int padding = -header.length & 7;
    var buffer = ByteBuffer.allocate(8 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length(header.length + padding));
    out.write(header);
    out.write("       ".getBytes(StandardCharsets.US_ASCII), 0, padding);
    for (SafetensorsArray array : order) {
      int end = array.start() + array.size();
      for (int i = array.start(); i < end; i += CHUNK) {
        int count = Math.min(CHUNK, end - i);
        buffer.clear();
        float[] floats = array.floatStorage();
        double[] doubles = array.doubleStorage();
        if (floats != null) {
          buffer.asFloatBuffer().put(floats, i, count);
          out.write(buffer.array(), 0, 4 * count);
        } else if (doubles != null) {
          buffer.asDoubleBuffer().put(doubles, i, count);
          out.write(buffer.array(), 0, 8 * count);
        }
      }
    }
  }
}
