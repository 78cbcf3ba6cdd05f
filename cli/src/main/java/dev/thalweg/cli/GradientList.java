package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Json;
import dev.thalweg.kernels.DType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The gradients of `trajectory`: a JSON list with one a step.
///
/// @param name of the file, for messages Ten million of them have room: a step's is made of the
///   JSON when it is needed.
///
/// @param json one a step, all checked
/// @param point whose gradients they are
/// @param dtype what they will be computed in
record GradientList(String name, List<?> json, Point point, DType dtype) {

  /// Texts of JSON, and what Python and JavaScript write where a number isn't finite.
  private static final Pattern NOT_FINITE =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|-?\\bInfinity\\b|\\bNaN\\b");

  /// Reads them.
  ///
  /// @param file `-` for standard input
  /// @throws Failure with one sentence if there is no list of gradients of this point
  static GradientList read(Path file, InputStream in, Point point, DType dtype) {
    var isInput = file.toString().equals("-");
    var name = isInput ? "standard input" : file.toString();
    try {
      var bytes = isInput ? in.readAllBytes() : Files.readAllBytes(file);
      return new GradientList(name, checked(parse(bytes), point), point, dtype);
    } catch (NoSuchFileException e) {
      throw Failure.working(name + ": no such file", e);
    } catch (IOException e) {
      var reason =
          Files.isDirectory(file) ? "a directory, not a file" : "can't be read: " + e.getMessage();
      throw Failure.working(name + ": " + reason, e);
    } catch (FormatException | BadValue e) {
      throw Failure.working(name + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Object parse(byte[] bytes) {
    try {
      return Json.parse(bytes);
    } catch (FormatException e) {
      var text = new String(bytes, UTF_8);
      if (text.isBlank()) {
        throw new BadValue("expected a JSON list with one gradient a step, found nothing");
      }
      var quoted =
          NOT_FINITE
              .matcher(text)
              .replaceAll(found ->
                  Matcher.quoteReplacement(
                      found.group().startsWith("\"") ? found.group() : '"' + found.group() + '"'));
      if (quoted.equals(text)) {
        throw e;
      }
      return Json.parse(quoted);
    }
  }

  private static List<?> checked(@Nullable Object json, Point point) {
    if (!(json instanceof List<?> list) || list.isEmpty()) {
      throw new BadValue(
          "expected a list with one gradient a step, found " + NestedNumbers.kind(json));
    }
    var step = 0;
    for (var element : list) {
      step++;
      try {
        Point.of(element).inOrderOf(point);
      } catch (BadValue bad) {
        throw new BadValue("step " + step + ": " + bad.getMessage());
      }
    }
    return list;
  }

  /// The gradient of a step, counted from 0, its parts in the order of the point.
  Point at(int step) {
    return Point.of(json.get(step)).inOrderOf(point);
  }

  /// How many there are.
  int count() {
    return json.size();
  }

  /// Checks that all are finite.
  ///
  /// @throws Failure naming the first that isn't
  void checkFinite() {
    for (var step = 0; step < count(); step++) {
      var found = at(step).notFinite(dtype);
      if (found.isPresent()) {
        throw Failure.working(
            "%s: step %d: the gradient%s; --optimizer 'finite(policy=skip) | …' skips such steps"
                .formatted(name, step + 1, found.get()));
      }
    }
  }
}
