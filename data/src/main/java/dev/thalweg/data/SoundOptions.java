package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.Locale;
import java.util.Optional;

/// How sounds become spectrograms of one size: images with a row for each hundredth of a second and
/// a column for each of 40 bands of pitch.
///
/// Channels become their mean, and samples those of one rate ([Sound#resampled]). A sound that is
/// too long loses as much at both ends, one that is too short has silence there ([Sound#fitted]).
/// Of [LogMel#ofSpeech] comes what each band has of the loudest in the sound: from 0, 80 dB less or
/// silence, to 1, so that it does not matter how loud a sound was recorded. It is kept as one of
/// 255 steps in a byte, a fifth of what samples of 16 bits at 16,000 Hz take.
///
/// ```java
/// Dataset data = Datasets.sounds(folder, SoundOptions.found().withSeconds(1));
/// ```
///
/// @param rate samples a second; empty for the lowest of all files, at most 16,000
/// @param seconds how long all are; empty for as long as the longest, at most 10
public record SoundOptions(Optional<Integer> rate, Optional<Double> seconds) {

  static final int USUAL_RATE = 16_000;
  static final double USUAL_SECONDS = 10;
  private static final int LOWEST_RATE = 1000;
  private static final double LONGEST = 600;

  /// Checks both.
  ///
  /// @throws IllegalArgumentException if the rate is not from 1,000 to 1,000,000, or the seconds
  ///   are not from 0.01 to 600
  public SoundOptions {
    NotNull.check(rate, "rate");
    NotNull.check(seconds, "seconds");
    rate.ifPresent(number -> {
      if (number < LOWEST_RATE || number > WavFile.HIGHEST_RATE) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "sounds: expected %,d to %,d samples a second, found %,d",
                LOWEST_RATE,
                WavFile.HIGHEST_RATE,
                number));
      }
    });
    seconds.ifPresent(number -> {
      if (!(number >= 0.01 && number <= LONGEST)) {
        throw new IllegalArgumentException(
            "sounds: expected 0.01 to %.0f seconds, found %s".formatted(LONGEST, number));
      }
    });
  }

  /// Rate and length as the files have them.
  public static SoundOptions found() {
    return new SoundOptions(Optional.empty(), Optional.empty());
  }

  /// The same at a rate.
  ///
  /// @throws IllegalArgumentException if it is not from 1,000 to 1,000,000
  public SoundOptions withRate(int samplesPerSecond) {
    return new SoundOptions(Optional.of(samplesPerSecond), seconds);
  }

  /// The same of a length.
  ///
  /// @throws IllegalArgumentException if it is not from 0.01 to 600
  public SoundOptions withSeconds(double length) {
    return new SoundOptions(rate, Optional.of(length));
  }

  /// What is left open taken from files.
  ///
  /// @param lowestRate of all
  /// @param longest of all, in seconds
  SoundOptions completed(int lowestRate, double longest) {
    return new SoundOptions(
        Optional.of(rate.orElse(Math.clamp(lowestRate, LOWEST_RATE, USUAL_RATE))),
        Optional.of(
            seconds.orElse(
                Math.clamp(Math.ceil(longest * 100 - 1e-6) / 100, 0.01, USUAL_SECONDS))));
  }

  boolean isComplete() {
    return rate.isPresent() && seconds.isPresent();
  }

  /// The spectrogram of a sound as bytes, frame after frame, as many of it as the length has.
  ///
  /// @throws IllegalStateException if rate or length are open
  byte[] spectrogram(Sound sound) {
    int at = rate.orElseThrow();
    LogMel mel = LogMel.ofSpeech(at);
    return levels(mel.powers(sound.resampled(at).fitted(length())));
  }

  /// What there is of the loudest, in steps of 80 / 255 dB.
  static byte[] levels(double... powers) {
    double loudest = 0;
    for (double power : powers) {
      loudest = Math.max(loudest, power);
    }
    var levels = new byte[powers.length];
    for (int i = 0; i < levels.length; i++) {
      if (powers[i] > 0) {
        double decibels = 10 * StrictMath.log10(powers[i] / loudest);
        levels[i] = (byte) Math.round(255 * Math.max(0, 1 + decibels / 80));
      }
    }
    return levels;
  }

  private int length() {
    return Math.max(1, (int) Math.round(seconds.orElseThrow() * rate.orElseThrow()));
  }

  /// How large spectrograms are: a row for each frame, a column for each band.
  ///
  /// @throws java.util.NoSuchElementException if rate or length are open
  public ImageShape shape() {
    LogMel mel = LogMel.ofSpeech(rate.orElseThrow());
    return new ImageShape(mel.frames(length()), mel.bands(), 1);
  }
}
