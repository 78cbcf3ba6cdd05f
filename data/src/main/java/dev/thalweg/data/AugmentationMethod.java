package dev.thalweg.data;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an [Augmentation] may do to an image. What comes from outside the image is black.
///
/// The numbers are those of the papers and of torchvision and Keras, where they have a default.
public enum AugmentationMethod {
  /// Mirrored left to right, with a probability.
  FLIP("mirrors left to right", part("probability", 0.5, "of doing so")),
  /// Mirrored top to bottom, with a probability.
  FLIP_VERTICAL("mirrors top to bottom", part("probability", 0.5, "of doing so")),
  /// As much black as said around the image, and of that a piece of the image's size, every place
  /// equally likely (He et al. 2016, for CIFAR: 4 pixels).
  CROP(
      "adds a black border of so many pixels and takes a piece of the old size",
      pixels("padding", 4, "of the border")),
  /// Moved by up to this fraction of its height and of its width, each uniform, between pixels,
  /// too: bilinear.
  SHIFT(
      "moves by up to this fraction of height and width",
      part("fraction", 0.1, "of height and width, at most")),
  /// Turned around its centre by an angle between minus and plus so many degrees, uniform:
  /// bilinear.
  ROTATE(
      "turns by up to so many degrees",
      number("degrees", 15, new Range(0, true, 180, true), "at most, to either side")),
  /// All numbers times a factor between 1 - amount and 1 + amount, uniform; what is beyond white is
  /// white.
  BRIGHTNESS("multiplies by 1 ± up to this amount", part("amount", 0.2, "at most, up or down")),
  /// A black square of so many pixels a side, its centre on any pixel, what is outside cut off
  /// (DeVries and Taylor 2017).
  CUTOUT("blackens a square of so many pixels", pixels("size", 8, "of a side")),
  /// λ times the image and 1 - λ times another one of the data set, λ of the distribution Beta(α,
  /// α); so are the targets (Zhang et al. 2018).
  MIXUP(
      "adds another image, each with a share of Beta(alpha, alpha)",
      alpha(0.2),
      part("probability", 1, "of doing so")),
  /// A rectangle of another image of the data set, of the part 1 - λ of the area, λ of the
  /// distribution Beta(α, α), its centre on any pixel, what is outside cut off; the targets have
  /// the shares of what is seen (Yun et al. 2019).
  CUTMIX(
      "pastes a rectangle of another image, of a share of Beta(alpha, alpha)",
      alpha(1),
      part("probability", 1, "of doing so"));

  @SuppressWarnings("ImmutableEnumChecker") // it is a value
  private final Signature signature;

  AugmentationMethod(String sentence, Argument<?>... arguments) {
    this.signature = Signature.of(toString(), sentence, 1, arguments);
  }

  private static Argument<Double> number(String name, double usual, Range range, String help) {
    return Argument.of(name, Kind.number(range), usual, help);
  }

  private static Argument<Double> part(String name, double usual, String help) {
    return number(name, usual, Range.PART, help);
  }

  private static Argument<Double> alpha(double usual) {
    return number(
        "alpha", usual, new Range(1e-3, true, 1e3, true), "of the distribution of shares");
  }

  private static Argument<Integer> pixels(String name, int usual, String help) {
    return Argument.of(name, Kind.whole(1, 1 << 12), usual, help);
  }

  /// How it is called: `mixup(alpha=0.2, probability=1)`.
  public Signature signature() {
    return signature;
  }

  /// Whether another image has a part in what comes out.
  public boolean mixes() {
    return this == MIXUP || this == CUTMIX;
  }

  static Optional<AugmentationMethod> named(String name) {
    return Arrays.stream(values()).filter(method -> method.toString().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(AugmentationMethod::toString).toList();
  }

  /// The name in lower case: `flip_vertical`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
