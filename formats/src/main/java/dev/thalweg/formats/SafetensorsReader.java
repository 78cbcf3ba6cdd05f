package dev.thalweg.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads one file front to back. Everything is checked against the header and the length before any
/// array is allocated, so that no file makes it allocate more than the file's own size.
final class SafetensorsReader {

  /// The reference implementation's limit.
  static final int MAXIMUM_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 17;
  private static final List<String> MEMBERS = List.of("dtype", "shape", "data_offsets");

  /// Where an array lies among the numbers.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Place(String name, String dtype, int[] shape, long begin, long end) {}

  private final ReadableByteChannel channel;
  private final long length;
  private final CRC32C checksum = new CRC32C();
  private @Nullable ByteBuffer chunk;
  private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
  private final List<Place> places = new ArrayList<>();

  SafetensorsReader(ReadableByteChannel channel, long length) {
    this.channel = channel;
    this.length = length;
  }

  /// Reads a file that has a checksum of itself ([Safetensors#writeChecked]).
  Safetensors readChecked() throws IOException {
    Safetensors read = read();
    String said = read.metadata().get(SafetensorsWriter.CHECKSUM);
    String found = SafetensorsWriter.text(checksum);
    if (said == null) {
      throw bad("expected a file with a checksum, found none", 8);
    }
    if (!said.equals(found)) {
      throw bad(
          "expected the checksum %s, found %s: the file is damaged"
              .formatted(JsonParser.quoted(said), found),
          8);
    }
    return read;
  }

  Safetensors read() throws IOException {
    if (length < 8) {
      throw bad("expected at least 8 bytes, found %d".formatted(length), length);
    }
    long headerLength = exactly(8).getLong();
    if (headerLength < 0 || headerLength > MAXIMUM_HEADER) {
      throw bad(
          "expected a header of at most %d bytes, found %s: not a safetensors file"
              .formatted(MAXIMUM_HEADER, Long.toUnsignedString(headerLength)),
          0);
    }
    if (headerLength > length - 8) {
      throw bad(
          "the header says that it has %d bytes, the file has %d after it: cut short, or not a"
                  .formatted(headerLength, length - 8)
              + " safetensors file",
          0);
    }
    byte[] header = exactly((int) headerLength).array();
    checksum.reset();
    checksum.update(SafetensorsWriter.length(header.length));
    checksum.update(withoutChecksum(header));
    if (header.length == 0 || header[0] != '{') {
      throw bad("expected a header that begins with '{': not a safetensors file", 8);
    }
    readHeader(header);
    contiguous(places, length - 8 - headerLength);
    SequencedMap<String, SafetensorsArray> arrays = new LinkedHashMap<>();
    for (Place place : places) {
      arrays.put(place.name, numbers(place));
    }
    return new Safetensors(arrays, metadata);
  }

  /// Reads all of the text before it complains of an array.
  private void readHeader(byte[] header) {
    var problems = new ArrayList<FormatException>(1);
    try {
      new JsonParser(Text.decode(header))
          .members((name, entry) -> {
            try {
              read(name, entry);
            } catch (FormatException problem) {
              if (problems.isEmpty()) {
                problems.add(problem);
              }
            }
          });
    } catch (FormatException e) {
      throw new FormatException(
          "safetensors: bad header: " + e.getMessage(),
          e.offset() < 0 ? 8 : 8 + e.offset(),
          e.getCause());
    }
    if (!problems.isEmpty()) {
      throw problems.getFirst();
    }
  }

  private void read(String name, @Nullable Object entry) {
    if (name.equals(SafetensorsWriter.METADATA)) {
      metadata.putAll(metadata(entry));
    } else {
      places.add(place(name, entry));
    }
  }

  private static Map<String, String> metadata(@Nullable Object entry) {
    var texts = new LinkedHashMap<String, String>();
    if (!(entry instanceof Map<?, ?> map)) {
      throw bad("expected '__metadata__' to be an object of texts, found another value", 8);
    }
    map.forEach((name, text) -> {
      if (!(text instanceof String s)) {
        throw bad(
            "expected the metadata %s to be a text, found another value"
                .formatted(JsonParser.quoted((String) name)),
            8);
      }
      texts.put((String) name, s);
    });
    return texts;
  }

