package dev.thalweg.cli;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes that can be read more than once, without all of them in memory.
///
/// What comes from a pipe and is longer than 16 MiB is put into a file of the temporary folder,
/// which has no name there any more.
final class Twice implements AutoCloseable {

  private static final int IN_MEMORY = 1 << 24;

  private interface Source {
    InputStream open() throws IOException;
  }

  private final Source source;
  private final Closeable rest;

  private Twice(Source source, Closeable rest) {
    this.source = source;
    this.rest = rest;
  }

  /// A file; one that is a pipe or a device is read to its end.
  static Twice of(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      return new Twice(() -> Files.newInputStream(file), () -> {});
    }
    try (var in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /// What comes from a pipe, to its end.
  static Twice of(InputStream in) throws IOException {
    var first = in.readNBytes(IN_MEMORY);
    if (first.length < IN_MEMORY) {
      return new Twice(() -> new ByteArrayInputStream(first), () -> {});
    }
    var file = Files.createTempFile("thalweg-gradients-", ".json");
    var channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      deleteName(file);
      // Not closed, since that would close the channel.
      var out = Channels.newOutputStream(channel);
      out.write(first);
      in.transferTo(out);
    } catch (IOException e) {
      channel.close();
      throw new IOException(e.getMessage() + " (it is kept in " + file.getParent() + ")", e);
    }
    return new Twice(() -> from(channel), channel);
  }

  /// The channel from its beginning; closing it leaves the channel open.
  private static InputStream from(FileChannel channel) throws IOException {
    return new FilterInputStream(Channels.newInputStream(channel.position(0))) {
      @Override
      public void close() {}
    };
  }

  private static void deleteName(Path file) {
    try {
      Files.delete(file);
    } catch (IOException inUse) {
      // Windows keeps the name until the file is closed.
    }
  }

  /// From the first byte on; one after the other.
  InputStream open() throws IOException {
    return source.open();
  }

  @Override
  public void close() {
    try {
      rest.close();
    } catch (IOException e) {
      // It was read; nothing is lost.
    }
  }
}
