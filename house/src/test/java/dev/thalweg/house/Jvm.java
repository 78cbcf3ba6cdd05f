package dev.thalweg.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;

/// Starts JVMs of this one's JDK, as a user would.
final class Jvm {

  private static final long MOST_SECONDS = 120;

  private Jvm() {}

  /// What a JVM left behind.
  record Outcome(String command, int exitCode, String output, String errors) {

    /// The lines of standard output.
    List<String> lines() {
      return output.lines().toList();
    }

    /// The lines of standard error.
    List<String> errorLines() {
      return errors.lines().toList();
    }
  }

  /// Runs `java` with these arguments, in an environment that says nothing of Thalweg or of Java.
  ///
  /// @param place a folder for what is written to its standard streams
  static Outcome java(Path place, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile(place, "out", ".txt");
      Path err = Files.createTempFile(place, "err", ".txt");
      var builder =
          new ProcessBuilder(command)
              .directory(place.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("THALWEG") || name.contains("JAVA"));
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("still runs after %d s: %s".formatted(MOST_SECONDS, command));
      }
      return new Outcome(
          String.join(" ", arguments),
          process.exitValue(),
          Files.readString(out, UTF_8),
          Files.readString(err, UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }

  /// Compiles a program of one class against the library, into its own folder.
  static void compile(Path source) {
    var messages = new StringWriter();
    var writer = new PrintWriter(messages);
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                writer,
                writer,
                "--class-path",
                libraryPath(),
                "-d",
                String.valueOf(source.getParent()),
                source.toString());
    if (code != 0) {
      throw new AssertionError("javac: " + messages);
    }
  }

  /// The jars and folders of classes that someone who depends on the artifact `thalweg` gets.
  static String libraryPath() {
    return path(entry ->
        isModule(entry, "cli")
            || isModule(entry, "examples")
            || isLibrary(entry, "picocli", "snakeyaml-engine"));
  }

  /// The same and the command line.
  static String commandLinePath() {
    return path(entry -> isModule(entry, "examples"));
  }

  private static String path(Predicate<Path> without) {
    List<String> entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry ->
                isModule(entry, "") || isLibrary(entry, "fastcsv", "picocli", "snakeyaml-engine"))
            .filter(without.negate())
            .map(Path::toString)
            .toList();
    return String.join(File.pathSeparator, entries);
  }

  /// `…/nn/target/classes` or `…/thalweg-nn-1.0.jar`; with an empty name, any module of ours.
  private static boolean isModule(Path entry, String name) {
    String text = entry.toString().replace('\\', '/');
    return text.endsWith(name.isEmpty() ? "/target/classes" : "/" + name + "/target/classes")
        || isLibrary(entry, name.isEmpty() ? "thalweg-" : "thalweg-" + name + "-");
  }

  private static boolean isLibrary(Path entry, String... prefixes) {
    String file = entry.getFileName().toString();
    return file.endsWith(".jar") && Arrays.stream(prefixes).anyMatch(file::startsWith);
  }
}
