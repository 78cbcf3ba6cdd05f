package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// A sound of one channel: samples, from −1 to 1 where nothing is too loud, at so many a second.
///
/// ```java
/// Sound word = Sound.read(Path.of("seven.wav")).resampled(16_000);
/// ```
///
/// **Files** are WAV: PCM of 8, 16, 24 and 32 bits (up to 32 in whole bytes; 8 are unsigned) and
/// floats of 32 and 64, also behind `WAVE_FORMAT_EXTENSIBLE`, and RF64. A sample of n bits is its
/// number over 2ⁿ⁻¹. Several channels become one, their mean. Other chunks (`LIST`, `fact`, `cue `,
/// …) are passed over, wherever they stand; a padding byte that was left out is forgiven, and so
/// are the sizes that programs write into a pipe, 0 or about 2³¹ and more: then the samples go to
/// the end of the file. A file that has fewer samples than it says otherwise is refused.
///
/// An immutable value: samples are copied in and out.
public final class Sound {

  private final int rate;
  private final float[] samples;

  private Sound(int rate, float[] samples) {
    this.rate = rate;
    this.samples = samples;
  }

  /// A sound of these samples.
  ///
  /// @param rate samples a second, from 1 to 1,000,000
  /// @throws IllegalArgumentException if the rate is another, there is no sample, or one is not
  ///   finite
  public static Sound of(int rate, float... samples) {
    NotNull.check(samples, "samples");
    checkRate("sound: rate", rate);
    if (samples.length == 0) {
      throw new IllegalArgumentException("sound: expected at least 1 sample, found none");
    }
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new IllegalArgumentException(
            "sound: expected finite samples, found %s at place %d".formatted(samples[i], i));
      }
    }
    return new Sound(rate, samples.clone());
  }

  /// Takes the array as it is.
  static Sound own(int rate, float[] samples) {
    return new Sound(rate, samples);
  }

  static void checkRate(String name, int rate) {
    if (rate < 1 || rate > WavFile.HIGHEST_RATE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected 1 to %,d samples a second, found %,d",
              name,
              WavFile.HIGHEST_RATE,
              rate));
    }
  }

  /// Reads a WAV file.
  ///
  /// @throws DataException if there is none, it is something else, damaged or empty
  public static Sound read(Path file) {
    NotNull.check(file, "file");
    try {
      return WavFile.of(Files.readAllBytes(file)).sound();
    } catch (UnreadableFile e) {
      throw new DataException(file + " " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new DataException(file + ": cannot be read: no permission", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /// Whether a file begins as WAV files do.
  public static boolean isFile(Path file) {
    NotNull.check(file, "file");
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return WavFile.isMeant(in.readNBytes(12));
    } catch (IOException unreadable) {
      return false; // whoever reads it says so
    }
  }

  /// Samples a second.
  public int rate() {
    return rate;
  }

  /// How many samples there are, at least 1.
  public int length() {
    return samples.length;
  }

  /// How long it lasts.
  public double seconds() {
    return (double) samples.length / rate;
  }

  /// The samples; a fresh array.
  public float[] samples() {
    return samples.clone();
  }

  /// The samples themselves, for reading within the package.
  float[] ownSamples() {
    return samples;
  }

  /// The same at another rate: each new sample is the sum of those around it by a sinc, cut off by
  /// a Hann window at its sixth zero on both sides, that lets 0.99 of the lower rate's half pass:
  /// y(t) = Σ x(m) s sinc(s u) cos²(π s u / 12), u = m − t in samples of the old rate, s = 0.99
  /// min(1, new / old). ⌈length · new / old⌉ samples. In double, rounded once; silence is where
  /// there is nothing. It is `torchaudio.functional.resample` with its defaults.
  ///
  /// @param other from 1 to 1,000,000
  /// @throws IllegalArgumentException if it is another, or the result is longer than an array
  public Sound resampled(int other) {
    checkRate("resampled", other);
    if (other == rate) {
      return this;
    }
    var wide = new double[samples.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = samples[i];
    }
    return new Sound(other, Checks.rounded(SincResampling.of(wide, rate, other)));
  }

  /// The same with so many samples: what is too much is cut off at both ends, what lacks is silence
  /// at both ends, half each and one more behind where the number is odd.
  ///
  /// @throws IllegalArgumentException if the length is below 1
  public Sound fitted(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "fitted: expected a length of at least 1 sample, found " + length);
    }
    if (length == samples.length) {
      return this;
    }
    var fitted = new float[length];
    int more = length - samples.length;
    System.arraycopy(
        samples,
        Math.max(0, -more / 2),
        fitted,
        Math.max(0, more / 2),
        Math.min(length, samples.length));
    return new Sound(rate, fitted);
  }

  /// `16,000 samples at 16,000 Hz, 1.000 s`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d sample%s at %,d Hz, %.3f s",
        samples.length,
        samples.length == 1 ? "" : "s",
        rate,
        seconds());
  }
}
