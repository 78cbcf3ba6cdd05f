package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.Arrays;
import java.util.Locale;

/// Log-mel spectrograms: how loud a sound is over time in bands of pitch, as people hear it.
///
/// ```java
/// float[] x = LogMel.ofSpeech(16_000).of(sound.resampled(16_000));
/// ```
///
/// Frame k is centred on sample k · hop, k = 0 … ⌊length / hop⌋, with silence beyond both ends: its
/// samples by a Hann window, ½ − ½ cos(2πn / window), n = 0 … window − 1, in the middle of as many
/// as the next power of 2, whose discrete Fourier transform has powers |X(f)|². A band is the sum
/// of them by a triangle over frequency whose corners are three neighbours of bands + 2 points
/// evenly spaced from low to high on the mel scale. The result is ln max(band, 1e-10). All in
/// double, rounded once. As executed torchaudio and librosa compute it with these settings and
/// zeros beyond the ends.
///
/// @param rate samples a second
/// @param window samples of a frame
/// @param hop samples from one frame to the next
/// @param bands how many
/// @param low the lowest frequency, in Hz
/// @param high the highest, at most half the rate
/// @param scale how pitch is counted
public record LogMel(
    int rate, int window, int hop, int bands, double low, double high, MelScale scale) {

  private static final double LEAST = 1e-10;
  private static final int LARGEST = 1 << 20;

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if one is not positive (low may be 0), or not 0 ≤ low < high
  ///   ≤ rate / 2
  public LogMel {
    Sound.checkRate("log-mel: rate", rate);
    NotNull.check(scale, "scale");
    check("window", window);
    check("hop", hop);
    check("bands", bands);
    if (!(low >= 0 && low < high && high <= rate / 2.0)) {
      throw new IllegalArgumentException(
          "log-mel: expected 0 ≤ low < high ≤ %s Hz, found %s and %s"
              .formatted(rate / 2.0, low, high));
    }
  }

  private static void check(String name, int number) {
    if (number < 1 || number > LARGEST) {
      throw new IllegalArgumentException(
          "log-mel: %s: expected 1 to %,d, found %,d".formatted(name, LARGEST, number));
    }
  }

  /// What is usual for speech: 25 ms every 10 ms, 40 bands from 20 Hz to half the rate, HTK's mel.
  ///
  /// @throws IllegalArgumentException if the rate is 40 or lower
  public static LogMel ofSpeech(int rate) {
    return new LogMel(
        rate, Math.max(1, rate / 40), Math.max(1, rate / 100), 40, 20, rate / 2.0, MelScale.HTK);
  }

  /// How many frames a sound of so many samples has: 1 + ⌊length / hop⌋.
  public int frames(int length) {
    return 1 + length / hop;
  }

  /// The spectrogram, frame after frame: frames × bands.
  ///
  /// @throws IllegalArgumentException if the sound has another rate
  public float[] of(Sound sound) {
    double[] bands = powers(sound);
    var logs = new float[bands.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) StrictMath.log(Math.max(bands[i], LEAST));
    }
    return logs;
  }

  /// The power in each band of each frame.
  double[] powers(Sound sound) {
    NotNull.check(sound, "sound");
    if (sound.rate() != rate) {
      throw new IllegalArgumentException(
          "log-mel: expected a sound at %,d Hz, found one at %,d Hz; Sound.resampled brings it there"
              .formatted(rate, sound.rate()));
    }
    int size = Math.max(2, Integer.highestOneBit(2 * window - 1));
    var fourier = new Fourier(size);
    double[] hann = hann();
    double[][] triangles = triangles(size);
    float[] x = sound.ownSamples();
    int frames = frames(x.length);
    var powers = new double[Math.multiplyExact(frames, bands)];
    var re = new double[size];
    var im = new double[size];
    // Where the window begins, from the middle of the frame on.
    int before = size / 2 - (size - window) / 2;
    for (int frame = 0; frame < frames; frame++) {
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
      long first = (long) frame * hop - before;
      for (int i = 0; i < window; i++) {
        long at = first + i;
        re[i] = at >= 0 && at < x.length ? x[(int) at] * hann[i] : 0;
      }
      fourier.transform(re, im);
      for (int band = 0; band < bands; band++) {
        double[] triangle = triangles[band];
        double sum = 0;
        int from = (int) triangle[0];
        for (int i = 1; i < triangle.length; i++) {
          int k = from + i - 1;
          sum += triangle[i] * (re[k] * re[k] + im[k] * im[k]);
        }
        powers[frame * bands + band] = sum;
      }
    }
    return powers;
  }

  private double[] hann() {
    var hann = new double[window];
    for (int i = 0; i < window; i++) {
      hann[i] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / window);
    }
    return hann;
  }

  /// Of each band the first frequency of its triangle, and from there on its weights.
  private double[][] triangles(int size) {
    double lowest = scale.mel(low);
    double step = (scale.mel(high) - lowest) / (bands + 1);
    var corners = new double[bands + 2];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = scale.hertz(lowest + i * step);
    }
    var triangles = new double[bands][];
    for (int band = 0; band < bands; band++) {
      double left = corners[band];
      double top = corners[band + 1];
      double right = corners[band + 2];
      double height = scale == MelScale.SLANEY ? 2 / (right - left) : 1;
      int first = Math.max(0, (int) Math.ceil(left * size / rate));
      int last = Math.min(size / 2, (int) Math.floor(right * size / rate));
      var triangle = new double[Math.max(0, last - first + 1) + 1];
      triangle[0] = first;
      for (int k = first; k <= last; k++) {
        double hertz = (double) k * rate / size;
        double weight = Math.min((hertz - left) / (top - left), (right - hertz) / (right - top));
        triangle[k - first + 1] = Math.max(0, weight) * height;
      }
      triangles[band] = triangle;
    }
    return triangles;
  }

  /// `40 bands of 20 to 8000 Hz (htk), 400 samples every 160 at 16,000 Hz`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d bands of %.0f to %.0f Hz (%s), %d samples every %d at %,d Hz",
        bands,
        low,
        high,
        scale,
        window,
        hop,
        rate);
  }
}
