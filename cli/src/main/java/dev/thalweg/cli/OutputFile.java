package dev.thalweg.cli;

import dev.thalweg.formats.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A file that a command writes: whole or not at all, also if the command is interrupted; a device,
/// a pipe and what a link points to are written through ([AtomicFile]).
final class OutputFile {

  private OutputFile() {}

  /// Writes a file, or replaces it, and clears what a killed command left beside it.
  ///
  /// @throws UncheckedIOException if it can't be written, with a sentence that names the file
  static void write(Path file, AtomicFile.Content content) {
    AtomicFile.clear(file);
    try (var whole = AtomicFile.begin(file)) {
      var onInterrupt = new Thread(whole::close, "thalweg-interrupted");
      Interrupt.hook(onInterrupt);
      try {
        content.writeTo(whole.stream());
        whole.commit();
      } catch (IOException e) {
        throw new UncheckedIOException(
            new IOException(file + ": cannot be written: " + e.getMessage(), e));
      } finally {
        Interrupt.unhook(onInterrupt);
      }
    }
  }
}
