package dev.thalweg.nn;

import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Span;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Window;
import java.util.ArrayList;
import java.util.List;

/// What is put around an image before a window moves over it: as a text `valid`, `same`, one number
/// for all sides, two for rows and columns, or four for above, below, left and right.
///
/// `same` is Keras' and TensorFlow's: as many output pixels as ⌈size / stride⌉, and where the
/// padding is odd, more of it below and on the right. PyTorch has `same` for a stride of 1, where
/// it is the same; its `padding=1` is 1 here.
///
/// @param same whether it is the padding called `same`; then there are no sides
/// @param sides rows above and below, columns on the left and on the right
public record Padding(boolean same, List<Integer> sides) {

  /// No padding.
  public static final Padding VALID = new Padding(false, List.of(0, 0, 0, 0));

  /// As many output pixels as input pixels, divided by the stride.
  public static final Padding SAME = new Padding(true, List.of());

  private static final Kind<List<Integer>> ONE_AXIS = Kind.sizes(2, 0);

  /// Checks the sides.
  ///
  /// @throws IllegalArgumentException if there are not four, none of them negative
  public Padding {
    sides = List.copyOf(sides);
    if (sides.size() != (same ? 0 : 4)) {
      throw new IllegalArgumentException(
          "padding: expected four sides, or none with same, found " + sides);
    }
    for (int side : sides) {
      if (side < 0) {
        throw new IllegalArgumentException("padding must not be negative, found " + side);
      }
    }
  }

  /// The same on all sides.
  ///
  /// @throws IllegalArgumentException if it is negative
  public static Padding of(int all) {
    return of(all, all);
  }

  /// Rows above and below, and columns on the left and on the right.
  ///
  /// @throws IllegalArgumentException if one is negative
  public static Padding of(int rows, int columns) {
    return of(rows, rows, columns, columns);
  }

  /// On each side.
  ///
  /// @throws IllegalArgumentException if one is negative
  public static Padding of(int top, int bottom, int left, int right) {
    return new Padding(false, List.of(top, bottom, left, right));
  }

  /// A window with this padding, for an image of that size.
  Window around(Window window, int height, int width) {
    NotNull.check(window, "window");
    return same
        ? window.withSamePadding(height, width)
        : window.withPadding(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
  }

  /// As it is written: `same`, `1`, `(1, 2)`.
  @Override
  public String toString() {
    return IMAGE.write(this).toString();
  }

  /// For images.
  static final Kind<Padding> IMAGE = kind(2, true);

  /// For series: one number, or before and behind.
  static final Kind<Padding> SERIES = kind(1, true);

  /// For images, numbers only.
  static final Kind<Padding> SIDES = kind(2, false);

  private static Kind<Padding> kind(int axes, boolean named) {
    return new Kind<>() {
      @Override
      public String words() {
        return (named ? "valid, same, " : "") + numbers();
      }

      @Override
      public Padding read(String what, CallValue value) {
        return switch (value) {
          case CallValue.Word word when named -> named(what, word, numbers());
          case CallValue.Tuple tuple -> sides(what, tuple);
          case CallValue.Numeral number -> {
            int all = whole(what, number);
            yield axes == 1 ? of(0, 0, all, all) : of(all);
          }
          default -> throw value.span().error(what + " must be " + words() + ", found " + value);
        };
      }

      private String numbers() {
        return axes == 1
            ? "a whole number, or (before, behind)"
            : "a whole number, (rows, columns) or (top, bottom, left, right)";
      }

      private Padding sides(String what, CallValue.Tuple tuple) {
        if (axes == 1) {
          List<Integer> sides = ONE_AXIS.read(what, tuple);
          ONE_AXIS.check(what, sides);
          return of(0, 0, sides.get(0), sides.get(1));
        }
        List<Integer> sides = new ArrayList<>();
        tuple.values().forEach(part -> sides.add(whole(what, part)));
        return switch (sides.size()) {
          case 2 -> of(sides.get(0), sides.get(1));
          case 4 -> new Padding(false, sides);
          default ->
              throw tuple
                  .span()
                  .error("%s must be %s, found %d numbers".formatted(what, words(), sides.size()));
        };
      }

      @Override
      public void check(String what, Padding value) {
        if (value.same && !named) {
          throw new IllegalArgumentException(what + " must be " + words() + ", found same");
        }
      }

      @Override
      public CallValue write(Padding value) {
        if (value.same || (named && value.equals(VALID))) {
          return new CallValue.Word(value.same ? "same" : "valid", Span.none());
        }
        List<Integer> sides = axes == 1 ? value.sides.subList(2, 4) : shortest(value.sides);
        List<CallValue> numbers = new ArrayList<>();
        sides.forEach(side -> numbers.add(CallValue.Numeral.of(side)));
        boolean equal = sides.stream().distinct().count() == 1;
        return equal ? numbers.getFirst() : new CallValue.Tuple(numbers, Span.none());
      }
    };
  }

  private static List<Integer> shortest(List<Integer> sides) {
    return sides.get(0).equals(sides.get(1)) && sides.get(2).equals(sides.get(3))
        ? List.of(sides.get(0), sides.get(2))
        : sides;
  }

  private static Padding named(String what, CallValue.Word word, String numbers) {
    return switch (word.text()) {
      case "valid" -> VALID;
      case "same" -> SAME;
      default ->
          throw word.span()
              .error(
                  Nearest.sentence(what, word.text(), List.of("valid", "same")) + ", " + numbers);
    };
  }

  private static int whole(String what, CallValue value) {
    int number = value.asInt(what);
    if (number < 0) {
      throw value.span().error(what + " must be at least 0, found " + number);
    }
    return number;
  }
}
