package dev.thalweg.bench;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.HasValues;
import dev.thalweg.kernels.Philox;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What memory a step of attention needs: forward and the gradients of all weights and of the
/// input, of one sequence of T steps, width 128, 4 heads, causal.
///
/// ```
/// tools/bench/run AttentionMemory [T] [THREADS]
/// ```
///
/// Prints the bytes of the input and of all arrays of the steps' pool, which gives none back, so at
/// no time were there more; beside them is what kernels work in, some K and V of one head a thread.
/// Given `-Xmx` it says what heap is enough. `tools/bench/attention_memory.py` sets PyTorch beside
/// it.
final class AttentionMemory {

  private static final int WIDTH = 128;
  private static final int HEADS = 4;
  private static final int STEPS = 5;
  private static final double MEGABYTE = 1e6;

  private AttentionMemory() {}

  /// Prints the bytes.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int length = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4096;
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    Engine engine = Engine.of("auto", threads);
    Network network =
        Sequential.of(Layers.attention(HEADS).withCausal(true)).build(Shape.of(length, WIDTH), 1);
    Tensor x = input(length);
    StepScope scope = new StepScope(engine);
    long arrays = 0;
    for (int step = 0; step < STEPS; step++) {
      scope.run(() -> step(network, x, scope));
      scope.endStep();
      if (step == 1) {
        arrays = scope.arraysAllocated();
      }
    }
    System.out.printf(
        "T = %,d: arrays %.1f MB; of them allocated after the second step: %d%n",
        length,
        (scope.bytesAllocated() + 4.0 * x.size()) / MEGABYTE,
        scope.arraysAllocated() - arrays);
    engine.rest();
  }

  private static Tensor input(int length) {
    float[] numbers = new float[length * WIDTH];
    Philox random = Philox.of(1, 0);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.normal(i);
    }
    return Tensor.wrap(Shape.of(1, length, WIDTH), numbers);
  }

  private static void step(Network network, Tensor x, StepScope scope) {
    List<HasValues> by = new ArrayList<>(network.parameters());
    by.add(x);
    Tensor loss = network.apply(x, Pass.training(1, 0)).square().mean();
    List<Tensor> gradients = scope.silently(() -> loss.gradients(by));
    if (!Float.isFinite(gradients.getLast().floats()[0])) {
      throw new IllegalStateException("a gradient is not finite");
    }
  }
}
