package dev.thalweg.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// The bytes of a file, or of an array, unpacked where they are gzip; every failure names the
/// source.
final class Packed implements AutoCloseable {

  private final String source;
  private final boolean gzip;
  private final InputStream in;

  private Packed(String source, boolean gzip, InputStream in) {
    this.source = source;
    this.gzip = gzip;
    this.in = in;
  }

  /// Opens a file.
  ///
  /// @throws DataException if it can't be read
  static Packed open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new DataException(file + ": a folder, not a file to read");
      }
      InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      return open(file.toString(), bytes);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /// The bytes of an array.
  ///
  /// @param source what messages call it
  /// @throws DataException if they begin as gzip does and go on as nothing does
  static Packed of(String source, byte[] bytes) {
    return open(source, new ByteArrayInputStream(bytes));
  }

  /// The bytes of a stream.
  ///
  /// @param source what messages call it
  /// @throws DataException as [#of(String, byte[])]
  static Packed of(String source, InputStream bytes) {
    return open(source, new BufferedInputStream(bytes, 1 << 16));
  }

  /// @param bytes that can be marked and reset
  private static Packed open(String source, InputStream bytes) {
    boolean gzip = false;
    try {
      bytes.mark(2);
      gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      return new Packed(source, gzip, gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes);
    } catch (IOException e) {
      var failure = failure(source, gzip, e);
      try {
        bytes.close();
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  /// What messages call it.
  String source() {
    return source;
  }

  /// The bytes; whoever reads them turns what fails into [#failed].
  InputStream in() {
    return in;
  }

  /// All bytes.
  ///
  /// @throws DataException if they can't be read
  byte[] all() {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw failed(e);
    } catch (OutOfMemoryError e) {
      throw new DataException(source + ": larger than the memory", e);
    }
  }

  /// What an exception while reading means to the user.
  DataException failed(IOException e) {
    return failure(source, gzip, e);
  }

  private static DataException failure(String source, boolean gzip, IOException e) {
    return gzip
        ? new DataException(
            "%s: damaged gzip: %s"
                .formatted(source, e instanceof EOFException ? "it is truncated" : e.getMessage()),
            e)
        : unreadable(source, e);
  }

  private static DataException unreadable(String source, IOException e) {
    return new DataException(
        source
            + switch (e) {
              case NoSuchFileException _ -> ": no such file";
              case AccessDeniedException _ -> ": cannot be read: no permission";
              default -> ": cannot be read: " + e.getMessage();
            },
        e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
