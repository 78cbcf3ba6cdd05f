package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Sounds of any length as sequences of steps, for models that say what is said in them.
///
/// A step is three frames of the spectrogram that [SoundOptions] makes, 30 ms, side by side: 120
/// numbers from 0 to 1; what lacks in the last step is 0. They are kept as bytes, and become floats
/// when a batch is read. An immutable value.
public final class Recordings {

  /// Frames of a step.
  private static final int FRAMES = 3;

  private final List<Path> files;
  private final int rate;
  private final int bands;

  /// Of each sound, frame after frame.
  private final byte[][] levels;

  private Recordings(List<Path> files, int rate, int bands, byte[][] levels) {
    this.files = files;
    this.rate = rate;
    this.bands = bands;
    this.levels = levels;
  }

  /// Reads WAV files, in the order given; a folder stands for all files in it, sorted.
  ///
  /// @param rate samples a second that all are brought to; empty for the lowest of all files, at
  ///   most 16,000
  /// @throws IllegalArgumentException if there are no files, or the rate is out of range
  /// @throws DataException if files can't be read (up to ten are named)
  public static Recordings read(List<Path> files, Optional<Integer> rate) {
    NotNull.check(files, "files");
    NotNull.check(rate, "rate");
    List<Path> all = Images.all(files, "sound");
    String source = Images.source(files);
    var each = new EachFile(source, "sounds", all, Runtime.getRuntime().availableProcessors());
    SoundOptions options = new SoundOptions(rate, Optional.empty());
    int known =
        rate.isPresent()
            ? rate.get()
            : new SoundReading(source, all).completed(options).rate().orElseThrow();
    LogMel mel = LogMel.ofSpeech(known);
    var levels = new byte[all.size()][];
    each.run((place, file) -> {
      Sound sound = WavFile.of(Files.readAllBytes(file)).sound();
      levels[place] = SoundOptions.levels(mel.powers(sound.resampled(known)));
    });
    each.check();
    return new Recordings(all, known, mel.bands(), levels);
  }

  /// How many there are, at least 1.
  public int rows() {
    return files.size();
  }

  /// Samples a second that all were brought to.
  public int rate() {
    return rate;
  }

  /// How many numbers a step has: 120.
  public int width() {
    return FRAMES * bands;
  }

  /// How many steps a sound has, at least 1.
  ///
  /// @throws IndexOutOfBoundsException if there is no such sound
  public int steps(int row) {
    return Math.ceilDiv(levels[row].length, width());
  }

  /// The file of a sound.
  ///
  /// @throws IndexOutOfBoundsException if there is no such sound
  public Path file(int row) {
    return files.get(row);
  }

  /// Reads a sound as floats, steps × width.
  ///
  /// @param start where they go
  /// @throws IndexOutOfBoundsException if there is no such sound, or no room for it
  public void read(int row, float[] to, int start) {
    NotNull.check(to, "to");
    byte[] from = levels[row];
    for (int i = 0; i < from.length; i++) {
      to[start + i] = (from[i] & 0xff) / 255f;
    }
    Arrays.fill(to, start + from.length, start + steps(row) * width(), 0);
  }

  /// Some of them, in the order given.
  ///
  /// @throws IllegalArgumentException if there are none
  /// @throws IndexOutOfBoundsException if there is no such sound
  public Recordings subset(int... rows) {
    NotNull.check(rows, "rows");
    if (rows.length == 0) {
      throw new IllegalArgumentException("sounds: expected at least 1, found none");
    }
    return new Recordings(
        Arrays.stream(rows).mapToObj(files::get).toList(),
        rate,
        bands,
        Arrays.stream(rows).mapToObj(row -> levels[row]).toArray(byte[][]::new));
  }

  /// `120 sounds at 16,000 Hz`
  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT, "%,d sound%s at %,d Hz", rows(), rows() == 1 ? "" : "s", rate);
  }
}
