package dev.thalweg.data;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/// Image files for tests.
final class ImageFiles {

  private ImageFiles() {}

  /// An image whose numbers are those of a function of row, column and band.
  interface Numbers {
    int at(int row, int column, int band);
  }

  static BufferedImage image(int type, int height, int width, Numbers numbers) {
    return filled(new BufferedImage(width, height, type), numbers);
  }

  static BufferedImage indexed(int height, int width, Numbers numbers, int... argb) {
    var colours = new IndexColorModel(8, argb.length, argb, 0, true, -1, DataBuffer.TYPE_BYTE);
    return filled(
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours), numbers);
  }

  private static BufferedImage filled(BufferedImage image, Numbers numbers) {
    var raster = image.getRaster();
    for (int row = 0; row < image.getHeight(); row++) {
      for (int column = 0; column < image.getWidth(); column++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          raster.setSample(column, row, band, numbers.at(row, column, band));
        }
      }
    }
    return image;
  }

  /// A grey image of one value.
  static BufferedImage plain(int height, int width, int value) {
    return image(BufferedImage.TYPE_BYTE_GRAY, height, width, (_, _, _) -> value);
  }

  static byte[] png(BufferedImage image) {
    return written(image, "png", false);
  }

  static byte[] jpeg(BufferedImage image) {
    return written(image, "jpeg", false);
  }

  static byte[] progressive(BufferedImage image) {
    return written(image, "jpeg", true);
  }

  /// Adam7.
  static byte[] interlaced(BufferedImage image) {
    return written(image, "png", true);
  }

  /// Numbers of grey, each with one of how much of it there is.
  static BufferedImage greyAlpha(int height, int width, Numbers numbers) {
    var colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    var raster = colours.createCompatibleWritableRaster(width, height);
    return filled(new BufferedImage(colours, raster, false, null), numbers);
  }

  private static byte[] written(BufferedImage image, String format, boolean progressive) {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName(format).next();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      var parameters = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(1);
      }
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /// A JPEG file of four bands, which are ink.
  static byte[] cmyk(int height, int width, Numbers numbers) {
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        for (int band = 0; band < 4; band++) {
          raster.setSample(column, row, band, numbers.at(row, column, band));
        }
      }
    }
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(1);
      writer.write(null, new IIOImage(raster, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /// What an Exif segment says of how the camera was held.
  static byte[] exif(boolean littleEndian, int orientation) {
    var tiff =
        ByteBuffer.allocate(8 + 2 + 2 * 12 + 4)
            .order(littleEndian ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN);
    tiff.put((byte) (littleEndian ? 'I' : 'M')).put((byte) (littleEndian ? 'I' : 'M'));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x0110).putShort((short) 2).putInt(1).putInt(0); // a model without name
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    return tiff.array();
  }

  /// A JPEG file with an Exif segment behind its beginning.
  static byte[] turned(byte[] jpeg, byte[] exif) {
    var bytes = ByteBuffer.allocate(jpeg.length + 10 + exif.length);
    bytes.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (8 + exif.length));
    bytes.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
    return bytes.put(jpeg, 2, jpeg.length - 2).array();
  }

  /// A PNG file with a chunk behind its header.
  static byte[] withChunk(byte[] png, String name, byte[] content) {
    int header = 8 + 12 + 13;
    var bytes = ByteBuffer.allocate(png.length + 12 + content.length);
    bytes.put(png, 0, header).putInt(content.length);
    bytes.put(name.getBytes(StandardCharsets.US_ASCII)).put(content);
    var checksum = new CRC32();
    checksum.update(bytes.array(), header + 4, 4 + content.length);
    return bytes.putInt((int) checksum.getValue()).put(png, header, png.length - header).array();
  }

  static Path put(Path folder, String name, byte[] bytes) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The pixels of a file as they lie in it.
  static byte[] decoded(byte[] file, int channels) throws IOException {
    return ImageDecoder.decoded(file, ImageHeader.read(new ByteArrayInputStream(file)), channels);
  }
}
