package dev.thalweg.data;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes that make other images of those of a data set, of the same classes: one after the other,
/// each at random.
///
/// ```java
/// var augmentation = Augmentation.parse("flip | crop(4)");
/// RowSource rows = data.augmented(augmentation, Sampling.SHUFFLE, seed);
/// ```
///
/// An image is a pure function of (seed, epoch, row): the same in whatever batch and order it
/// comes, and for any number of threads. What there is: [AugmentationMethod]. At most one of
/// `mixup` and `cutmix`, as the last: it takes another image of the data set, with the changes that
/// this one has in the same epoch, and gives soft targets; see [Mixture].
///
/// An immutable value, equal by what it does; its text reads back as an equal one.
public final class Augmentation {

  private static final Augmentation NONE = new Augmentation(List.of());

  /// A change with its numbers.
  private record Step(AugmentationMethod method, Arguments arguments) {

    /// A number, in the order of the method's arguments.
    double value(int index) {
      Argument<?> argument = method.signature().arguments().get(index);
      return ((Number) arguments.get(argument)).doubleValue();
    }

    /// What differs from the defaults, the first argument without its name.
    @Override
    public String toString() {
      Call call = arguments.call();
      return call.positional().isEmpty() && call.named().isEmpty() ? call.name() : call.toString();
    }
  }

  private final List<Step> steps;

