package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.List;
import java.util.Locale;

/// Images with boxes around the things on them: what a network learns from that says where things
/// are, and what they are.
///
/// ```java
/// Split digits = Datasets.named("digits").split(0.8, seed);
/// Scenes train = Scenes.pasted("digits-scene", digits.train(), 0, 8000, seed);
/// Scenes test = Scenes.pasted("digits-scene", digits.test(), 8000, 2000, seed);
/// ```
///
/// An immutable value. Rows are counted from 0.
public final class Scenes {

  private final String name;
  private final Images images;
  private final List<List<Box>> boxes;
  private final List<String> classNames;

  private Scenes(String name, Images images, List<List<Box>> boxes, List<String> classNames) {
    this.name = name;
    this.images = images;
    this.boxes = boxes;
    this.classNames = classNames;
  }

  /// Images with their boxes.
  ///
  /// @param name what they are called in messages
  /// @param boxes of each image, in the order of the images; an image may have none
  /// @param classNames by label
  /// @throws IllegalArgumentException if there are not as many lists as images, a label has no
  ///   name, or a box reaches beyond its image
  public static Scenes of(
      String name, Images images, List<List<Box>> boxes, List<String> classNames) {
    NotNull.check(name, "name");
    NotNull.check(images, "images");
    NotNull.check(boxes, "boxes");
    NotNull.check(classNames, "classNames");
    if (boxes.size() != images.rows()) {
      throw new IllegalArgumentException(
          "%s: expected boxes for each of %d images, found those of %d"
              .formatted(name, images.rows(), boxes.size()));
    }
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected at least 1 class, found none");
    }
    ImageShape shape = images.shape();
    for (int row = 0; row < boxes.size(); row++) {
      for (Box box : boxes.get(row)) {
        if (box.label() >= classNames.size()) {
          throw new IllegalArgumentException(
              "%s: expected a label below %d, the number of classes, found %d in image %d"
                  .formatted(name, classNames.size(), box.label(), row));
        }
        if (box.left() < 0
            || box.top() < 0
            || box.right() > shape.width()
            || box.bottom() > shape.height()) {
          throw new IllegalArgumentException(
              "%s: expected boxes within %s, found %s in image %d"
                  .formatted(name, shape, box, row));
        }
      }
    }
    return new Scenes(
        name, images, boxes.stream().map(List::copyOf).toList(), List.copyOf(classNames));
  }

  /// Canvases of 64×64 with one to three images of a data set each, at random places and in random
  /// sizes, 14 to 32 pixels high and wide, none upon another. A box is what is to be seen of an
  /// image: the smallest rectangle with all its pixels of at least a quarter of white.
  ///
  /// A scene is a function of (data, seed, number): the first of 1,000 are those of 10.
  ///
  /// @param name what they are called
  /// @param data images with classes and one channel, such as `digits`
  /// @param first the number of the first scene; parts of other numbers have other places
  /// @param rows how many scenes
  /// @throws IllegalArgumentException if rows is not positive, first is negative, or the data are
  ///   no such images
  public static Scenes pasted(String name, Dataset data, int first, int rows, long seed) {
    NotNull.check(name, "name");
    NotNull.check(data, "data");
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1, found " + rows);
    }
    if (first < 0 || first > Integer.MAX_VALUE - rows) {
      throw new IllegalArgumentException(
          "first must lie from 0 to %d, found %d".formatted(Integer.MAX_VALUE - rows, first));
    }
    if (data.task() != Task.CLASSIFICATION
        || data.images().filter(images -> images.shape().channels() == 1).isEmpty()) {
      throw new IllegalArgumentException(
          data.name() + ": expected images with classes and one channel, to be pasted on a canvas");
    }
    return new Pasting(data, seed).scenes(name, first, rows);
  }

  /// What they are called.
  public String name() {
    return name;
  }

  /// How many images there are.
  public int rows() {
    return images.rows();
  }

  /// The images.
  public Images images() {
    return images;
  }

  /// The boxes of an image.
  ///
  /// @throws IndexOutOfBoundsException if there is no such image
  public List<Box> boxes(int row) {
    return boxes.get(row);
  }

  /// The names of the classes, by label.
  public List<String> classNames() {
    return classNames;
  }

  /// `digits-scene: 4,000 images of 64×64, 7,981 boxes of 10 classes`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d images of %s, %,d boxes of %d classes",
        name,
        rows(),
        images.shape(),
        boxes.stream().mapToInt(List::size).sum(),
        classNames.size());
  }
}
