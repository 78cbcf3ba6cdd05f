package dev.thalweg.bench;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopInterpreter;
import java.util.Arrays;
import java.util.Locale;

/// Is a loop compiled while the program runs as good as one compiled with the project? Decision
/// 0002.
///
/// ```
/// tools/bench/run RuntimeLoops speed       nanoseconds a parameter, loops taking turns
/// tools/bench/run RuntimeLoops first WHICH first use in this process: javac, classfile, interpreter
/// ```
final class RuntimeLoops {

  private RuntimeLoops() {}

  /// Prints the figures.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    String what = arguments.length > 0 ? arguments[0] : "speed";
    switch (what) {
      case "speed" -> speed();
      case "first" -> first(arguments.length > 1 ? arguments[1] : "classfile");
      default -> throw new IllegalArgumentException("expected speed or first, found " + what);
    }
  }

  private static void speed() {
    for (int n : new int[] {10_000, 100_000, 1_000_000, 10_000_000}) {
      // the same arrays for all, so that all find the caches alike
      RuleState state = new RuleState(n);
      FusedLoop javac = new AdamWByHand();
      FusedLoop classfile = LoopCompiler.compile(AdamWProgram.of(6));
      FusedLoop interpreter = LoopInterpreter.of(AdamWProgram.of(6));
      int passes = Math.max(1, 2_000_000 / n);
      Turns.Quantity each = Turns.Quantity.nanosPer("parameter", (double) n * passes);
      String title = "%,d parameters".formatted(n);
      new Turns()
          .add("javac", () -> state.pass(javac, passes))
          .add("java.lang.classfile", () -> state.pass(classfile, passes))
          .print(title, 60, 101, each);
      // by itself: while it works, whatever shares the cache takes the arrays' place in it
      new Turns()
          .add("javac", () -> state.pass(javac, passes))
          .add("interpreted in blocks", () -> state.pass(interpreter, passes))
          .print(title, 20, 31, each);
    }
  }

  /// The time from nothing to a loop that has run once, for the first rule of the process, a
  /// second, another one, and the median of twenty more.
  private static void first(String which) {
    double[] millis = new double[23];
    for (int i = 0; i < millis.length; i++) {
      long begin = System.nanoTime();
      // with i more scalars, so that no two are equal
      FusedLoop loop =
          switch (which) {
            case "javac" -> new AdamWByHand();
            case "classfile" -> LoopCompiler.compile(AdamWProgram.of(6 + i));
            case "interpreter" -> LoopInterpreter.of(AdamWProgram.of(6 + i));
            default ->
                throw new IllegalArgumentException(
                    "expected javac, classfile or interpreter, found " + which);
          };
      loop.run(new float[4][16], new float[6 + i], 0, 16);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    double[] later = Arrays.copyOfRange(millis, 3, millis.length);
    System.out.printf(
        "%s: first %.2f ms, second %.2f, third %.2f, median of the next twenty %.2f%n",
        which, millis[0], millis[1], millis[2], Spread.of(later).median());
  }
}