  private Augmentation(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /// Images as they are.
  public static Augmentation none() {
    return NONE;
  }

  /// Reads the text form: names of [AugmentationMethod] with arguments, joined by `|`; `none` for
  /// no change.
  ///
  /// @throws dev.thalweg.formula.SyntaxException if a name or an argument is unknown, a number out
  ///   of its range, or images are mixed twice or before something else; a caret under it
  public static Augmentation parse(String text) {
    NotNull.check(text, "text");
    List<Call> calls = Call.parseChain(text);
    if (calls.size() == 1 && calls.getFirst().name().equals("none")) {
      calls.getFirst().bind("argument of none", List.of());
      return NONE;
    }
    if (calls.size() >= Draws.PLACES) {
      throw calls
          .get(Draws.PLACES - 1)
          .span()
          .error(
              "augmentation: expected at most %d changes, found %d"
                  .formatted(Draws.PLACES - 1, calls.size()));
    }
    var steps = new ArrayList<Step>();
    for (Call call : calls) {
      if (!steps.isEmpty() && steps.getLast().method().mixes()) {
        throw call.span()
            .error(
                "%s: expected nothing after %s, which mixes images, found %s"
                    .formatted(steps.getLast().method(), steps.getLast().method(), call.name()));
      }
      steps.add(step(call));
    }
    return new Augmentation(steps);
  }

  private static Step step(Call call) {
    AugmentationMethod method =
        AugmentationMethod.named(call.name())
            .orElseThrow(() ->
                call.span()
                    .error(
                        Nearest.sentence(
                            "augmentation",
                            CallValue.shortened(call.name()),
                            AugmentationMethod.names())));
    return new Step(method, method.signature().read(call));
  }

  /// Whether images stay as they are.
  public boolean isNone() {
    return steps.isEmpty();
  }

  /// Whether another image has a part in what comes out, so that targets are soft.
  public boolean mixes() {
    return !steps.isEmpty() && steps.getLast().method().mixes();
  }

  /// That images are large enough.
  ///
  /// @param name of the data set, for the message
  /// @throws IllegalArgumentException if a border would be as large as the image
  void check(String name, ImageShape shape) {
    int smaller = Math.min(shape.height(), shape.width());
    for (Step step : steps) {
      if (step.method() == AugmentationMethod.CROP && step.value(0) >= smaller) {
        throw new IllegalArgumentException(
            "%s: %s: expected a padding smaller than the images of %s, found %s"
                .formatted(name, step, shape, CallValue.Numeral.of(step.value(0))));
      }
    }
  }

  /// The bytes of an image in an epoch, before it is mixed with another; a fresh array.
  ///
  /// @param epoch counted from 0
  /// @throws IndexOutOfBoundsException if there is no such image
  /// @throws IllegalArgumentException if the epoch is negative, or the images are too small
  public byte[] pixels(Images images, int row, long seed, int epoch) {
    NotNull.check(images, "images");
    check("images", images.shape());
    var pass = new Pass(images, seed, epoch);
    return pass.changed(row, pass.first).clone();
  }

  /// What an image is made of in an epoch: itself, unless images are mixed.
  ///
  /// @param rows how many images there are to mix with: the partner is any of them
  /// @param epoch counted from 0
  /// @throws IllegalArgumentException if the epoch is negative, or there is no row
  public Mixture mixture(ImageShape shape, int rows, int row, long seed, int epoch) {
    NotNull.check(shape, "shape");
    Checks.epoch(epoch);
    return mixture(shape, rows, row, RandomStreams.augmentation(seed, epoch));
  }

  private Mixture mixture(ImageShape shape, int rows, int row, Philox random) {
    if (!mixes()) {
      return Mixture.none(row);
    }
    Step step = steps.getLast();
    var draws = new Draws(random, row, steps.size() - 1);
    int partner = draws.below(rows);
    if (draws.uniform() >= step.value(1)) {
      return Mixture.none(row);
    }
    double share = draws.beta(step.value(0));
    if (step.method() == AugmentationMethod.MIXUP) {
      return new Mixture(partner, share, Optional.empty());
    }
    double side = Math.sqrt(1 - share);
    var box =
        Mixture.Box.around(
            shape,
            draws.below(shape.height()),
            draws.below(shape.width()),
            (int) (shape.height() * side),
            (int) (shape.width() * side));
    double pasted = box.area() / ((double) shape.height() * shape.width());
    return new Mixture(partner, 1 - pasted, Optional.of(box));
  }

  /// The images of one epoch, on arrays that are used again: for one thread.
  final class Pass {

    private final Images images;
    private final ImageShape shape;
    private final Philox random;
    private final byte[] first;
    private final byte[] second;
    private final byte[] spare;
    private float[] partner = new float[0];

    Pass(Images images, long seed, int epoch) {
      Checks.epoch(epoch);
      this.images = images;
      this.shape = images.shape();
      this.random = RandomStreams.augmentation(seed, epoch);
      this.first = new byte[shape.size()];
      this.second = new byte[mixes() ? shape.size() : 0];
      this.spare = new byte[shape.size()];
    }

    /// What the image of a row is made of.
    Mixture mixture(int row) {
      return Augmentation.this.mixture(shape, images.rows(), row, random);
    }

    /// Writes an image as floats; mixed, each number is rounded once.
    Mixture read(int row, float[] to, int start) {
      Mixture mixture = mixture(row);
      byte[] own = changed(row, first);
      if (mixture.share() == 1) {
        images.read(own, 0, to, start);
        return mixture;
      }
      byte[] other = changed(mixture.partner(), second);
      if (mixture.box().isPresent()) {
        PixelChanges.paste(shape, other, own, mixture.box().get());
        images.read(own, 0, to, start);
        return mixture;
      }
      if (partner.length == 0) {
        partner = new float[shape.size()];
      }
      images.read(own, 0, to, start);
      images.read(other, 0, partner, 0);
      double share = mixture.share();
      for (int i = 0; i < partner.length; i++) {
        to[start + i] = (float) (share * to[start + i] + (1 - share) * partner[i]);
      }
      return mixture;
    }

    /// Changes the image of a row, in this array; gives the array.
    private byte[] changed(int row, byte[] image) {
      images.copy(row, image, 0);
      for (int place = 0; place < steps.size(); place++) {
        Step step = steps.get(place);
        if (!step.method().mixes() && change(step, new Draws(random, row, place), image)) {
          System.arraycopy(spare, 0, image, 0, image.length);
        }
      }
      return image;
    }

    /// Whether the changed image is in the spare array.
    private boolean change(Step step, Draws draws, byte[] image) {
      double value = step.value(0);
      switch (step.method()) {
        case FLIP -> {
          if (draws.uniform() >= value) {
            return false;
          }
          PixelChanges.flip(shape, image, spare);
        }
        case FLIP_VERTICAL -> {
          if (draws.uniform() >= value) {
            return false;
          }
          PixelChanges.flipVertical(shape, image, spare);
        }
        case CROP -> {
          int padding = (int) value;
          int down = draws.below(2 * padding + 1) - padding;
          int right = draws.below(2 * padding + 1) - padding;
          PixelChanges.move(shape, image, spare, down, right);
        }
        case SHIFT -> {
          double down = draws.uniform(-value, value) * shape.height();
          double right = draws.uniform(-value, value) * shape.width();
          PixelChanges.shift(shape, image, spare, down, right);
        }
        case ROTATE -> PixelChanges.rotate(shape, image, spare, draws.uniform(-value, value));
        case BRIGHTNESS ->
            PixelChanges.brightness(
                shape, image, spare, 1 + draws.uniform(-value, value), images.white());
        case CUTOUT -> {
          PixelChanges.blacken(
              shape,
              image,
              Mixture.Box.around(
                  shape,
                  draws.below(shape.height()),
                  draws.below(shape.width()),
                  (int) value,
                  (int) value));
          return false;
        }
        case MIXUP, CUTMIX -> throw new IllegalStateException(step + " is of two images");
      }
      return true;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Augmentation that && steps.equals(that.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  /// The text form, without what is so by default: `flip | crop(2)`.
  @Override
  public String toString() {
    return steps.isEmpty()
        ? "none"
        : steps.stream().map(Step::toString).collect(Collectors.joining(" | "));
  }
}
