package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever can be seen from outside has a doc comment that doclint finds nothing wrong with, but
/// that a parameter or a result may have no tag of its own: a sentence may say it.
class DocCommentsTest {

  private static final List<String> MODULES =
      List.of("kernels", "formula", "formats", "optim", "tensor", "nn", "data", "train");

  private static final Pattern EXPORTS = Pattern.compile("exports ([a-z.]+)");

  @TempDir Path classes;

  @Test
  void everyModuleOfTheLibraryIsDocumented() {
    assertThat(complaints(MODULES, Path.of("..").toAbsolutePath().normalize())).isEmpty();
  }

  @Test
  void whatHasNoCommentIsFound() throws IOException {
    var root = classes.resolve("bare/src/main/java");
    var source = Files.createDirectories(root.resolve("dev/thalweg/bare"));
    Files.writeString(
        root.resolve("module-info.java"),
        "/** Bare. */ module dev.thalweg.bare { exports dev.thalweg.bare; }");
    Files.writeString(
        source.resolve("package-info.java"), "/** Bare. */ package dev.thalweg.bare;");
    Files.writeString(
        source.resolve("Bare.java"),
        "package dev.thalweg.bare; /** Bare. */ public interface Bare {\n"
            + " int bare(int x);\n /** See {@link Nothing}. */ int link(); }");
    assertThat(complaints(List.of("bare"), classes)).hasSize(2);
  }

  /// What doclint says of modules whose folders lie in another one.
  private List<String> complaints(List<String> modules, Path root) {
    var arguments = new ArrayList<>(List.of("-proc:none", "-Xdoclint:all/protected"));
    arguments.add("-Xdoclint/package:" + String.join(",", exported(modules, root)));
    arguments.addAll(List.of("-Xmaxwarns", "10000", "-Xmaxerrs", "10000"));
    arguments.addAll(List.of("-d", classes.toString()));
    for (var module : modules) {
      arguments.add("--module-source-path");
      arguments.add("dev.thalweg." + module + "=" + root.resolve(module + "/src/main/java"));
    }
    arguments.addAll(List.of("--module-path", libraries()));
    arguments.addAll(List.of("--module", "dev.thalweg." + String.join(",dev.thalweg.", modules)));
    var said = new StringWriter();
    var to = new PrintWriter(said);
    ToolProvider.findFirst("javac").orElseThrow().run(to, to, arguments.toArray(String[]::new));
    return said.toString()
        .lines()
        .filter(line -> line.matches(".*\\.java:\\d+: (warning|error): .*"))
        .filter(line -> !line.contains(": warning: no @"))
        .toList();
  }

  /// Packages that can be seen from outside.
  private static List<String> exported(List<String> modules, Path root) {
    return modules.stream()
        .map(module -> root.resolve(module + "/src/main/java/module-info.java"))
        .flatMap(file -> EXPORTS.matcher(read(file)).results())
        .map(found -> found.group(1))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the modules need from elsewhere.
  private static String libraries() {
    return Stream.of("jdk.module.path", "java.class.path")
        .flatMap(path -> Stream.of(System.getProperty(path, "").split(File.pathSeparator)))
        .filter(entry -> entry.matches(".*(jspecify|fastcsv).*\\.jar"))
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElse("");
  }
}
