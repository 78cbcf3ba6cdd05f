package dev.thalweg.bench;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// What the shape of parameters costs: a step of Muon on 512×512 beside the products that it is
/// made of (five times X Xᵀ, its square, and one by X), and a step on 1,000 tensors of 64 numbers
/// beside one on a tensor of 64,000, with and without the look for gradients that are not finite.
///
/// One thread is measured by its processor time, which neighbours change little; more by the clock.
///
/// ```
/// tools/bench/run RuleShapes 1          one thread
/// tools/bench/run RuleShapes 1 small    the small tensors only
/// ```
final class RuleShapes {
  private static final int SIDE = 512;
  private static final int NEWTON_SCHULZ = 5;
  private static final double FLOPS = NEWTON_SCHULZ * 3 * 2.0 * SIDE * SIDE * SIDE;
  private static final int TENSORS = 1_000;
  private static final int EACH = 64;
  private static final int STEPS = 50;

  /// Turns until vector code is made of loops and checks.
  private static final int WARM_UP = 200;

  private RuleShapes() {}

  /// Prints the figures.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    Engine engine = Engine.of("auto", threads);
    engine.run(() -> {
      if (arguments.length < 2) {
        muon(engine);
      }
      for (String optimizer : new String[] {"sgd(0.01)", "momentum(0.01)", "adamw(0.001)"}) {
        small(optimizer, NonFinite.FAIL);
        small(optimizer, NonFinite.UNCHECKED);
      }
    });
  }

  private static Turns turns() {
    return Engine.current().threads() == 1 ? Turns.byProcessorTime() : new Turns();
  }

  private static float[] random(int size) {
    var random = new SplittableRandom(size);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static OptimizerRun attached(
      String optimizer, NonFinite policy, List<Parameter> parameters) {
    return Optimizer.parse(optimizer).onNonFinite(policy).attach(parameters);
  }

  private static void muon(Engine engine) {
    int n = SIDE * SIDE;
    float[] x = random(n);
    float[] y = random(n);
    float[] z = new float[n];
    float[] gradient = random(n);
    OptimizerRun run =
        attached(
            "muon(0.001)",
            NonFinite.UNCHECKED,
            List.of(Parameter.of("w", new int[] {SIDE, SIDE}, random(n))));
    turns()
        .add(
            "products alone",
            () -> {
              for (int i = 0; i < NEWTON_SCHULZ; i++) {
                product(engine, true, x, x, z);
                product(engine, false, z, z, y);
                product(engine, false, y, x, z);
              }
            })
        .add("a step of muon", () -> run.step(gradient))
        .print("muon, 512x512", 40, 21, new Turns.Quantity("GFLOP/s", FLOPS / 1e9, true));
  }

  private static void product(Engine engine, boolean turned, float[] a, float[] b, float[] c) {
    engine.matmul(false, turned, SIDE, SIDE, SIDE, a, 0, SIDE, b, 0, SIDE, c, 0, SIDE, false);
  }

  private static void small(String optimizer, NonFinite policy) {
    turns()
        .add("one of 64,000", steps(optimizer, policy, 1, TENSORS * EACH))
        .add("1,000 of 64", steps(optimizer, policy, TENSORS, EACH))
        .print(
            optimizer + (policy == NonFinite.UNCHECKED ? ", unchecked" : ""),
            WARM_UP,
            101,
            new Turns.Quantity("us/step", 1e3 * STEPS, false));
  }

  private static Runnable steps(String optimizer, NonFinite policy, int tensors, int each) {
    List<Parameter> parameters = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < tensors; i++) {
      parameters.add(Parameter.of("w" + i, random(each)));
      Tensor gradient = Tensor.zeros(DType.F32, Shape.of(each));
      System.arraycopy(random(each), 0, gradient.floats(), 0, each);
      gradients.add(gradient);
    }
    OptimizerRun run = attached(optimizer, policy, parameters);
    return () -> {
      for (int i = 0; i < STEPS; i++) {
        run.step(gradients);
      }
    };
  }
}
