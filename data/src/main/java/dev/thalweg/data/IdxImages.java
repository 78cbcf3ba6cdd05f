package dev.thalweg.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Data sets of two [IDX arrays][IdxArray]: images or whatever else has a label each, and the
/// labels.
final class IdxImages {

  private IdxImages() {}

  /// @throws DataException if the files can't be read or don't fit together
  static Dataset read(Path images, Path labels) {
    return of(IdxArray.read(images), IdxArray.read(labels));
  }

  /// Bytes are scaled from 0 … 255 to 0 … 1, other numbers stay as they are.
  static Dataset of(IdxArray images, IdxArray labels) {
    int[] shape = images.shape();
    int rows = shape[0];
    if (images.size() == 0 || shape.length < 2) {
      throw new DataException(
          "%s: expected at least 1 row of at least 1 number, found %s"
              .formatted(images.source(), text(shape)));
    }
    expect(labels, rows);
    var values = new int[rows];
    labels(labels, values, 0, Integer.MAX_VALUE);
    int classes = 1 + Arrays.stream(values).max().orElse(0);
    if (classes > rows) {
      throw new DataException(
          "%s: expected classes below %d, the number of rows, found %d"
              .formatted(labels.source(), rows, classes - 1));
    }
    var answers =
        new Answers.Labels(
            values, IntStream.range(0, classes).mapToObj(Integer::toString).toList(), "class");
    int[] row = Arrays.copyOfRange(shape, 1, shape.length);
    boolean bytes = images.type() == IdxArray.Type.UNSIGNED_BYTE;
    if (row.length == 2) {
      var image = new ImageShape(row[0], row[1], 1);
      var features = Features.image(image);
      return bytes
          ? Dataset.of(
              images.source(), Images.own(image, images.bytes()), features.allReady(), answers)
          : Dataset.of(images.source(), floats(images), features, answers);
    }
    var features = Features.unnamed(images.size() / rows).shaped(row);
    return Dataset.of(
        images.source(), floats(images), bytes ? features.allReady() : features, answers);
  }

  /// The array, if it has this shape.
  static IdxArray expect(IdxArray array, int... shape) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw new DataException(
          "%s: expected an array of %s, found %s"
              .formatted(array.source(), text(shape), text(array.shape())));
    }
    return array;
  }

  /// The numbers as features.
  private static float[] floats(IdxArray array) {
    var x = new float[array.size()];
    if (array.type() == IdxArray.Type.UNSIGNED_BYTE) {
      array.fractions(x);
      return x;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = array.floatAt(i);
      if (!Float.isFinite(x[i])) {
        throw new DataException(
            "%s: expected finite floats, found %s (element %d)".formatted(array.source(), x[i], i));
      }
    }
    return x;
  }

  /// The numbers as labels of so many classes.
  static void labels(IdxArray array, int[] labels, int start, int classes) {
    for (int i = 0; i < array.size(); i++) {
      float value = array.floatAt(i);
      int label = (int) value;
      if (label != value || label < 0 || label >= classes || label > 1 << 20) {
        throw new DataException(
            "%s: expected a class from 0 to %d, found %s (element %d)"
                .formatted(array.source(), Math.min(classes - 1, 1 << 20), value, i));
      }
      labels[start + i] = label;
    }
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
  }
}
