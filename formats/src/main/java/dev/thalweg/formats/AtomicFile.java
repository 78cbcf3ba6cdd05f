package dev.thalweg.formats;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/// A file that is there whole or not at all: written beside its place, forced to the disk, renamed.
public final class AtomicFile {

  /// What goes into a file.
  @FunctionalInterface
  public interface Content {

    /// Writes it all; the stream is buffered and closed by the caller.
    ///
    /// @throws IOException if the stream does
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /// Writes a file, or replaces it. Whoever reads meanwhile sees the old one or the new one; if
  /// this throws, the old one is untouched and nothing is left beside it.
  ///
  /// @throws UncheckedIOException if it can't be written, with a sentence that names the file
  public static void write(Path file, Content content) {
    Path name = file.getFileName();
    if (name == null) {
      throw new UncheckedIOException(new IOException(file + ": a directory, not a file to write"));
    }
    Path beside = file.resolveSibling("." + name + "." + UUID.randomUUID() + ".part");
    boolean done = false;
    try {
      try (var channel = FileChannel.open(beside, CREATE_NEW, WRITE)) {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(beside, file, ATOMIC_MOVE);
      done = true;
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": " + reason(file, e), e));
    } finally {
      if (!done) {
        delete(beside);
      }
    }
  }

  private static void delete(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException ignored) {
      // What made the writing fail is already on its way to the caller.
    }
  }

  /// Some folders, such as `/proc`, say that a new file is not there.
  private static String ofFolder(Path file) {
    Path folder = file.getParent();
    return folder != null && Files.isDirectory(folder)
        ? "its folder takes no files"
        : "its folder does not exist";
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "a directory, not a file to write";
    }
    return switch (e) {
      case NoSuchFileException _ -> "cannot be written: " + ofFolder(file.toAbsolutePath());
      case AccessDeniedException _ -> "cannot be written: no permission";
      case FileSystemException f when f.getReason() != null ->
          "cannot be written: " + f.getReason();
      default -> "cannot be written: " + e.getMessage();
    };
  }
}
