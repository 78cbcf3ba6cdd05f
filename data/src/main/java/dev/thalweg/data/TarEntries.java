package dev.thalweg.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The files in a tar archive, one after the other: those of POSIX ustar and of older tars of GNU,
/// with names of up to 100 bytes and sizes in octal digits. Folders and what pax says of a file are
/// passed over; anything else is refused.
///
/// Source: IEEE Std 1003.1, pax, "ustar Interchange Format".
final class TarEntries {

  private static final int BLOCK = 512;

  /// A file.
  ///
  /// @param name with the folders that it is in
  /// @param size of its content
  record Entry(String name, long size) {}

  private final String source;
  private final InputStream in;

  /// Bytes of the current file that have not been read, and what fills up its last block.
  private long left;

  private long padding;

  private boolean first = true;

  /// @param source what messages call it
  TarEntries(String source, InputStream in) {
    this.source = source;
    this.in = in;
  }

  /// The next file; null after the last. What was not read of the one before is passed over.
  ///
  /// @throws DataException if it is no tar archive, or has something else than files and folders
  /// @throws EOFException if it is truncated
  @Nullable Entry next() throws IOException {
    while (true) {
      in.skipNBytes(left + padding);
      left = 0;
      padding = 0;
      byte[] header = in.readNBytes(BLOCK);
      if (first && header.length < BLOCK) {
        throw new DataException(
            "%s: expected a tar archive, found %d bytes".formatted(source, header.length));
      }
      first = false;
      if (header.length < BLOCK) {
        throw new EOFException();
      }
      if (isZero(header)) {
        return null;
      }
      check(header);
      long size = octal(header, 124, 12);
      left = size;
      padding = (BLOCK - size % BLOCK) % BLOCK;
      switch (header[156]) {
        case '0', 0 -> {
          return new Entry(name(header), size);
        }
        case '5', 'x', 'g' -> {
          // A folder, or what pax says of the next file or of all.
        }
        default ->
            throw new DataException(
                "%s: expected a tar archive of files and folders, found type %d of %s"
                    .formatted(source, header[156], name(header)));
      }
    }
  }

  /// Reads from the content of the current file.
  ///
  /// @return how many bytes; fewer than there is room for at its end only
  int read(byte[] to) throws IOException {
    int count = (int) Math.min(to.length, left);
    if (in.readNBytes(to, 0, count) < count) {
      throw new EOFException();
    }
    left -= count;
    return count;
  }

  private static boolean isZero(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /// The sum of all bytes of a header, its own digits taken for blanks.
  private void check(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != octal(header, 148, 8)) {
      throw new DataException(
          source + ": expected a tar archive, found a header with another checksum");
    }
  }

  /// Octal digits between blanks and zeros.
  private long octal(byte[] header, int start, int length) {
    long number = 0;
    int i = start;
    while (i < start + length && header[i] == ' ') {
      i++;
    }
    int first = i;
    for (; i < start + length && header[i] >= '0' && header[i] <= '7'; i++) {
      number = number * 8 + header[i] - '0';
    }
    for (int rest = i; rest < start + length; rest++) {
      if (header[rest] != ' ' && header[rest] != 0) {
        throw new DataException(
            source + ": expected a tar archive, found a number that is not octal");
      }
    }
    if (i == first) {
      throw new DataException(source + ": expected a tar archive, found a number without digits");
    }
    return number;
  }

  private static String name(byte[] header) {
    int end = 0;
    while (end < 100 && header[end] != 0) {
      end++;
    }
    return CsvTable.oneLine(new String(header, 0, end, StandardCharsets.UTF_8));
  }
}
