package dev.thalweg.data;

import java.util.List;
import java.util.Optional;

/// How large an image is. Its numbers come row by row, in a row pixel by pixel, and of a pixel
/// channel by channel (NHWC, as Keras has it).
///
/// @param height rows of pixels
/// @param width pixels in a row
/// @param channels numbers of a pixel: 1 for grey, 3 for red, green and blue
public record ImageShape(int height, int width, int channels) {

  /// Checks that there is something in each direction, and that an array can hold it.
  ///
  /// @throws IllegalArgumentException if not
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "image: expected a height, a width and channels of at least 1, found %d×%d×%d"
              .formatted(height, width, channels));
    }
    if ((double) height * width * channels > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "image: expected at most %,d numbers, found %d×%d×%d"
              .formatted(Integer.MAX_VALUE - 8, height, width, channels));
    }
  }

  /// The image that rows of a shape are: `height × width`, or `height × width × channels`; empty
  /// for another number of dimensions.
  static Optional<ImageShape> of(int... shape) {
    return switch (shape.length) {
      case 2 -> Optional.of(new ImageShape(shape[0], shape[1], 1));
      case 3 -> Optional.of(new ImageShape(shape[0], shape[1], shape[2]));
      default -> Optional.empty();
    };
  }

  /// How many numbers an image has: height · width · channels.
  public int size() {
    return height * width * channels;
  }

  /// All three dimensions, `[28, 28, 1]`; a fresh array.
  public int[] dimensions() {
    return new int[] {height, width, channels};
  }

  /// The shape of a row, without the channel where there is only one: `[28, 28]`, `[32, 32, 3]`.
  int[] ofRow() {
    return channels == 1 ? new int[] {height, width} : dimensions();
  }

  /// The names of the numbers of a row: `pixel_0_0`, `pixel_0_1`, … by row and column, with the
  /// channel behind them where there are several.
  public List<String> pixelNames() {
    return new PixelNames(this);
  }

  /// The same with height and width in each other's place.
  ImageShape turned() {
    return new ImageShape(/* height= */ width, /* width= */ height, channels);
  }

  /// The place of a number.
  int index(int row, int column, int channel) {
    return (row * width + column) * channels + channel;
  }

  /// `28×28`, `32×32×3`
  @Override
  public String toString() {
    return height + "×" + width + (channels == 1 ? "" : "×" + channels);
  }
}
