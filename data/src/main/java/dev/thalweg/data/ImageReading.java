package dev.thalweg.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads image files into [Images]: the headers of all, then the pixels, each by as many threads as
/// there are processors. The result depends on the files only.
final class ImageReading {

  /// Bytes in an array; as many images as fit.
  private static final int PART = 1 << 30;

  private final String source;
  private final List<Path> files;
  private final EachFile each;

  /// @param source what the files are of, for messages
  ImageReading(String source, List<Path> files) {
    this(source, files, Runtime.getRuntime().availableProcessors());
  }

  ImageReading(String source, List<Path> files, int threads) {
    this.source = source;
    this.files = files;
    this.each = new EachFile(source, "images", files, threads);
  }

  /// @throws DataException if a file can't be read, naming up to ten, or sizes differ and none is
  ///   asked for
  Images read(ImageOptions options) {
    if (!canDecode()) {
      throw new DataException(
          source
              + ": reading images needs the module java.desktop, which this JVM was started"
              + " without; java's option 'add-modules' names it");
    }
    @Nullable ImageHeader[] headers = headers();
    ImageShape shape = shape(headers, options);
    int perPart = Math.clamp(PART / shape.size(), 1, files.size());
    var parts = new byte[Math.ceilDiv(files.size(), perPart)][];
    try {
      for (int part = 0; part < parts.length; part++) {
        parts[part] = new byte[Math.min(perPart, files.size() - part * perPart) * shape.size()];
      }
      each.run((place, file) -> {
        ImageHeader header = headers[place];
        if (header != null) {
          byte[] pixels = pixels(file, header, shape, options.fit());
          System.arraycopy(
              pixels, 0, parts[place / perPart], place % perPart * shape.size(), pixels.length);
        }
      });
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "%s: %,d images of %s are larger than the memory".formatted(source, files.size(), shape),
          e);
    }
    each.check();
    return Images.own(shape, parts).withFiles(files, options.fit());
  }

  /// Whether images can be decoded here: a JVM may have been started, or made, without
  /// `java.desktop`. Asked of a class that does without it itself.
  private static boolean canDecode() {
    ModuleLayer layer = ImageReading.class.getModule().getLayer();
    return (layer == null ? ModuleLayer.boot() : layer).findModule("java.desktop").isPresent();
  }

  /// The headers of all files; null where there is none, of which there is a failure then.
  @Nullable ImageHeader[] headers() {
    var headers = new @Nullable ImageHeader[files.size()];
    each.run((place, file) -> {
      try (var in = new BufferedInputStream(Files.newInputStream(file))) {
        headers[place] = ImageHeader.read(in);
      }
    });
    return headers;
  }

  /// Why files can't be read, as far as is known, in their order.
  List<String> failures() {
    return each.failures();
  }

  private ImageShape shape(@Nullable ImageHeader[] headers, ImageOptions options) {
    int channels =
        options
            .channels()
            .orElseGet(
                () -> Arrays.stream(headers).anyMatch(h -> h != null && h.channels() > 1) ? 3 : 1);
    Optional<ImageOptions.Size> size = options.size();
    if (size.isPresent()) {
      return new ImageShape(size.get().height(), size.get().width(), channels);
    }
    int first = -1;
    for (int place = 0; place < headers.length; place++) {
      ImageHeader header = headers[place];
      ImageHeader other = first < 0 ? null : headers[first];
      if (header == null) {
        continue;
      }
      if (other == null) {
        first = place;
      } else if (header.shape().height() != other.shape().height()
          || header.shape().width() != other.shape().width()) {
        throw new DataException(
            "%s: expected images of one size, found %s in %s and %s in %s; ImageOptions.withSize(\"%dx%d\") brings all to that height and width"
                .formatted(
                    source,
                    size(other),
                    files.get(first),
                    size(header),
                    files.get(place),
                    other.shape().height(),
                    other.shape().width()));
      }
    }
    ImageHeader any = first < 0 ? null : headers[first];
    if (any == null) {
      each.check();
      throw new DataException(source + ": expected at least 1 image, found none");
    }
    return new ImageShape(any.shape().height(), any.shape().width(), channels);
  }

  private static String size(ImageHeader header) {
    return header.shape().height() + "×" + header.shape().width();
  }

  private static byte[] pixels(Path file, ImageHeader header, ImageShape shape, Fit fit)
      throws IOException {
    byte[] pixels = ImageDecoder.decoded(Files.readAllBytes(file), header, shape.channels());
    var lying = new ImageShape(header.height(), header.width(), shape.channels());
    boolean turned = header.orientation() >= 5;
    var wanted = turned ? shape.turned() : shape;
    byte[] resized =
        lying.equals(wanted)
            ? pixels
            : Resampling.resized(pixels, lying, wanted.height(), wanted.width(), fit);
    return Resampling.upright(resized, wanted, header.orientation());
  }
}
