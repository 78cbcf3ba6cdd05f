package dev.thalweg.bench;

import java.util.Locale;
import java.util.Random;

/// Is a loop compiled while the program runs as good as one compiled with the project? Decision
/// 0002.
///
/// ```
/// tools/bench/run RuntimeLoops speed       nanoseconds a parameter, loops taking turns
/// tools/bench/run RuntimeLoops first WHICH first use in this process: javac, classfile, interpreter
/// ```
final class RuntimeLoops {

  /// Elements of one call: what the optimizer gives a thread at a time.
  private static final int STRETCH = 1 << 14;

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
      State state = new State(n);
      Loop javac = new AdamWLoop();
      Loop classfile = LoopCompiler.compile(Rule.adamw());
      Loop interpreter = new LoopInterpreter(Rule.adamw());
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
      Loop loop =
          switch (which) {
            case "javac" -> new AdamWLoop();
            case "classfile" -> LoopCompiler.compile(variant(i));
            case "interpreter" -> new LoopInterpreter(variant(i));
            default ->
                throw new IllegalArgumentException(
                    "expected javac, classfile or interpreter, found " + which);
          };
      loop.run(new float[4][16], new float[6 + i], 0, 16);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    double[] later = java.util.Arrays.copyOfRange(millis, 3, millis.length);
    System.out.printf(
        "%s: first %.2f ms, second %.2f, third %.2f, median of the next twenty %.2f%n",
        which, millis[0], millis[1], millis[2], Spread.of(later).median());
  }

  /// The rule with i more scalars, so that no two are equal.
  private static Rule variant(int i) {
    Rule adamw = Rule.adamw();
    return new Rule(adamw.arrays(), 6 + i, adamw.stores());
  }

  /// A parameter, its gradient and slots.
  static final class State {
    private final float[][] arrays;
    private final float[] scalars = {0.1f, 0.001f, 1e-6f, 1.1f, 1e-8f, 1e-8f};

    State(int n) {
      this.arrays = new float[4][n];
      Random random = new Random(1);
      for (int i = 0; i < n; i++) {
        arrays[0][i] = random.nextFloat();
        arrays[1][i] = random.nextFloat() - 0.5f;
      }
    }

    State pass(Loop loop, int passes) {
      int n = arrays[0].length;
      for (int pass = 0; pass < passes; pass++) {
        for (int from = 0; from < n; from += STRETCH) {
          loop.run(arrays, scalars, from, Math.min(n, from + STRETCH));
        }
      }
      return this;
    }

    float[][] arrays() {
      return arrays;
    }
  }
}
