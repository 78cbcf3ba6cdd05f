package dev.thalweg.cli.picture;

import dev.thalweg.formats.AtomicFile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// What `--plot` draws.
public interface Picture {

  /// Draws it.
  BufferedImage draw();

  /// Writes the picture as PNG: whole, or not at all.
  ///
  /// @throws java.io.UncheckedIOException if the file can't be written, with a sentence
  default void write(Path file) {
    var image = draw();
    // ImageIO would keep what it writes to a stream in a temporary file.
    AtomicFile.write(
        file,
        out -> {
          try (var memory = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", memory);
          }
        });
  }

  /// As much of a text as there is room for.
  static String fitting(Graphics2D g, String text, int width) {
    var metrics = g.getFontMetrics();
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    var end = text.length();
    while (end > 0 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }
}
