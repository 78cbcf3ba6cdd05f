package dev.thalweg.formats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/// A file of events as TensorBoard reads them: records with lengths and checksums, each an `Event`
/// in Protocol Buffers' wire format with a scalar, a histogram, an image or hyperparameters.
///
/// ```java
/// try (var events = EventFile.in(Path.of("logs/digits-1"))) {
///   events.scalar("loss", step, loss).histogram("1.weight", step, weights);
/// }
/// ```
///
/// A record is its length, 8 bytes, the length's checksum, the bytes, and theirs; a checksum is
/// CRC-32C, turned by 15 bits with a constant added (`tensorflow/core/lib/hash/crc32c.h`). Fields
/// are those of `event.proto`, `summary.proto` and the plugin `hparams` of TensorBoard. For use by
/// one thread at a time.
public final class EventFile implements AutoCloseable {

  private static final int BUCKETS = 30;
  private static final int MASK = 0xa282ead8;
  private static final int TURN = 15;

  private final Path file;
  private final OutputStream out;

  private EventFile(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /// Begins a file of its own in a folder, which is made: TensorBoard takes all files of a folder
  /// for one run.
  ///
  /// @throws UncheckedIOException if it can't be written
  public static EventFile in(Path folder) {
    long now = System.currentTimeMillis();
    try {
      AtomicFile.createFolders(folder);
      for (int i = 0; ; i++) {
        Path file = folder.resolve("events.out.tfevents.%010d.thalweg.%d".formatted(now / 1000, i));
        if (!Files.exists(file)) {
          OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
          EventFile events = new EventFile(file, new BufferedOutputStream(out, 1 << 16));
          events.write(
              new ProtocolBuffer().number(1, now / 1e3).text(3, "brain.Event:2").toBytes());
          return events;
        }
      }
    } catch (IOException e) {
      String reason =
          switch (e) {
            case FileAlreadyExistsException f -> f.getFile() + " is no folder";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
          };
      throw new UncheckedIOException(folder + ": can't be written: " + reason, e);
    }
  }

  /// Where it is.
  public Path file() {
    return file;
  }

  /// Adds a number.
  ///
  /// @param tag its name, `/` divides groups
  /// @throws UncheckedIOException if it can't be written
  public EventFile scalar(String tag, long step, double value) {
    return add(step, new ProtocolBuffer().text(1, tag).number(2, (float) value));
  }

  /// Adds how numbers are distributed: in 30 buckets of equal width from the least to the most.
  /// Numbers that are not finite are left out.
  ///
  /// @throws UncheckedIOException if it can't be written
  public EventFile histogram(String tag, long step, float... values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
        sum += value;
        squares += (double) value * value;
        count++;
      }
    }
    if (count == 0) {
      return this;
    }
    int buckets = least == most ? 1 : BUCKETS;
    double[] limits = new double[buckets];
    double[] counts = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      limits[i] = i == buckets - 1 ? most : least + (most - least) * (i + 1) / buckets;
    }
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bucket = most == least ? 0 : (int) ((value - least) / (most - least) * buckets);
        counts[Math.min(buckets - 1, bucket)]++;
      }
    }
    ProtocolBuffer histogram =
        new ProtocolBuffer()
            .number(1, least)
            .number(2, most)
            .number(3, (double) count)
            .number(4, sum)
            .number(5, squares)
            .numbers(6, limits)
            .numbers(7, counts);
    return add(step, new ProtocolBuffer().text(1, tag).message(5, histogram));
  }

  /// Adds an image.
  ///
  /// @param channels 1, grey, or 3, colour
  /// @param pixels from 0 to 255, line by line from the top, channels last
  /// @throws IllegalArgumentException if they are of another number
  /// @throws UncheckedIOException if it can't be written
  public EventFile image(
      String tag, long step, int width, int height, int channels, byte... pixels) {
    ProtocolBuffer image =
        new ProtocolBuffer()
            .whole(1, height)
            .whole(2, width)
            .whole(3, channels)
            .bytes(4, Png.of(width, height, channels, pixels));
    return add(step, new ProtocolBuffer().text(1, tag).message(4, image));
  }

  /// Adds what the run was asked to be, for TensorBoard's table of hyperparameters.
  ///
  /// @param run its name there
  /// @param settings numbers, booleans, and what else there is as texts
  /// @throws UncheckedIOException if it can't be written
  public EventFile hyperparameters(String run, Map<String, ?> settings) {
    ProtocolBuffer start = new ProtocolBuffer();
    settings.forEach((name, value) ->
        start.message(1, new ProtocolBuffer().text(1, name).message(2, value(value))));
    start.text(4, run).number(5, System.currentTimeMillis() / 1e3);
    plugin("_hparams_/session_start_info", new ProtocolBuffer().message(3, start));
    ProtocolBuffer end =
        new ProtocolBuffer().whole(1, 1).number(2, System.currentTimeMillis() / 1e3);
    return plugin("_hparams_/session_end_info", new ProtocolBuffer().message(4, end));
  }

  /// A value of any kind: `google.protobuf.Value`.
  private static ProtocolBuffer value(Object value) {
    return switch (value) {
      case Number number -> new ProtocolBuffer().number(2, number.doubleValue());
      case Boolean yes -> new ProtocolBuffer().whole(4, yes ? 1 : 0);
      default -> new ProtocolBuffer().text(3, String.valueOf(value));
    };
  }

  private EventFile plugin(String tag, ProtocolBuffer content) {
    ProtocolBuffer data = new ProtocolBuffer().text(1, "hparams").message(2, content);
    // A value has to be there: an empty vector of floats.
    ProtocolBuffer none =
        new ProtocolBuffer()
            .whole(1, 1)
            .message(2, new ProtocolBuffer().message(2, new ProtocolBuffer()));
    return add(
        0,
        new ProtocolBuffer()
            .text(1, tag)
            .message(8, none)
            .message(9, new ProtocolBuffer().message(1, data)));
  }

  private EventFile add(long step, ProtocolBuffer value) {
    try {
      write(
          new ProtocolBuffer()
              .number(1, System.currentTimeMillis() / 1e3)
              .whole(2, step)
              .message(5, new ProtocolBuffer().message(1, value))
              .toBytes());
      return this;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(byte... record) throws IOException {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(record.length).array();
    out.write(length);
    out.write(checksum(length));
    out.write(record);
    out.write(checksum(record));
  }

  private static byte[] checksum(byte... bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int masked = Integer.rotateRight((int) crc.getValue(), TURN) + MASK;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(file + ": can't be written: " + e.getMessage(), e);
  }

  /// Puts what was added into the file, for readers that follow it.
  ///
  /// @throws UncheckedIOException if that fails
  public EventFile flush() {
    try {
      out.flush();
      return this;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Ends it.
  ///
  /// @throws UncheckedIOException if what was added can't be written
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
