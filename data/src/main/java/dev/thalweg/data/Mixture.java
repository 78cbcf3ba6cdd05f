package dev.thalweg.data;

import java.util.Optional;

/// What an image of a batch is made of: itself, and a part of another one. Targets are mixed in the
/// same shares: `share · own + (1 - share) · partner's`.
///
/// @param partner the row of the other image; the row itself where nothing is mixed
/// @param share of the image itself, 0 to 1
/// @param box what of the other image is pasted (cutmix); empty where the images are added (mixup)
public record Mixture(int partner, double share, Optional<Box> box) {

  /// A rectangle of pixels.
  ///
  /// @param top the first row
  /// @param left the first column
  /// @param bottom one past the last row
  /// @param right one past the last column
  public record Box(int top, int left, int bottom, int right) {

    /// What of a rectangle around a pixel is in an image.
    static Box around(ImageShape shape, int row, int column, int height, int width) {
      int top = row - height / 2;
      int left = column - width / 2;
      return new Box(
          Math.max(0, top),
          Math.max(0, left),
          Math.min(shape.height(), top + height),
          Math.min(shape.width(), left + width));
    }

    /// How many pixels there are.
    public int area() {
      return (bottom - top) * (right - left);
    }
  }

  /// A row by itself.
  static Mixture none(int row) {
    return new Mixture(row, 1, Optional.empty());
  }
}
