package dev.thalweg.bench;

import dev.thalweg.kernels.Engine;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A step of every method whose formula is one loop without transcendental functions, beside loops
/// by hand ([RulesByHand]), on arrays of 160 MB together, far beyond caches: one that does nearly
/// nothing with as many arrays, and where there is one, one that does the same.
///
/// A line a method: arrays (the parameter, its gradient, slots), nanoseconds a parameter, and the
/// median ratios of turns of one round. One thread.
///
/// ```
/// tools/bench/run RuleMemory            all of them, as rows of a table
/// tools/bench/run RuleMemory 160 adan   of these, on so many MB
/// ```
final class RuleMemory {
  private static final int STRETCH = 1 << 14;
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 11;

  private static final List<String> METHODS =
      List.of(
          "sgd",
          "sign_sgd",
          "optimistic",
          "asgd",
          "momentum",
          "nesterov",
          "signum",
          "sgdw",
          "qhm",
          "aggmo",
          "adagrad",
          "rmsprop",
          "rmsprop_tf",
          "rprop",
          "adadelta",
          "ftrl",
          "sm3",
          "adam",
          "adamw",
          "lion",
          "adamax",
          "nadam",
          "nadamw",
          "amsgrad",
          "radam",
          "adabelief",
          "yogi",
          "adabound",
          "laprop",
          "adopt",
          "ademamix",
          "simplified_ademamix",
          "adan",
          "schedule_free_sgd",
          "schedule_free_adamw",
          "schedule_free_radam");

  private RuleMemory() {}

  /// Prints the table.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    boolean sized = arguments.length > 0 && arguments[0].matches("[0-9.]+");
    double megabytes = sized ? Double.parseDouble(arguments[0]) : 160;
    List<String> given = List.of(arguments).subList(sized ? 1 : 0, arguments.length);
    List<String> methods = given.isEmpty() ? METHODS : given;
    System.out.println("| method | arrays | ns | the same bytes | the same by hand |");
    System.out.println("|---|--:|--:|--:|--:|");
    Engine.of("auto", 1)
        .run(() -> {
          for (String method : methods) {
            measure(method, megabytes);
          }
        });
  }

  private static OptimizerRun attached(String method, float[] p) {
    return Optimizer.parse(method)
        .onNonFinite(NonFinite.UNCHECKED)
        .attach(Parameter.of("p", new int[] {p.length}, p));
  }

  private static void measure(String method, double megabytes) {
    int arrays = RulesByHand.arrays(method, 2 + attached(method, new float[1]).slots().size());
    int n = (int) (megabytes * 1e6 / 4 / arrays);
    float[] gradient = RulesByHand.filled(n, 1);
    OptimizerRun run = attached(method, RulesByHand.filled(n, 2));
    int times = Math.max(1, 20_000_000 / n);
    Turns turns =
        Turns.byProcessorTime()
            .add(
                "step",
                () -> {
                  for (int i = 0; i < times; i++) {
                    run.step(gradient);
                  }
                })
            .add("bytes", pass(RulesByHand.bytes(arrays), arrays, gradient, 0, times));
    RulesByHand.Loop hand = RulesByHand.of(method);
    if (hand != null) {
      check(method, hand, arrays);
      turns.add("hand", pass(hand, arrays, gradient, 0.1f, times));
    }
    double[][] nanos = turns.run(WARM_UP, ROUNDS);
    System.out.printf(
        "| `%s` | %d | %.2f | %s | %s |%n",
        method,
        arrays,
        Spread.of(nanos[0]).median() / n / times,
        ratio(nanos[0], nanos[1]),
        hand == null ? "" : ratio(nanos[0], nanos[2]));
  }

  private static String ratio(double[] step, double[] other) {
    double[] ratios = new double[step.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = step[i] / other[i];
    }
    Spread spread = Spread.of(ratios);
    return "%.2f (%.2f to %.2f)".formatted(spread.median(), spread.lower(), spread.upper());
  }

  private static Runnable pass(
      RulesByHand.Loop loop, int arrays, float[] gradient, float start, int times) {
    float[][] all = arrays(arrays, gradient, start);
    return () -> {
      for (int i = 0; i < times; i++) {
        pass(loop, all, 1);
      }
    };
  }

  private static float[][] arrays(int arrays, float[] gradient, float start) {
    int n = gradient.length;
    float[][] all = new float[arrays][];
    all[0] = RulesByHand.filled(n, 2);
    all[1] = gradient;
    for (int slot = 2; slot < arrays; slot++) {
      all[slot] = new float[n];
      Arrays.fill(all[slot], start);
    }
    return all;
  }

  private static void pass(RulesByHand.Loop loop, float[][] all, int t) {
    int n = all[0].length;
    for (int from = 0; from < n; from += STRETCH) {
      loop.run(all, t, from, Math.min(n, from + STRETCH));
    }
  }

  /// Whether the loop by hand does what the method does, for three steps on few numbers.
  private static void check(String method, RulesByHand.Loop hand, int arrays) {
    int n = 1000;
    float[] p = RulesByHand.filled(n, 2);
    OptimizerRun run = attached(method, p);
    float[][] all = arrays(arrays, new float[n], 0);
    RulesByHand.begin(method, all);
    for (int t = 1; t <= 3; t++) {
      float[] gradient = RulesByHand.filled(n, 2 + t);
      run.step(gradient);
      all[1] = gradient;
      pass(hand, all, t);
    }
    for (int i = 0; i < n; i++) {
      if (!(Math.abs(p[i] - all[0][i]) <= 1e-5f * Math.max(1, Math.abs(p[i])))) {
        throw new IllegalStateException(
            "%s by hand: expected %s at %d, found %s".formatted(method, p[i], i, all[0][i]));
      }
    }
  }
}
