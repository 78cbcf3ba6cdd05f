package dev.thalweg.data;

/// A rectangle on an image, and the class of what is in it. Places are counted in pixels from the
/// upper left corner of the image, where the edges of pixels lie: a box of the first pixel alone is
/// from 0 to 1 both ways.
///
/// @param left where it begins across
/// @param top where it begins downwards
/// @param right where it ends across, above `left`
/// @param bottom where it ends downwards, above `top`
/// @param label the number of the class
public record Box(double left, double top, double right, double bottom, int label) {

  /// Checks that there is something in it.
  ///
  /// @throws IllegalArgumentException if it has no area, a place is not finite, or the label is
  ///   negative
  public Box {
    if (!(right > left && bottom > top)
        || !Double.isFinite(right - left)
        || !Double.isFinite(bottom - top)) {
      throw new IllegalArgumentException(
          "box: expected right above left and bottom above top, found left %s, top %s, right %s, bottom %s"
              .formatted(left, top, right, bottom));
    }
    if (label < 0) {
      throw new IllegalArgumentException("box: expected a label of at least 0, found " + label);
    }
  }

  /// How many pixels it is wide.
  public double width() {
    return right - left;
  }

  /// How many pixels it is high.
  public double height() {
    return bottom - top;
  }

  /// How many pixels it covers.
  public double area() {
    return width() * height();
  }

  /// How much of two boxes is in both: the area that they share, divided by the area that they
  /// cover together (the Jaccard index, IoU). 1 for the same rectangle, 0 for two that don't meet;
  /// labels are not looked at.
  public double iou(Box other) {
    double across = Math.min(right, other.right) - Math.max(left, other.left);
    double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (across <= 0 || down <= 0) {
      return 0;
    }
    double shared = across * down;
    return shared / (area() + other.area() - shared);
  }
}
