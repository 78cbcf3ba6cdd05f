package dev.thalweg.bench;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.HasValues;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Steps of an embedding of 50,000 rows of 128 numbers of which a batch looks up about 1,000: the
/// gradient and the update by it, and the same where the optimizer is not told which rows these
/// are. Microseconds a step; the ratio is to the first.
///
/// ```
/// tools/bench/run EmbeddingSteps 1                      one thread
/// tools/bench/run EmbeddingSteps 2 'lazy | adamw(0.001)'  another optimizer, two threads
/// ```
final class EmbeddingSteps {
  private static final int ROWS = 50_000;
  private static final int WIDTH = 128;
  private static final int TOKENS = 1_024;

  private static final List<String> OPTIMIZERS =
      List.of(
          "sgd(0.01)",
          "adagrad(0.01)",
          "lazy | adamw(0.001)",
          "clip_norm(1) | lazy | adamw(0.001)",
          "adamw(0.001)");

  private final StepScope scope;
  private final Tensor table = Tensor.zeros(DType.F32, Shape.of(ROWS, WIDTH));
  private final OptimizerRun run;
  private final boolean told;
  private final SplittableRandom random = new SplittableRandom(1);

  private EmbeddingSteps(String optimizer, Engine engine, boolean told) {
    this.told = told;
    scope = new StepScope(engine);
    for (int i = 0; i < table.size(); i++) {
      table.floats()[i] = (float) random.nextGaussian() * 0.02f;
    }
    run =
        Optimizer.parse(optimizer)
            .onNonFinite(NonFinite.UNCHECKED)
            .attach(Parameter.of("table", table));
  }

  /// Prints the figures.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    List<String> optimizers = arguments.length > 1 ? List.of(arguments[1]) : OPTIMIZERS;
    Engine engine = Engine.of("auto", threads);
    int steps = 16; // one of them clears
    for (String optimizer : optimizers) {
      var told = new EmbeddingSteps(optimizer, engine, true);
      var all = new EmbeddingSteps(optimizer, engine, false);
      new Turns()
          .add("told the rows", () -> told.run(steps))
          .add("not told", () -> all.run(steps))
          .print(
              "%s, %d threads".formatted(optimizer, threads),
              20,
              21,
              new Turns.Quantity("us/step", 1e3 * steps, false));
    }
  }

  private void run(int steps) {
    scope.run(() -> {
      for (int i = 0; i < steps; i++) {
        int[] tokens = random.ints(TOKENS, 0, ROWS).toArray();
        Tensor loss = table.gather(Tensor.ofInts(tokens)).square().mean();
        Tensor gradient = scope.silently(() -> loss.gradient(table));
        run.step(List.of(told ? gradient : new Untold(gradient)));
        scope.endStep();
      }
    });
  }

  /// A gradient without its list of rows.
  private record Untold(Tensor of) implements Values, HasValues {
    @Override
    public Values values() {
      return this;
    }

    @Override
    public DType dtype() {
      return of.dtype();
    }

    @Override
    public int[] dimensions() {
      return of.dimensions();
    }

    @Override
    public int size() {
      return of.size();
    }

    @Override
    public float[] floats() {
      return of.floats();
    }

    @Override
    public double[] doubles() {
      return of.doubles();
    }
  }
}
