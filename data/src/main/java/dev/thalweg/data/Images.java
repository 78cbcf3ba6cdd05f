package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Images of one size, kept as the bytes they are, a quarter of what floats would take: they become
/// floats when they are read. A byte b stands for b / 255, rounded once, as Keras' and
/// torchvision's users have it.
///
/// ```java
/// Dataset data = Dataset.classification("marks", Images.of(shape, bytes), labels, names);
/// byte[] first = data.images().orElseThrow().pixels(0);
/// ```
///
/// An immutable value: bytes are copied in and out. [#subset] shares them. Rows are counted from 0.
public final class Images {

  /// What bytes stand for: b for b / divisor.
  ///
  /// @param white the largest byte that makes sense
  /// @param divisor 1 where bytes are numbers as they are
  record Levels(int white, int divisor) {

    /// 0 … 255 for 0 … 1.
    static final Levels FRACTIONS = new Levels(255, 255);

    private float[] values() {
      var values = new float[256];
      for (int b = 0; b < values.length; b++) {
        values[b] = b / (float) divisor;
      }
      return values;
    }
  }

  private final ImageShape shape;
  private final byte[][] parts;

  /// The first image of each part, and how many there are in all.
  private final int[] starts;

  private final Levels levels;

  /// What each byte stands for.
  private final float[] values;

  /// Which of the images in the parts these are; null where they are all, in order.
  private final int @Nullable [] chosen;

  /// The file of each image in the parts; empty where there are none.
  private final List<Path> files;

  /// How the files were brought to one size.
  private final Fit fit;

  /// How sounds became these; empty where they were none.
  private final Optional<SoundOptions> sound;

  private Images(
      ImageShape shape,
      byte[][] parts,
      int[] starts,
      Levels levels,
      int @Nullable [] chosen,
      List<Path> files,
      Fit fit,
      Optional<SoundOptions> sound) {
    this.shape = shape;
    this.parts = parts;
    this.starts = starts;
    this.levels = levels;
    this.values = levels.values();
    this.chosen = chosen;
    this.files = files;
    this.fit = fit;
    this.sound = sound;
  }

