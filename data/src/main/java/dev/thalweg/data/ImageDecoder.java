package dev.thalweg.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Makes bytes of PNG and JPEG files, by the readers of the JDK. The only class that needs
/// `java.desktop`.
///
/// Numbers are those in the file, whatever colour space it claims: of 16 bits the nearest of 8;
/// what shows through lies on white; CMYK becomes (255 - ink) · (255 - black) / 255; grey of colour
/// is 0.299 red + 0.587 green + 0.114 blue.
final class ImageDecoder {

  private ImageDecoder() {}

  /// The pixels of a file as they lie in it, not yet turned upright.
  ///
  /// @param channels 1 for grey, 3 for colour
  /// @throws UnreadableFile if the file is damaged
  static byte[] decoded(byte[] file, ImageHeader header, int channels) throws IOException {
    if (header.png()) {
      PngChunks.check(file);
    }
    ImageReader reader = reader(header.png() ? "png" : "jpeg");
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      for (String warning : warnings) {
        checkDamage(warning);
      }
      if (image.getHeight() != header.height() || image.getWidth() != header.width()) {
        throw new UnreadableFile("is damaged: it has two sizes");
      }
      return bytes(image, channels);
    } catch (UnreadableFile e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The readers let all kinds of exceptions through.
      var unreadable = new UnreadableFile("is damaged: " + reason(e));
      unreadable.initCause(e);
      throw unreadable;
    } finally {
      reader.dispose();
    }
  }

  /// Some bytes too many between two parts do no harm, and neither do a bad colour profile and a
  /// missing last marker.
  private static void checkDamage(String warning) throws UnreadableFile {
    if (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes")) {
      throw new UnreadableFile(
          warning.contains("premature end") ? "is truncated" : "is damaged: " + warning);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    for (Throwable deeper = e.getCause(); deeper != null; deeper = deeper.getCause()) {
      cause = deeper;
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : CsvTable.shown(message);
  }

  /// The JDK's own reader, also where a library has brought another one.
  private static ImageReader reader(String format) {
    for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        readers.hasNext(); ) {
      ImageReader reader = readers.next();
      if (ImageIO.class.getModule().equals(reader.getClass().getModule())) {
        return reader;
      }
    }
    throw new DataException("this Java has no reader for images of " + format);
  }

  private static byte[] bytes(BufferedImage image, int channels) throws UnreadableFile {
    ColorModel colours = image.getColorModel();
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int height = image.getHeight();
    int bands = raster.getNumBands();
    var to = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    var line = new int[width * bands];
    int[] palette = colours instanceof IndexColorModel index ? palette(index) : new int[0];
    int bits = colours.getComponentSize(0);
    if (palette.length == 0 && (bands > 4 || (bits != 8 && bits != 16))) {
      throw new UnreadableFile("has %d numbers of %d bits a pixel".formatted(bands, bits));
    }
    boolean alpha = colours.hasAlpha();
    for (int row = 0, i = 0; row < height; row++) {
      raster.getPixels(0, row, width, 1, line);
      for (int column = 0; column < width; column++) {
        int rgb =
            palette.length > 0
                ? onWhite(palette[Math.min(line[column], palette.length - 1)])
                : pixel(line, column * bands, bands, alpha, bits == 16);
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        if (channels == 1) {
          to[i++] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
        } else {
          to[i++] = (byte) red;
          to[i++] = (byte) green;
          to[i++] = (byte) blue;
        }
      }
    }
    return to;
  }

  private static int[] palette(IndexColorModel colours) {
    var palette = new int[colours.getMapSize()];
    colours.getRGBs(palette);
    return palette;
  }

  private static int pixel(int[] line, int at, int bands, boolean alpha, boolean sixteen) {
    int first = eight(line[at], sixteen);
    if (bands <= 2) {
      int opacity = bands == 2 ? eight(line[at + 1], sixteen) : 255;
      return onWhite(opacity << 24 | first << 16 | first << 8 | first);
    }
    int second = eight(line[at + 1], sixteen);
    int third = eight(line[at + 2], sixteen);
    int fourth = bands == 4 ? eight(line[at + 3], sixteen) : 255;
    if (bands == 4 && !alpha) {
      return paper(first, fourth) << 16 | paper(second, fourth) << 8 | paper(third, fourth);
    }
    return onWhite(fourth << 24 | first << 16 | second << 8 | third);
  }

  private static int eight(int number, boolean sixteen) {
    return sixteen ? (number + 128) / 257 : number;
  }

  private static int paper(int ink, int black) {
    return ((255 - ink) * (255 - black) + 127) / 255;
  }

  /// A colour with opacity in the upper byte, on white.
  private static int onWhite(int argb) {
    int opacity = argb >>> 24;
    return opacity == 255
        ? argb & 0xffffff
        : over(argb >> 16 & 0xff, opacity) << 16
            | over(argb >> 8 & 0xff, opacity) << 8
            | over(argb & 0xff, opacity);
  }

  private static int over(int number, int opacity) {
    return (number * opacity + 255 * (255 - opacity) + 127) / 255;
  }
}