  private static Place place(String name, @Nullable Object entry) {
    if (!(entry instanceof Map<?, ?> map)
        || map.size() != MEMBERS.size()
        || !map.keySet().containsAll(MEMBERS)) {
      throw badArray(
          name, "expected an object of dtype, shape and data_offsets, found another value");
    }
    if (!(map.get("dtype") instanceof String dtype)) {
      throw badArray(name, "expected a dtype, found another value");
    }
    if (!dtype.equals("F32") && !dtype.equals("F64")) {
      throw badArray(
          name,
          "expected F32 or F64, found %s, which is not read here"
              .formatted(JsonParser.quoted(dtype)));
    }
    int[] shape = shape(name, map.get("shape"));
    if (!(map.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2
        || !(offsets.get(0) instanceof Long begin)
        || !(offsets.get(1) instanceof Long end)
        || begin < 0
        || end < begin) {
      throw badArray(
          name, "expected data_offsets [begin, end] with 0 <= begin <= end, found another value");
    }
    long expected = (long) Shapes.size(shape) * (dtype.equals("F32") ? 4 : 8);
    if (end - begin != expected) {
      throw badArray(
          name,
          "expected %d bytes for %s of shape %s, found %d"
              .formatted(expected, dtype, Arrays.toString(shape), end - begin));
    }
    return new Place(name, dtype, shape, begin, end);
  }

  private static int[] shape(String name, @Nullable Object value) {
    if (!(value instanceof List<?> sizes)) {
      throw badArray(name, "expected a shape, found another value");
    }
    var shape = new int[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      if (!(sizes.get(i) instanceof Long size) || size < 0 || size > Integer.MAX_VALUE) {
        throw badArray(
            name,
            "expected a shape of whole numbers from 0 to %d, found %s"
                .formatted(Integer.MAX_VALUE, JsonParser.quoted(sizes.toString())));
      }
      shape[i] = size.intValue();
    }
    try {
      Shapes.size(shape);
    } catch (IllegalArgumentException e) {
      throw badArray(name, e.getMessage());
    }
    return shape;
  }

  /// Sorts the places by where they are; they must follow each other and fill the rest of the file.
  private static void contiguous(List<Place> places, long rest) {
    places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long at = 0;
    for (Place place : places) {
      if (place.begin != at) {
        throw badArray(
            place.name,
            "expected to begin at byte %d of the numbers, found %d: %s"
                .formatted(
                    at, place.begin, place.begin < at ? "arrays overlap" : "a gap before it"));
      }
      at = place.end;
    }
    if (at != rest) {
      throw bad(
          "expected %d bytes of numbers after the header, found %d%s"
              .formatted(at, rest, rest < at ? ": the file is cut short" : ": too many"),
          8);
    }
  }

  private SafetensorsArray numbers(Place place) throws IOException {
    int size = Shapes.size(place.shape);
    if (place.dtype.equals("F32")) {
      var values = new float[size];
      for (int i = 0; i < size; i += CHUNK / 4) {
        int count = Math.min(CHUNK / 4, size - i);
        exactly(4 * count).asFloatBuffer().get(values, i, count);
      }
      return SafetensorsArray.of(values, place.shape);
    }
    var values = new double[size];
    for (int i = 0; i < size; i += CHUNK / 8) {
      int count = Math.min(CHUNK / 8, size - i);
      exactly(8 * count).asDoubleBuffer().get(values, i, count);
    }
    return SafetensorsArray.of(values, place.shape);
  }

  /// The next bytes of the file, valid until more are read. Whole chunks go through one buffer
  /// outside of the heap: a channel would copy what it reads to an array a second time.
  private ByteBuffer exactly(int count) throws IOException {
    ByteBuffer buffer = count == CHUNK ? chunk() : ByteBuffer.allocate(count);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw bad("the file became shorter while it was read", -1);
      }
    }
    buffer.flip();
    checksum.update(buffer);
    return buffer.flip();
  }

  private ByteBuffer chunk() {
    ByteBuffer known = chunk;
    if (known == null) {
      known = ByteBuffer.allocateDirect(CHUNK);
      chunk = known;
    }
    return known.clear();
  }

  /// A header as it was when the checksum was taken: zeros in the checksum's place.
  private static byte[] withoutChecksum(byte[] header) {
    byte[] before = SafetensorsWriter.CHECKSUM_NAME;
    byte[] none = SafetensorsWriter.NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII);
    int last = header.length - before.length - none.length;
    for (int i = 0; i <= last; i++) {
      if (Arrays.equals(header, i, i + before.length, before, 0, before.length)) {
        byte[] zeroed = header.clone();
        System.arraycopy(none, 0, zeroed, i + before.length, none.length);
        return zeroed;
      }
    }
    return header;
  }

  /// The name is made fit for a message here only: a file may have a million arrays.
  private static FormatException badArray(String name, @Nullable String problem) {
    return bad("array %s: %s".formatted(JsonParser.quoted(name), problem), 8);
  }

  private static FormatException bad(String problem, long offset) {
    return new FormatException("safetensors: " + problem, offset);
  }
}
