package dev.thalweg.cli;

import dev.thalweg.formats.AtomicFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/// A file that a command writes: whole or not at all, also if the command is interrupted; a device,
/// a pipe and what a link points to are written through ([AtomicFile]).
final class OutputFile {

  private static final Set<String> STANDARD_OUTPUT =
      Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

  private OutputFile() {}

  /// Writes a file, or replaces it, and clears what a killed command left beside it.
  ///
  /// @throws UncheckedIOException if it can't be written, with a sentence that names the file
  static void write(Path file, AtomicFile.Content content) {
    if (isStandardOutput(file)) {
      // Opened again, a file would be written from its beginning, and over what goes there
      // otherwise.
      try {
        var out = new FileOutputStream(FileDescriptor.out);
        content.writeTo(out);
        out.flush();
      } catch (IOException e) {
        throw failure(file, e);
      }
      return;
    }
    AtomicFile.clear(file);
    try (var whole = AtomicFile.begin(file)) {
      var onInterrupt = new Thread(whole::close, "thalweg-interrupted");
      Interrupt.hook(onInterrupt);
      try {
        content.writeTo(whole.stream());
        whole.commit();
      } catch (IOException e) {
        throw failure(file, e);
      } finally {
        Interrupt.unhook(onInterrupt);
      }
    }
  }

  static boolean isStandardOutput(Path file) {
    return STANDARD_OUTPUT.contains(file.toAbsolutePath().normalize().toString());
  }

  private static UncheckedIOException failure(Path file, IOException e) {
    return new UncheckedIOException(
        new IOException(file + ": cannot be written: " + e.getMessage(), e));
  }
}
