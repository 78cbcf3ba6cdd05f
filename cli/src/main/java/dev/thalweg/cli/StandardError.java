package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The real standard error.
///
/// The JVM greets every program that starts with the Vector API among its modules, as the command
/// does where it has no archive of classes, with a warning on descriptor 2, before any code of the
/// program runs. The launcher therefore makes descriptor 2 a pipe that drops this one line, keeps
/// the real standard error as descriptor 3, and says so by the property `thalweg.stderr`. Writing
/// to descriptor 3 itself, not to a second opening of the same file, keeps order and position right
/// where standard output and standard error are one file. Without the launcher, descriptor 2 is the
/// real one.
final class StandardError {

  private StandardError() {}

  /// A stream to the real standard error, flushed at each write.
  static PrintStream stream(Function<String, @Nullable String> property) {
    return new PrintStream(new FileOutputStream(descriptor(property)), true, UTF_8);
  }

  private static FileDescriptor descriptor(Function<String, @Nullable String> property) {
    var number = property.apply("thalweg.stderr");
    if (number != null) {
      try {
        var make = FileDescriptor.class.getDeclaredConstructor(int.class);
        // Allowed by the launcher's --add-opens java.base/java.io=dev.thalweg.cli.
        make.setAccessible(true);
        var real = make.newInstance(Integer.parseInt(number));
        if (real.valid()) {
          return real;
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Another JDK may keep its descriptors otherwise; 2 reaches the same place by the pipe.
        return FileDescriptor.err;
      }
    }
    return FileDescriptor.err;
  }

  /// What the launcher found out about the real standard error.
  static Screen screen(
      Function<String, @Nullable String> property, Function<String, @Nullable String> environment) {
    var width = property.apply("thalweg.stderr.columns");
    if (width == null) {
      return Screen.NONE;
    }
    var noColour = environment.apply("NO_COLOR");
    var colour =
        (noColour == null || noColour.isEmpty()) && !"dumb".equals(environment.apply("TERM"));
    return new Screen(true, columns(environment.apply("COLUMNS"), columns(width, 80)), colour);
  }

  private static int columns(@Nullable String text, int otherwise) {
    if (text == null || !text.matches("[1-9][0-9]{0,4}")) {
      return otherwise;
    }
    return Integer.parseInt(text);
  }
}
