package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;

/// Rows and columns of one value put around images, or cut off them.
public final class Pad extends BuiltInLayer {

  private static final Argument<Padding> SIDES =
      Argument.required("sides", Padding.SIDES, "rows and columns on each side");

  private static final Argument<Double> VALUE =
      Argument.of("value", Kind.number(Range.ANY), 0.0, "of the new pixels");

  private static final Signature PAD =
      Signature.of("pad", "rows and columns put around an image", 1, SIDES, VALUE);

  private static final Signature CROP =
      Signature.of("crop", "rows and columns cut off an image", 1, SIDES);

  static final LayerKind MORE = LayerKind.of(PAD, "[h, w, c] or [h, w] → [h', w', c]", Pad::new);
  static final LayerKind LESS = LayerKind.of(CROP, "[h, w, c] or [h, w] → [h', w', c]", Pad::new);

  private Pad(Arguments arguments) {
    super(arguments);
  }

  static Pad around(Padding sides) {
    return new Pad(PAD.with(SIDES, sides));
  }

  static Pad crop(Padding sides) {
    return new Pad(CROP.with(SIDES, sides));
  }

  @Override
  Pad with(Arguments other) {
    return new Pad(other);
  }

  @Override
  public Shape output(Shape input) {
    Shape image = Windows.image(this, input);
    List<Integer> sides = arguments.get(SIDES).sides();
    int more = arguments.signature() == PAD ? 1 : -1;
    int height = image.dimension(0) + more * (sides.get(0) + sides.get(1));
    int width = image.dimension(1) + more * (sides.get(2) + sides.get(3));
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "crop: expected less than the image %s on the sides, found %s"
              .formatted(input, arguments.get(SIDES)));
    }
    return Shape.of(height, width, image.dimension(2));
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Shape image = Windows.image(this, input);
    Shape output = output(input);
    List<Integer> sides = arguments.get(SIDES).sides();
    int top = sides.get(0);
    int left = sides.get(2);
    if (arguments.signature() == PAD) {
      double value = arguments.get(VALUE);
      return (batch, pass) -> {
        Tensor x = Windows.batch(batch, image);
        return x.pad(2, left, sides.get(3), value).pad(1, top, sides.get(1), value);
      };
    }
    return (batch, pass) -> {
      Tensor x = Windows.batch(batch, image);
      return x.slice(1, top, top + output.dimension(0)).slice(2, left, left + output.dimension(1));
    };
  }
}
