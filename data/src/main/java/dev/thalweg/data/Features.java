package dev.thalweg.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the columns of a data set are: their names, the shape of a row, and which have their scale
/// already.
final class Features {

  private final List<String> names;
  private final int[] shape;
  private final BitSet ready;
  private final Optional<TableEncoding> encoding;

  /// The columns of numbers of which some were missing and have been filled in.
  private final List<String> filled;

  /// How image files were brought to the shape.
  private final Fit fit;

  /// How sounds became rows; empty where they were none.
  private final Optional<SoundOptions> sound;

  private Features(
      List<String> names,
      int[] shape,
      BitSet ready,
      Optional<TableEncoding> encoding,
      List<String> filled,
      Fit fit,
      Optional<SoundOptions> sound) {
    this.names = names;
    this.shape = shape;
    this.ready = ready;
    this.encoding = encoding;
    this.filled = List.copyOf(filled);
    this.fit = fit;
    this.sound = sound;
  }

  private Features(List<String> names, int... shape) {
    this(names, shape, new BitSet(), Optional.empty(), List.of(), Fit.CROP, Optional.empty());
  }

  /// Columns `x0`, `x1`, …
  static Features unnamed(int count) {
    var names = IntStream.range(0, count).mapToObj(i -> "x" + i).toList();
    return new Features(names, count);
  }

  /// Columns of these names, which are all different.
  static Features of(List<String> names) {
    return new Features(List.copyOf(names), names.size());
  }

  /// The pixels of an image, row by row: `pixel_0_0`, `pixel_0_1`, …
  static Features image(ImageShape shape) {
    return new Features(new PixelNames(shape), shape.ofRow());
  }

  int count() {
    return names.size();
  }

  List<String> names() {
    return names;
  }

  int[] shape() {
    return shape.clone();
  }

  /// Whether a column has its scale already, and is left as it is by a [Standardizer].
  boolean isReady(int column) {
    return ready.get(column);
  }

  /// Whether all columns have their scale already.
  boolean areReady() {
    return ready.cardinality() == count();
  }

  Features named(List<String> other) {
    Checks.names("feature", other, count());
    return new Features(List.copyOf(other), shape, ready, encoding, filled, fit, sound);
  }

  Features shaped(int... other) {
    long product = 1;
    for (int dimension : other) {
      product = dimension < 1 ? -1 : Math.min(product * dimension, 1L << 32);
      if (product < 0) {
        break;
      }
    }
    if (other.length == 0 || product != count()) {
      throw new IllegalArgumentException(
          "shape: expected dimensions of %d features, found %s"
              .formatted(count(), Arrays.toString(other)));
    }
    return new Features(names, other.clone(), ready, encoding, filled, fit, sound);
  }

  /// The same with all columns in their scale already.
  Features allReady() {
    var all = new BitSet();
    all.set(0, count());
    return new Features(names, shape, all, encoding, filled, fit, sound);
  }

  /// The same with these columns in their scale already.
  Features ready(BitSet columns) {
    return new Features(names, shape, (BitSet) columns.clone(), encoding, filled, fit, sound);
  }

  /// The same with how they came of a table.
  Features encoded(Optional<TableEncoding> by) {
    return new Features(names, shape, ready, by, filled, fit, sound);
  }

  /// The same of rows in which these columns of numbers lacked some.
  Features filled(List<String> columns) {
    return new Features(names, shape, ready, encoding, columns, fit, sound);
  }

  /// The same of images that came so of their files.
  Features read(Images images) {
    return new Features(names, shape, ready, encoding, filled, images.fit(), images.sound());
  }

  Fit fit() {
    return fit;
  }

  Optional<SoundOptions> sound() {
    return sound;
  }

  List<String> filled() {
    return filled;
  }

  /// The same of rows with a number to predict.
  Features ofNumbers() {
    return encoded(
        encoding.map(by ->
            new TableEncoding(
                by.target(),
                by.targetPlace(),
                Task.REGRESSION,
                List.of(),
                by.width(),
                by.columns(),
                by.weight(),
                by.format())));
  }

  Optional<TableEncoding> encoding() {
    return encoding;
  }
}
