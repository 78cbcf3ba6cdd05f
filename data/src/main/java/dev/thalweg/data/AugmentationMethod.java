package dev.thalweg.data;

import dev.thalweg.formula.CallValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an [Augmentation] may do to an image. What comes from outside the image is black.
///
/// The numbers are those of the papers and of torchvision and Keras, where they have a default.
public enum AugmentationMethod {
  /// Mirrored left to right, with a probability.
  FLIP("mirrors left to right", part("probability", 0.5)),
  /// Mirrored top to bottom, with a probability.
  FLIP_VERTICAL("mirrors top to bottom", part("probability", 0.5)),
  /// As much black as said around the image, and of that a piece of the image's size, every place
  /// equally likely (He et al. 2016, for CIFAR: 4 pixels).
  CROP(
      "adds a black border of so many pixels and takes a piece of the old size",
      new Argument("padding", 4, 1, 1 << 12, true)),
  /// Moved by up to this fraction of its height and of its width, each uniform, between pixels,
  /// too: bilinear.
  SHIFT("moves by up to this fraction of height and width", part("fraction", 0.1)),
  /// Turned around its centre by an angle between minus and plus so many degrees, uniform:
  /// bilinear.
  ROTATE("turns by up to so many degrees", new Argument("degrees", 15, 0, 180, false)),
  /// All numbers times a factor between 1 - amount and 1 + amount, uniform; what is beyond white is
  /// white.
  BRIGHTNESS("multiplies by 1 ± up to this amount", part("amount", 0.2)),
  /// A black square of so many pixels a side, its centre on any pixel, what is outside cut off
  /// (DeVries and Taylor 2017).
  CUTOUT("blackens a square of so many pixels", new Argument("size", 8, 1, 1 << 12, true)),
  /// λ times the image and 1 - λ times another one of the data set, λ of the distribution Beta(α,
  /// α); so are the targets (Zhang et al. 2018).
  MIXUP(
      "adds another image, each with a share of Beta(alpha, alpha)",
      new Argument("alpha", 0.2, 1e-3, 1e3, false),
      part("probability", 1)),
  /// A rectangle of another image of the data set, of the part 1 - λ of the area, λ of the
  /// distribution Beta(α, α), its centre on any pixel, what is outside cut off; the targets have
  /// the shares of what is seen (Yun et al. 2019).
  CUTMIX(
      "pastes a rectangle of another image, of a share of Beta(alpha, alpha)",
      new Argument("alpha", 1, 1e-3, 1e3, false),
      part("probability", 1));

  /// A number that a method can be told.
  ///
  /// @param name as in the text form
  /// @param byDefault what it is when nothing is said
  /// @param low the least
  /// @param high the most
  /// @param whole whether it is a whole number
  public record Argument(String name, double byDefault, double low, double high, boolean whole) {

    /// What may be said: `0 to 1`, `1 to 4096, whole`.
    public String range() {
      return text(low) + " to " + text(high) + (whole ? ", whole" : "");
    }

    double checked(CallValue value, String method) {
      String what = method + ": " + name;
      double number = whole ? value.asInt(what) : value.asDouble(what);
      if (!(number >= low && number <= high)) {
        throw value
            .span()
            .error(
                "%s must lie between %s and %s, found %s"
                    .formatted(what, text(low), text(high), text(number)));
      }
      return number + 0.0; // no -0
    }
  }

  private final String sentence;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Argument> arguments;

  AugmentationMethod(String sentence, Argument... arguments) {
    this.sentence = sentence;
    this.arguments = List.of(arguments);
  }

  private static Argument part(String name, double byDefault) {
    return new Argument(name, byDefault, 0, 1, false);
  }

  static String text(double number) {
    return CallValue.Numeral.of(number).toString();
  }

  /// What it does, for a table: `mirrors left to right`.
  public String sentence() {
    return sentence;
  }

  /// What it can be told, in the order of the text form.
  public List<Argument> arguments() {
    return arguments;
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

  /// The name with the arguments and their defaults: `mixup(alpha=0.2, probability=1)`.
  public String signature() {
    return arguments.stream()
        .map(argument -> argument.name() + "=" + text(argument.byDefault()))
        .collect(Collectors.joining(", ", this + "(", ")"));
  }

  /// The name in lower case: `flip_vertical`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
