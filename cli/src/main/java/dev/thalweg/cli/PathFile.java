package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.optim.PathPoint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/// Every point of a minimisation in a CSV file, written while it runs: the columns `iteration`, the
/// variables, `value`, `gradient_norm`; all digits; `NaN` and `Infinity` where there is no number.
final class PathFile {

  private PathFile() {}

  /// Runs a minimisation that tells its points, and leaves the file when it has ended.
  ///
  /// @param variables in the order of the points' coordinates
  static <R> R writing(
      Path file, List<String> variables, Function<Consumer<PathPoint>, R> minimisation) {
    var result = new AtomicReference<R>();
    OutputFile.write(
        file,
        out -> {
          var to = new BufferedWriter(new OutputStreamWriter(out, UTF_8), 1 << 16);
          to.write("iteration," + String.join(",", variables) + ",value,gradient_norm\n");
          try {
            result.set(minimisation.apply(point -> line(point, to)));
          } catch (UncheckedIOException full) {
            throw full.getCause();
          }
          to.flush();
        });
    return result.get();
  }

  private static void line(PathPoint point, Writer to) {
    try {
      to.write(Long.toString(point.iteration()));
      for (var coordinate : point.point()) {
        to.write(',' + Double.toString(coordinate));
      }
      to.write("," + point.value() + "," + point.gradientNorm() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
