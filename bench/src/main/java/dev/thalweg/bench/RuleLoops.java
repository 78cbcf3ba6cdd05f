package dev.thalweg.bench;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// An update rule's loop beside what else could do its work: a plain Java loop by hand, the Vector
/// API by hand, and C that moves the same bytes; and the whole step of the optimizer `adamw`, with
/// and without its look for gradients that are not finite, which reads the gradient once more.
/// Nanoseconds a parameter; the ratio is to the first.
///
/// ```
/// tools/bench/run RuleLoops 1          one thread; sizes in every cache, and beyond: 160 MB
/// tools/bench/run RuleLoops 2 dead     two threads; after 2,000 steps with half of the gradients 0
/// tools/bench/run -XX:UseAVX=2 RuleLoops 1
/// ```
final class RuleLoops {
  private static final int[] SIZES = {10_000, 100_000, 1_000_000, 10_000_000};

  private RuleLoops() {}

  /// Prints the figures.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    boolean dead = arguments.length > 1 && arguments[1].equals("dead");
    contest("generated", LoopCompiler.compile(AdamWProgram.of(6)), threads, dead);
  }

  /// Sets a loop beside the others.
  ///
  /// @param loop over p, g, m, v with the scalars of [AdamWByHand]
  /// @param dead whether half of the gradients have been 0 for 2,000 steps
  static void contest(String name, FusedLoop loop, int threads, boolean dead) {
    Engine engine = Engine.of("auto", threads);
    Path library = Path.of(System.getProperty("thalweg.bench.copy", "libcopy.so"));
    for (int n : SIZES) {
      RuleState state = new RuleState(n);
      if (dead) {
        grow(state, loop, engine);
      }
      int passes = Math.max(1, 20_000_000 / n); // so that one contender's arrays fill the cache
      Turns loops =
          new Turns()
              .add(name, () -> state.pass(loop, passes, engine))
              .add("plain Java by hand", turn(state, new AdamWByHand(), passes, engine))
              .add("Vector API by hand", turn(state, new AdamWVectors(), passes, engine));
      if (Files.exists(library)) {
        loops
            .add("C, the same bytes", turn(state, new NativeCopy(library, "touch"), passes, engine))
            .add(
                "C, a root and a division",
                turn(state, new NativeCopy(library, "divide"), passes, engine));
      }
      var quantity = Turns.Quantity.nanosPer("parameter", (double) n * passes);
      String title =
          "%,d parameters, %d threads%s"
              .formatted(n, threads, dead ? ", half of the gradients long 0" : "");
      loops.print(title, 60, 101, quantity);
      // A step has arrays of its own. In one contest with the loops it took the cache from whoever
      // came after it, which was the first of them, always.
      for (NonFinite policy : new NonFinite[] {NonFinite.UNCHECKED, NonFinite.FAIL}) {
        new Turns()
            .add(name, () -> state.pass(loop, passes, engine))
            .add(
                policy == NonFinite.FAIL ? "a step of adamw" : "a step of adamw, unchecked",
                step(state, adamw(policy, state, dead), passes, engine))
            .print("", 60, 101, quantity);
      }
    }
  }

  private static Runnable turn(RuleState state, FusedLoop loop, int passes, Engine engine) {
    return () -> state.pass(loop, passes, engine);
  }

  /// The optimizer, attached to a parameter of its own.
  private static OptimizerRun adamw(NonFinite policy, RuleState state, boolean dead) {
    OptimizerRun run =
        Optimizers.adamw(1e-6)
            .onNonFinite(policy)
            .attach(Parameter.of("p", state.arrays()[0].clone()));
    if (dead) {
      // all of them live, then the half that has a gradient: what is dead by now is in the state
      float[] live = new float[state.arrays()[1].length];
      java.util.Arrays.fill(live, 0.1f);
      for (int i = 0; i < 50; i++) {
        run.step(live);
      }
      for (int i = 0; i < 2_000; i++) {
        run.step(state.arrays()[1]);
      }
    }
    return run;
  }

  private static Runnable step(RuleState state, OptimizerRun run, int passes, Engine engine) {
    float[] gradient = state.arrays()[1];
    return () ->
        engine.run(() -> {
          for (int i = 0; i < passes; i++) {
            run.step(gradient);
          }
        });
  }

  /// 2,000 steps after which half of the slots have nothing to average any more.
  private static void grow(RuleState state, FusedLoop loop, Engine engine) {
    state.pass(loop, 50, engine);
    state.killHalf(64);
    for (int step = 0; step < 2_000; step++) {
      state.pass(loop, 1, engine);
      if (step % 16 == 15) {
        state.clear();
      }
    }
  }
}
