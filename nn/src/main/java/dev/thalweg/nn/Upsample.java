package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Spatial;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/// Images enlarged a whole number of times: Keras' `UpSampling2D`, PyTorch's `Upsample` with
/// `align_corners=False`.
public final class Upsample extends BuiltInLayer {

  /// What a new pixel is.
  public enum Mode {
    /// The nearest of the image.
    NEAREST,
    /// Between the four of the image around its centre.
    BILINEAR;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Argument<List<Integer>> TIMES =
      Argument.required("times", Kind.sizes(2, 1), "as many rows, and as many columns");

  private static final Argument<Mode> MODE =
      Argument.of("mode", Kind.choice(Mode.class), Mode.NEAREST, "what a new pixel is");

  private static final Signature SIGNATURE =
      Signature.of("upsample", "an image enlarged a whole number of times", 1, TIMES, MODE);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[h, w, c] or [h, w] → [h·times, w·times, c]", Upsample::new);

  private Upsample(Arguments arguments) {
    super(arguments);
  }

  static Upsample of(int times, Mode mode) {
    return new Upsample(SIGNATURE.with(TIMES, List.of(times, times)).with(MODE, mode));
  }

  @Override
  Upsample with(Arguments other) {
    return new Upsample(other);
  }

  @Override
  public Shape output(Shape input) {
    Shape image = Windows.image(this, input);
    List<Integer> times = arguments.get(TIMES);
    return Shape.of(
        image.dimension(0) * times.get(0), image.dimension(1) * times.get(1), image.dimension(2));
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Shape image = Windows.image(this, input);
    Shape output = output(input);
    int height = output.dimension(0);
    int width = output.dimension(1);
    boolean nearest = arguments.get(MODE) == Mode.NEAREST;
    return (batch, pass) -> {
      Tensor x = Windows.batch(batch, image);
      return nearest
          ? Spatial.upsampleNearest(x, height, width)
          : Spatial.upsampleBilinear(x, height, width);
    };
  }
}