  /// Images one after the other, height by width by channels each.
  ///
  /// @param parts whole images; more than one array where one can't hold them
  /// @throws IllegalArgumentException if there are none, or a part has no whole number of images
  public static Images of(ImageShape shape, byte[]... parts) {
    NotNull.check(shape, "shape");
    NotNull.check(parts, "parts");
    var copies = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      copies[i] = parts[i].clone();
    }
    return own(shape, copies);
  }

  /// Reads PNG and JPEG files, in the order given; a folder stands for all files in it, sorted. See
  /// [Datasets#images(Path, ImageOptions)].
  ///
  /// @throws IllegalArgumentException if there are no files
  /// @throws DataException as [Datasets#images(Path, ImageOptions)]
  public static Images read(List<Path> files, ImageOptions options) {
    NotNull.check(files, "files");
    NotNull.check(options, "options");
    List<Path> all = all(files, "image");
    return new ImageReading(source(files), all).read(options);
  }

  static String source(List<Path> files) {
    return files.size() == 1 ? files.getFirst().toString() : files.size() + " files";
  }

  /// The files, and those in folders.
  static List<Path> all(List<Path> files, String what) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException(what + "s: expected at least 1 file, found none");
    }
    List<Path> all =
        files.stream()
            .flatMap(f -> Files.isDirectory(f) ? ImageFolder.below(f).stream() : Stream.of(f))
            .toList();
    if (all.isEmpty()) {
      throw new DataException(
          "%s: expected at least 1 %s, found none".formatted(source(files), what));
    }
    return all;
  }

  /// Reads WAV files into spectrograms, in the order given; a folder stands for all files in it,
  /// sorted. See [Datasets#sounds(Path, SoundOptions)].
  ///
  /// @throws IllegalArgumentException if there are no files
  /// @throws DataException as [Datasets#sounds(Path, SoundOptions)]
  public static Images ofSounds(List<Path> files, SoundOptions options) {
    NotNull.check(files, "files");
    NotNull.check(options, "options");
    List<Path> all = all(files, "sound");
    return new SoundReading(source(files), all).read(options);
  }

  /// Whether a file begins as PNG or JPEG files do, or is another kind of picture, or has the name
  /// of one: what is no table.
  public static boolean isFile(Path file) {
    NotNull.check(file, "file");
    return Files.isRegularFile(file)
        && (file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)")
            || ImageHeader.isPicture(file));
  }

  /// Takes the arrays as they are.
  static Images own(ImageShape shape, byte[]... parts) {
    return own(shape, Levels.FRACTIONS, parts);
  }

  /// Takes the arrays as they are.
  static Images own(ImageShape shape, Levels levels, byte[]... parts) {
    var starts = new int[parts.length + 1];
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].length % shape.size() != 0) {
        throw new IllegalArgumentException(
            "images: expected whole images of %s, %d bytes each, found %d bytes"
                .formatted(shape, shape.size(), parts[i].length));
      }
      starts[i + 1] = Math.addExact(starts[i], parts[i].length / shape.size());
    }
    if (starts[parts.length] == 0) {
      throw new IllegalArgumentException("images: expected at least 1, found none");
    }
    return new Images(shape, parts, starts, levels, null, List.of(), Fit.CROP, Optional.empty());
  }

  /// The same with the file that each was read from, and how these were brought to one size.
  Images withFiles(List<Path> from, Fit how) {
    return new Images(shape, parts, starts, levels, chosen, List.copyOf(from), how, sound);
  }

  /// The same with the sound file that each is the spectrogram of, and how these became so.
  Images withSounds(List<Path> from, SoundOptions how) {
    return new Images(
        shape, parts, starts, levels, chosen, List.copyOf(from), fit, Optional.of(how));
  }

  /// How large they are.
  public ImageShape shape() {
    return shape;
  }

  /// The byte of white: 255, but 16 of `digits`.
  public int white() {
    return levels.white();
  }

  /// How many there are, at least 1.
  public int rows() {
    return chosen == null ? starts[starts.length - 1] : chosen.length;
  }

  /// The bytes of an image; a fresh array.
  ///
  /// @throws IndexOutOfBoundsException if there is no such image
  public byte[] pixels(int row) {
    var pixels = new byte[shape.size()];
    copy(row, pixels, 0);
    return pixels;
  }

  /// Copies the bytes of an image.
  ///
  /// @param start where they go
  /// @throws IndexOutOfBoundsException if there is no such image, or no room for it
  public void copy(int row, byte[] to, int start) {
    NotNull.check(to, "to");
    int stored = stored(row);
    int part = part(stored);
    int size = shape.size();
    System.arraycopy(parts[part], (stored - starts[part]) * size, to, start, size);
  }

  /// Reads an image as floats.
  ///
  /// @param start where they go
  /// @throws IndexOutOfBoundsException if there is no such image, or no room for it
  public void read(int row, float[] to, int start) {
    NotNull.check(to, "to");
    int stored = stored(row);
    int part = part(stored);
    read(parts[part], (stored - starts[part]) * shape.size(), to, start);
  }

  /// What bytes of an image stand for.
  void read(byte[] from, int first, float[] to, int start) {
    float[] table = values;
    Objects.checkFromIndexSize(start, shape.size(), to.length);
    for (int i = 0, n = shape.size(); i < n; i++) {
      to[start + i] = table[from[first + i] & 0xff];
    }
  }

  /// A number of an image.
  float at(int row, int index) {
    int stored = stored(row);
    int part = part(stored);
    return values[parts[part][(stored - starts[part]) * shape.size() + index] & 0xff];
  }

  /// The file that an image was read from; empty where it was none.
  ///
  /// @throws IndexOutOfBoundsException if there is no such image
  public Optional<Path> file(int row) {
    int stored = stored(row);
    return files.isEmpty() ? Optional.empty() : Optional.of(files.get(stored));
  }

  /// How files of other proportions were brought to this size; [Fit#CROP] where there were none.
  public Fit fit() {
    return fit;
  }

  /// How sounds became these, with rate and length: spectrograms, a row for each frame and a column
  /// for each band. Empty where they were no sounds.
  public Optional<SoundOptions> sound() {
    return sound;
  }

  /// Some of them, in the order given, on the same bytes; one may come more than once.
  ///
  /// @throws IllegalArgumentException if there are none
  /// @throws IndexOutOfBoundsException if there is no such image
  public Images subset(int... rows) {
    NotNull.check(rows, "rows");
    if (rows.length == 0) {
      throw new IllegalArgumentException("images: expected at least 1, found none");
    }
    return new Images(
        shape,
        parts,
        starts,
        levels,
        Arrays.stream(rows).map(this::stored).toArray(),
        files,
        fit,
        sound);
  }

  private int stored(int row) {
    Objects.checkIndex(row, rows());
    return chosen == null ? row : chosen[row];
  }

  private int part(int stored) {
    if (parts.length == 1) {
      return 0;
    }
    int found = Arrays.binarySearch(starts, stored);
    if (found < 0) {
      return -found - 2;
    }
    while (starts[found + 1] == stored) {
      found++; // of an empty part
    }
    return found;
  }

  /// `60,000 images of 28×28`
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d image%s of %s", rows(), rows() == 1 ? "" : "s", shape);
  }
}
