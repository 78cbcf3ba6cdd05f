package dev.thalweg.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// A number, a list of numbers, or lists nested to any depth, all of one length at each depth.
///
/// What isn't finite has no number in JSON: `null` stands for NaN, and the texts "NaN", "Infinity"
/// and "-Infinity" for what they say.
final class NestedNumbers {

  private final List<Integer> shape;
  private final double[] values;

  private NestedNumbers(List<Integer> shape, double[] values) {
    this.shape = List.copyOf(shape);
    this.values = values;
  }

  /// The lengths from outside to inside; empty for a number.
  List<Integer> shape() {
    return shape;
  }

  /// The numbers, row-major: the array itself.
  double[] values() {
    return values;
  }

  /// Reads a value of JSON.
  ///
  /// @throws BadValue if it is something else, is ragged, or has no number
  static NestedNumbers of(@Nullable Object json) {
    var shape = new ArrayList<Integer>();
    var first = json;
    while (first instanceof List<?> list) {
      if (list.isEmpty()) {
        throw new BadValue("expected at least one number, found an empty list");
      }
      shape.add(list.size());
      first = list.getFirst();
    }
    var values = DoubleStream.builder();
    read(json, shape, new int[shape.size()], 0, values);
    return new NestedNumbers(shape, values.build().toArray());
  }

  private static void read(
      @Nullable Object json,
      List<Integer> shape,
      int[] index,
      int depth,
      DoubleStream.Builder values) {
    if (depth == index.length) {
      values.add(number(json, index));
      return;
    }
    if (!(json instanceof List<?> list) || list.size() != shape.get(depth)) {
      throw new BadValue(
          "ragged: expected %s at %s, found %s"
              .formatted(
                  list(shape.get(depth), depth + 1 < index.length),
                  at(Arrays.copyOf(index, depth)),
                  kind(json)));
    }
    for (var i = 0; i < list.size(); i++) {
      index[depth] = i;
      read(list.get(i), shape, index, depth + 1, values);
    }
  }

  private static double number(@Nullable Object json, int[] index) {
    return switch (json) {
      case null -> Double.NaN;
      case Number number -> number.doubleValue();
      case String text when text.equals("NaN") -> Double.NaN;
      case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case List<?> list ->
          throw new BadValue(
              "ragged: expected a number at %s, found %s".formatted(at(index), kind(list)));
      default ->
          throw new BadValue(
              "expected a number%s, found %s"
                  .formatted(index.length == 0 ? "" : " at " + at(index), kind(json)));
    };
  }

  /// Where the element with this place in [#values] is: `[1, 0]`; empty for a number alone.
  String at(int place) {
    var index = new int[shape.size()];
    var rest = place;
    for (var depth = index.length - 1; depth >= 0; depth--) {
      index[depth] = rest % shape.get(depth);
      rest /= shape.get(depth);
    }
    return index.length == 0 ? "" : at(index);
  }

  private static String at(int[] index) {
    return Arrays.toString(index);
  }

  /// In words: `a number`, `a list of 3 numbers`, `2×3 numbers`.
  static String describe(List<Integer> shape) {
    return switch (shape.size()) {
      case 0 -> "a number";
      case 1 -> list(shape.getFirst(), false);
      default -> shape.stream().map(String::valueOf).collect(Collectors.joining("×")) + " numbers";
    };
  }

  /// What a value of JSON is, in words.
  static String kind(@Nullable Object json) {
    return switch (json) {
      case null -> "null";
      case Map<?, ?> _ -> "an object";
      case List<?> list when list.isEmpty() -> "an empty list";
      case List<?> list -> list(list.size(), list.getFirst() instanceof List);
      case Number number -> "the number " + number;
      case String text ->
          "the text '" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "'";
      default -> json.toString();
    };
  }

  private static String list(int size, boolean ofLists) {
    return "a list of %d %s%s".formatted(size, ofLists ? "list" : "number", size == 1 ? "" : "s");
  }
}
