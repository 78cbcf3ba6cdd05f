package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How image files become images of one size.
///
/// ```java
/// ImageOptions.asTheyAre().withSize("32x48").withChannels(3)
/// ```
///
/// @param size height and width that all are brought to; empty where they all have the same
/// @param fit what is done where the proportions are others
/// @param channels 1 for grey, 3 for colour; empty for grey where all files are, else colour
public record ImageOptions(Optional<Size> size, Fit fit, Optional<Integer> channels) {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})(?:[x×]([0-9]{1,5}))?");
  private static final int LARGEST = 1 << 14;

  /// The two sides of an image in pixels.
  ///
  /// @param height rows of pixels
  /// @param width pixels in a row
  public record Size(int height, int width) {

    /// Checks that both are from 1 to 16,384.
    ///
    /// @throws IllegalArgumentException if not
    public Size {
      if (height < 1 || height > LARGEST || width < 1 || width > LARGEST) {
        throw new IllegalArgumentException(
            "size: expected a height and a width from 1 to %d, found %d×%d"
                .formatted(LARGEST, height, width));
      }
    }

    /// Reads `32` for a square, or `32x48` for height and width, in the order in which shapes are
    /// written.
    ///
    /// @throws IllegalArgumentException if it is neither
    public static Size parse(String text) {
      NotNull.check(text, "text");
      Matcher matcher = SIZE.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "size: expected pixels as 32, or height and width as 32x48, found '%s'"
                .formatted(CsvTable.shown(text)));
      }
      int height = Integer.parseInt(matcher.group(1));
      return new Size(
          height, matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2)));
    }

    /// `32x48`
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  /// Checks the channels.
  ///
  /// @throws IllegalArgumentException if they are neither 1 nor 3
  public ImageOptions {
    NotNull.check(size, "size");
    NotNull.check(fit, "fit");
    NotNull.check(channels, "channels");
    channels.ifPresent(number -> {
      if (number != 1 && number != 3) {
        throw new IllegalArgumentException(
            "channels: expected 1 for grey or 3 for colour, found " + number);
      }
    });
  }

  /// Images in their own size, which must be the same for all.
  public static ImageOptions asTheyAre() {
    return new ImageOptions(Optional.empty(), Fit.CROP, Optional.empty());
  }

  /// The same with a size that all are brought to.
  ///
  /// @throws IllegalArgumentException if a side is below 1 or above 16,384
  public ImageOptions withSize(int height, int width) {
    return new ImageOptions(Optional.of(new Size(height, width)), fit, channels);
  }

  /// The same with a size as [Size#parse] reads it.
  ///
  /// @throws IllegalArgumentException if it is none
  public ImageOptions withSize(String text) {
    return new ImageOptions(Optional.of(Size.parse(text)), fit, channels);
  }

  /// The same with another fit.
  public ImageOptions withFit(Fit other) {
    return new ImageOptions(size, other, channels);
  }

  /// The same, all grey or all in colour.
  ///
  /// @throws IllegalArgumentException if it is neither 1 nor 3
  public ImageOptions withChannels(int number) {
    return new ImageOptions(size, fit, Optional.of(number));
  }

  /// The same for images as those of a model.
  public ImageOptions like(ImageShape shape) {
    NotNull.check(shape, "shape");
    return withSize(shape.height(), shape.width()).withChannels(shape.channels());
  }
}
