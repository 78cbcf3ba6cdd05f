package dev.thalweg.cli;

import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.JsonElements;
import dev.thalweg.kernels.DType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The gradients of `trajectory`: a JSON list with one a step.
///
/// They are read twice, and are never in memory together: first all are checked and counted, since
/// nothing is printed before that and schedules end with them; then each is read when its step is
/// made.
final class GradientList implements AutoCloseable {

  private final String name;
  private final Twice text;
  private final Point point;
  private final long count;

  private GradientList(String name, Twice text, Point point, long count) {
    this.name = name;
    this.text = text;
    this.point = point;
    this.count = count;
  }

  /// Opens and checks them.
  ///
  /// @param file `-` for standard input
  /// @param point whose gradients they are
  /// @param dtype what they will be computed in
  /// @param finite whether all numbers have to be finite
  /// @throws Failure with one sentence if there is no list of gradients of this point, or a number
  ///   isn't finite
  static GradientList read(Path file, InputStream in, Point point, DType dtype, boolean finite) {
    var isInput = file.toString().equals("-");
    var name = isInput ? "standard input" : file.toString();
    var text = opened(name, isInput, file, in);
    try {
      var counted = new Counted(dtype, finite);
      each(name, text, point, counted);
      return new GradientList(name, text, point, counted.steps);
    } catch (Failure failure) {
      text.close();
      throw failure;
    }
  }

  private static Twice opened(String name, boolean isInput, Path file, InputStream in) {
    try {
      return isInput ? Twice.of(in) : Twice.of(file);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static Failure unreadable(String name, IOException e) {
    if (e instanceof NoSuchFileException) {
      return Failure.working(name + ": no such file", e);
    }
    var reason =
        Files.isDirectory(Path.of(name))
            ? "a directory, not a file"
            : "can't be read: " + e.getMessage();
    return Failure.working(name + ": " + reason, e);
  }

  /// Says that the numbers of a gradient aren't finite, and counts.
  private static final class Counted implements Consumer<Point> {
    private final DType dtype;
    private final boolean finite;
    private long steps;

    Counted(DType dtype, boolean finite) {
      this.dtype = dtype;
      this.finite = finite;
    }

    @Override
    public void accept(Point gradient) {
      steps++;
      if (!finite) {
        return;
      }
      gradient
          .notFinite(dtype)
          .ifPresent(found -> {
            throw new BadValue(
                "step %d: the gradient%s; --optimizer 'finite(policy=skip) | …' skips such steps"
                    .formatted(steps, found));
          });
    }
  }

  private static void each(String name, Twice text, Point point, Consumer<Point> use) {
    try (var in = text.open()) {
      var elements = new JsonElements(in);
      var none = true;
      for (var step = 1L; elements.next(); step++) {
        if (!elements.isList()) {
          throw new BadValue(
              "expected a list with one gradient a step, found "
                  + NestedNumbers.kind(elements.value()));
        }
        use.accept(gradient(step, elements.value(), point));
        none = false;
      }
      if (none) {
        throw new BadValue(
            elements.isList()
                ? "expected a list with one gradient a step, found an empty list"
                : "expected a JSON list with one gradient a step, found nothing");
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (FormatException | BadValue e) {
      throw Failure.working(name + ": " + e.getMessage(), e);
    }
  }

  private static Point gradient(long step, @Nullable Object json, Point point) {
    try {
      return Point.of(json).inOrderOf(point);
    } catch (BadValue bad) {
      throw new BadValue("step " + step + ": " + bad.getMessage());
    }
  }

  /// How many there are.
  long count() {
    return count;
  }

  /// Gives each away, its parts in the order of the point.
  ///
  /// @throws Failure if the file has become another since it was checked
  void forEach(Consumer<Point> use) {
    each(name, text, point, use);
  }

  @Override
  public void close() {
    text.close();
  }
}
