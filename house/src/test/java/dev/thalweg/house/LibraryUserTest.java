package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.Engine;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs of a library user, compiled and run without any JVM flag of ours. See
/// `docs/decisions/0004-library-user-without-flags.md`.
class LibraryUserTest {

  private static final String FLAG = "--add-modules jdk.incubator.vector";

  /// The imports, then the rest of a program that trains on iris.
  private static final String PROGRAM =
      """
      %s

      public class Flowers {
        public static void main(String[] arguments) {
          var iris = Datasets.named("iris").split(0.8, 1);
          var fitted =
              Trainer.defaults()
                  .withEpochs(40)
                  .fit(
                      Sequential.of(Layers.dense(16, Activation.RELU), Layers.dense(3)),
                      Losses.softmaxCrossEntropy(),
                      Optimizers.adamw(0.01),
                      iris.train());
          System.out.println(Engine.current().provider());
          System.out.println(fitted.evaluate(iris.test()).accuracy() >= 0.9 ? "learned" : "failed");
          System.out.println(java.util.Arrays.toString(fitted.predict(5.1, 3.5, 1.4, 0.2)));
        }
      }
      """;

  @TempDir static Path place;

  private static Path onClassPath;
  private static Path onModulePath;

  @BeforeAll
  static void compile() throws IOException {
    onClassPath = place.resolve("class-path");
    Path source = Files.createDirectories(place.resolve("a")).resolve("Flowers.java");
    String imports =
        """
        import dev.thalweg.data.*;
        import dev.thalweg.kernels.Engine;
        import dev.thalweg.nn.*;
        import dev.thalweg.optim.Optimizers;
        import dev.thalweg.train.Trainer;
        """;
    Files.writeString(source, PROGRAM.formatted(imports));
    javac("--class-path", Jvm.libraryPath(), "-d", onClassPath.toString(), source.toString());

    onModulePath = place.resolve("module-path");
    Path modular = Files.createDirectories(place.resolve("b/flowers")).resolve("Flowers.java");
    Path descriptor = place.resolve("b/module-info.java");
    Files.writeString(
        modular, "package flowers;\n\n" + PROGRAM.formatted("import module dev.thalweg;"));
    Files.writeString(descriptor, "module flowers {\n  requires dev.thalweg;\n}\n");
    javac(
        "--module-path",
        Jvm.libraryPath(),
        "-d",
        onModulePath.toString(),
        descriptor.toString(),
        modular.toString());
  }

  private static void javac(String... arguments) {
    var messages = new StringWriter();
    var writer = new PrintWriter(messages);
    int code = ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments);
    assertThat(code).as("javac: %s", messages).isZero();
  }

  private static Jvm.Outcome runOnClassPath(String... flags) {
    List<String> arguments = new java.util.ArrayList<>(List.of(flags));
    arguments.addAll(
        List.of("-cp", onClassPath + File.pathSeparator + Jvm.libraryPath(), "Flowers"));
    return Jvm.java(place, arguments);
  }

  private static Jvm.Outcome runOnModulePath() {
    return Jvm.java(
        place,
        List.of(
            "--module-path",
            onModulePath + File.pathSeparator + Jvm.libraryPath(),
            "--module",
            "flowers/flowers.Flowers"));
  }

  @Test
  void theClassPathWithoutAFlagGetsTheScalarKernelsAndOneLineThatNamesTheFlag() {
    Jvm.Outcome outcome = runOnClassPath();
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.lines()).startsWith("scalar", "learned");
    // One record of the JDK's default logging: a line that says when and where, and the message.
    assertThat(outcome.errorLines()).hasSize(2);
    assertThat(outcome.errorLines().get(0)).contains("dev.thalweg.kernels");
    assertThat(outcome.errorLines().get(1)).startsWith("INFO: scalar kernels: ").contains(FLAG);
  }

  @Test
  void theClassPathWithTheFlagGetsTheVectorKernelsAndTheSameBits() {
    Jvm.Outcome outcome = runOnClassPath("--add-modules", "jdk.incubator.vector");
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.lines()).startsWith("simd", "learned");
    assertThat(outcome.errorLines())
        .containsExactly("WARNING: Using incubator modules: jdk.incubator.vector");
    assertThat(outcome.lines().getLast()).isEqualTo(runOnClassPath().lines().getLast());
  }

  @Test
  void theModulePathNeedsNoFlag() {
    Jvm.Outcome outcome = runOnModulePath();
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.lines()).startsWith("simd", "learned");
    assertThat(outcome.errorLines())
        .containsExactly("WARNING: Using incubator modules: jdk.incubator.vector");
    assertThat(outcome.lines().getLast()).isEqualTo(runOnClassPath().lines().getLast());
  }

  @Test
  void aForcedProviderThatIsMissingFailsWithASentenceThatNamesTheFlag() {
    Jvm.Outcome outcome = runOnClassPath("-Dthalweg.provider=simd");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors())
        .contains("provider simd can't be used: ")
        .contains(FLAG)
        .doesNotContain("NoClassDefFoundError");
  }

  @Test
  void withoutTheJarOfTheVectorKernelsTheScalarOnesRunAndOneLineSaysSo() {
    String without =
        String.join(
            File.pathSeparator,
            List.of(Jvm.libraryPath().split(File.pathSeparator)).stream()
                .filter(entry -> !entry.contains("kernels-simd"))
                .toList());
    Jvm.Outcome outcome =
        Jvm.java(
            place,
            List.of(
                "--module-path",
                onModulePath + File.pathSeparator + without,
                "--module",
                "flowers/flowers.Flowers"));
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.lines()).startsWith("scalar", "learned");
    assertThat(outcome.errors()).containsOnlyOnce("thalweg-kernels-simd is not on the");
  }

  /// The tests here would say nothing if this JVM had no vectors.
  @Test
  void thisJvmHasVectors() {
    assertThat(Engine.of("simd", 1).provider()).isEqualTo("simd");
  }
}
