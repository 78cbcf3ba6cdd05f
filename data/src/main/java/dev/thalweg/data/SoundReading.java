package dev.thalweg.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads sound files into spectrograms ([SoundOptions]), each by as many threads as there are
/// processors. The result depends on the files only.
final class SoundReading {

  /// Bytes in an array; as many spectrograms as fit.
  private static final int PART = 1 << 30;

  private final String source;
  private final List<Path> files;
  private final EachFile each;

  /// @param source what the files are of, for messages
  SoundReading(String source, List<Path> files) {
    this.source = source;
    this.files = files;
    this.each = new EachFile(source, "sounds", files, Runtime.getRuntime().availableProcessors());
  }

  /// What a file says of its sound.
  record Header(int rate, int channels, double seconds) {}

  /// Of all files; null where it can't be read, of which there is a failure then.
  @Nullable Header[] headers() {
    var headers = new @Nullable Header[files.size()];
    each.run((place, file) -> {
      WavFile wav = WavFile.of(Files.readAllBytes(file));
      headers[place] = new Header(wav.rate(), wav.channels(), wav.seconds());
    });
    return headers;
  }

  /// Why files can't be read, as far as is known, in their order.
  List<String> failures() {
    return each.failures();
  }

  /// @throws DataException if a file can't be read, naming up to ten
  Images read(SoundOptions options) {
    SoundOptions all = options.isComplete() ? options : completed(options);
    ImageShape shape = all.shape();
    int perPart = Math.clamp(PART / shape.size(), 1, files.size());
    var parts = new byte[Math.ceilDiv(files.size(), perPart)][];
    try {
      for (int part = 0; part < parts.length; part++) {
        parts[part] = new byte[Math.min(perPart, files.size() - part * perPart) * shape.size()];
      }
      each.run((place, file) -> {
        byte[] levels = all.spectrogram(WavFile.of(Files.readAllBytes(file)).sound());
        System.arraycopy(
            levels, 0, parts[place / perPart], place % perPart * shape.size(), levels.length);
      });
    } catch (OutOfMemoryError e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %,d spectrograms of %s are larger than the memory",
              source,
              files.size(),
              shape),
          e);
    }
    each.check();
    return Images.own(shape, parts).withSounds(files, all);
  }

  /// What is left open taken from the files.
  ///
  /// @throws DataException if a file can't be read, naming up to ten
  SoundOptions completed(SoundOptions options) {
    @Nullable Header[] headers = headers();
    each.check();
    return options.completed(
        Arrays.stream(headers)
            .filter(Objects::nonNull)
            .mapToInt(Header::rate)
            .min()
            .orElse(SoundOptions.USUAL_RATE),
        Arrays.stream(headers)
            .filter(Objects::nonNull)
            .mapToDouble(Header::seconds)
            .max()
            .orElse(1));
  }
}
