package dev.thalweg.formats;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Why a file can't be read, in a sentence.
final class Unreadable {

  private Unreadable() {}

  /// Refuses what is no file: a pipe that nobody writes to would be waited for without an end.
  static void checkFile(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new FormatException(file + ": expected a file, found a device or a pipe", -1);
    }
  }

  static FormatException because(Path file, IOException e) {
    String reason;
    if (Files.isDirectory(file)) {
      reason = "a directory, not a file to read";
    } else {
      reason =
          switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "cannot be read: no permission";
            case FileSystemException f when f.getReason() != null ->
                "cannot be read: " + f.getReason();
            default -> "cannot be read: " + e.getMessage();
          };
    }
    return new FormatException(file + ": " + reason, -1, e);
  }
}
