package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first steps of an optimizer that Thalweg brings load no class that they don't need: no
/// formula is read, no vector kernel chosen, no lambda linked. Time can't be tested; this can.
class FirstStepTest {
  @Test
  void aBuiltInOptimizerStepsWithoutFormulasVectorsAndLambdas(@TempDir Path place)
      throws Exception {
    Path source = place.resolve("Step.java");
    Files.writeString(
        source,
        """
        import dev.thalweg.optim.*;

        class Step {
          public static void main(String[] arguments) {
            float[] weights = {1, 2};
            OptimizerRun run =
                Optimizer.parse("adamw(lr=1e-3)").attach(Parameter.of("w", weights));
            run.step(new float[] {1, 2});
            run.step(new float[] {1, 2});
            Optimizers.adamw(1e-3).attach(Parameter.of("w", weights)).step(new float[] {1, 2});
            System.out.println(weights[0] < 1);
          }
        }
        """);
    Jvm.compile(source);
    Jvm.Outcome outcome =
        Jvm.java(
            place,
            List.of(
                "-Xlog:class+load:file=loaded.txt:none",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                place + java.io.File.pathSeparator + Jvm.libraryPath(),
                "Step"));
    assertThat(outcome.lines()).as(outcome.errors()).containsExactly("true");
    List<String> own =
        Files.readAllLines(place.resolve("loaded.txt")).stream()
            .map(line -> line.split(" ", -1)[0])
            .filter(name -> name.startsWith("dev.thalweg.") || name.startsWith("jdk.incubator."))
            .toList();
    assertThat(own)
        .contains("dev.thalweg.optim.OptimizerRun")
        .noneMatch(name -> name.startsWith("jdk.incubator."))
        .noneMatch(name -> name.contains("Lambda"))
        .doesNotContain(
            "dev.thalweg.kernels.Engine",
            "dev.thalweg.kernels.loop.LoopNode",
            "dev.thalweg.kernels.loop.LoopProgram",
            "dev.thalweg.formula.Expression",
            "dev.thalweg.formula.Program",
            "dev.thalweg.formula.UpdatePlan",
            "dev.thalweg.formula.Lowering");
  }
}
