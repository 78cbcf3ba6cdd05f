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
/// Nothing here is a lambda or a formatted text, which would be counted too.
final class FirstStep {
  static final List<String> CASES =
      List.of("empty", "adamw", "torch", "chain", "built", "rule", "big-rule");

  private static final int TIMES = 21;

  private FirstStep() {}

  /// Runs one case.
  public static void main(String[] arguments) {
    String which = arguments[0];
    double[] millis = new double[TIMES];
    double firstAttached = 0;
    if (!which.equals("empty")) {
      for (int i = 0; i < TIMES; i++) {
        long begin = System.nanoTime();
        OptimizerRun run = optimizer(which, i).attach(Parameter.of("w", new float[16]));
        long attached = System.nanoTime();
        run.step(new float[16]);
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

  private static Optimizer optimizer(String which, int i) {
    return switch (which) {
      case "adamw" -> Optimizer.parse("adamw(lr=1e-3)");
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
