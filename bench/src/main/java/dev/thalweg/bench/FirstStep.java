package dev.thalweg.bench;

import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Parameter;
import java.util.Arrays;
import java.util.List;

/// One process of [FirstSteps]: optimizers from text to the end of their first step. Prints the
/// milliseconds until the first one is attached, those of its first step, and those of both for the
/// second one and, as a median, for later ones.
///
/// The cases by `hand` are a plain loop without any library, what nothing can be cheaper than; the
/// `large` ones have 100,000 numbers, which the interpreter goes through at the first step, the
/// others 16. Nothing here is a lambda or a formatted text, which would be counted too.
final class FirstStep {
  static final List<String> CASES =
      List.of(
          "empty",
          "hand",
          "adamw",
          "torch",
          "chain",
          "built",
          "rule",
          "big-rule",
          "hand-large",
          "adamw-large");

  private static final int TIMES = 21;
  private static final int SMALL = 16;
  private static final int LARGE = 100_000;

  private FirstStep() {}

  /// Runs one case.
  public static void main(String[] arguments) {
    String which = arguments[0];
    double[] millis = new double[TIMES];
    double firstAttached = 0;
    if (!which.equals("empty")) {
      for (int i = 0; i < TIMES; i++) {
        long begin = System.nanoTime();
        long attached = which.startsWith("hand") ? byHand(which) : attached(which, i);
        millis[i] = (System.nanoTime() - begin) / 1e6;
        if (i == 0) {
          firstAttached = (attached - begin) / 1e6;
        }
      }
    }
    double[] later = Arrays.copyOfRange(millis, 2, TIMES);
    Arrays.sort(later);
    double firstStep = millis[0] - firstAttached;
    System.out.println(
        firstAttached + " " + firstStep + " " + millis[1] + " " + later[later.length / 2]);
  }

  /// Attaches an optimizer, says when, and makes a step.
  private static long attached(String which, int i) {
    int n = size(which);
    OptimizerRun run = optimizer(which, i).attach(Parameter.of("w", new float[n]));
    long attached = System.nanoTime();
    run.step(new float[n]);
    return attached;
  }

  /// The same by hand, as one would who has no library: arrays, the step's numbers, a plain loop.
  private static long byHand(String which) {
    int n = size(which);
    var loop = new AdamWByHand();
    float[][] arrays = {new float[n], {}, new float[n], new float[n]};
    long attached = System.nanoTime();
    arrays[1] = new float[n];
    double c1 = 1 - Math.pow(0.9, 1);
    double c2 = 1 - Math.pow(0.999, 1);
    float[] scalars = {
      0.1f, 0.001f, (float) (1e-3 / c1), (float) Math.sqrt(1 / c2), 1e-8f, 1e-3f * 0.01f
    };
    loop.run(arrays, scalars, 0, n);
    return attached;
  }

  private static int size(String which) {
    return which.endsWith("large") ? LARGE : SMALL;
  }

  private static Optimizer optimizer(String which, int i) {
    return switch (which) {
      case "adamw", "adamw-large" -> Optimizer.parse("adamw(lr=1e-3)");
      case "torch" -> Optimizer.parse("torch.AdamW(lr=1e-3)");
      case "chain" -> Optimizer.parse("clip_norm(1) | adamw(lr=1e-3)");
      case "built" -> Optimizers.adamw(1e-3);
      // a number of its own in each, so that no two are equal
      case "rule" ->
          Optimizer.parse("rule('m = lerp(m, g, 0." + (i + 1) + "); p -= lr * sign(m)', lr=1e-3)");
      case "big-rule" ->
          Optimizer.parse(
              "rule('m = lerp(m, g, 0."
                  + (i + 1)
                  + "); v = lerp(v, g^2, 0.001); u = m / (1 - 0.9^t) / (sqrt(v / (1 - 0.999^t)) +"
                  + " 1e-8); p -= lr * (u * min(1, norm(p) / norm(u)) + 0.01 * p)', lr=1e-3)");
      default -> throw new IllegalArgumentException("no case " + which);
    };
  }
}
