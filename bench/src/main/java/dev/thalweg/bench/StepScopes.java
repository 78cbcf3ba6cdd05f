package dev.thalweg.bench;

import com.sun.management.ThreadMXBean;
import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/// What do pooled arrays and the check for finished steps cost and bring? Decision 0003.
///
/// ```
/// tools/bench/run StepScopes [wide|small] [threads] [provider]
/// ```
///
/// The same step, as the trainer takes it, in a [StepScope] and on the heap, taking turns in one
/// process: rates, bytes allocated on the training thread, arrays the pool allocated, collections
/// and their pauses. Then the cost of asking a tensor for its array.
final class StepScopes {

  private static final int ROUNDS = 41;

  private StepScopes() {}

  /// Prints the figures of one network.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Workload workload = Workload.named(arguments.length > 0 ? arguments[0] : "wide");
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    Engine engine = Engine.of(arguments.length > 2 ? arguments[2] : "auto", threads);
    int steps = workload.window();
    Course heap = new Course(workload, engine);
    Course scoped = new Course(workload, engine);
    StepScope scope = new StepScope(engine);
    Ledger onHeap = new Ledger();
    Ledger inScope = new Ledger();
    int warmUp = Math.max(5, workload.warmUp() / steps);
    Turns turns =
        new Turns()
            .add("heap", () -> onHeap.enter(() -> engine.run(() -> heap.stepsOnHeap(steps)), steps))
            .add(
                "step scope",
                () -> inScope.enter(() -> scope.run(() -> scoped.stepsIn(scope, steps)), steps));
    turns.run(warmUp, 0);
    onHeap.clear();
    inScope.clear();
    long arrays = scope.arraysAllocated();
    turns.print(
        "%s, %s".formatted(workload.name(), engine),
        0,
        ROUNDS,
        Turns.Quantity.perSecond("steps", steps));
    onHeap.print("heap");
    inScope.print("step scope");
    System.out.printf(
        "  arrays of the pool: %d, of which in the %d measured steps: %d%n",
        scope.arraysAllocated(), inScope.steps, scope.arraysAllocated() - arrays);
    if (heap.last != scoped.last) {
      throw new IllegalStateException("losses differ: " + heap.last + " and " + scoped.last);
    }
    access();
  }

  /// A thousand tensors asked for their arrays, beside the arrays themselves.
  private static void access() {
    int n = 1000;
    int passes = 2000;
    StepScope scope = new StepScope(Engine.of("scalar", 1));
    scope.run(() -> {
      Tensor[] tensors = new Tensor[n];
      float[][] arrays = new float[n][];
      for (int i = 0; i < n; i++) {
        tensors[i] = Tensor.ofFloats(i).negate();
        arrays[i] = tensors[i].floats();
      }
      float[] sink = new float[1];
      new Turns()
          .add("array", () -> sink[0] += sum(arrays, passes))
          .add("tensor.floats()", () -> sink[0] += sum(tensors, passes))
          .print("one access", 20, 41, Turns.Quantity.nanosPer("access", (double) n * passes));
    });
  }

  private static float sum(float[][] arrays, int passes) {
    float sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      for (float[] array : arrays) {
        sum += array[0];
      }
    }
    return sum;
  }

  private static float sum(Tensor[] tensors, int passes) {
    float sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      for (Tensor tensor : tensors) {
        sum += tensor.floats()[0];
      }
    }
    return sum;
  }

  /// A network on its way through some data.
  private static final class Course {
    private final Workload workload;
    private final Dataset data;
    private final Network network;
    private final OptimizerRun optimizer;
    private final int[] order;
    private final Tensor x;
    private final int[] labels;
    private int step;
    private double last;

    Course(Workload workload, Engine engine) {
      this.workload = workload;
      data = workload.data();
      network = engine.call(() -> workload.network().build(Shape.of(workload.inputs()), 3));
      optimizer = Optimizers.adamw(1e-3).withWeightDecay(0.01).attach(network.parameters());
      order = new int[data.rows()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      int batch = workload.batch();
      x = Tensor.wrap(Shape.of(batch, workload.inputs()), new float[batch * workload.inputs()]);
      labels = new int[batch];
    }

    void stepsOnHeap(int steps) {
      for (int i = 0; i < steps; i++) {
        Tensor loss = loss();
        last = loss.item();
        optimizer.step(loss.gradients(network.parameters()));
      }
    }

    void stepsIn(StepScope scope, int steps) {
      for (int i = 0; i < steps; i++) {
        Tensor loss = loss();
        last = loss.item();
        List<Tensor> gradients = scope.silently(() -> loss.gradients(network.parameters()));
        optimizer.step(gradients);
        scope.endStep();
      }
    }

    private Tensor loss() {
      int first = step++ % workload.batches() * workload.batch();
      data.gather(order, first, workload.batch(), x.floats(), 0);
      data.gatherLabels(order, first, workload.batch(), labels, 0);
      return network.apply(x, Pass.training(0, step)).softmaxCrossEntropy(labels);
    }
  }

  /// What was allocated and collected in one contender's turns.
  private static final class Ledger {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long steps;
    private long bytes;
    private long collections;
    private long pauses;

    void enter(Runnable turn, int count) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long collectionsBefore = collections();
      long pausesBefore = pauses();
      turn.run();
      bytes += threads.getCurrentThreadAllocatedBytes() - before;
      collections += collections() - collectionsBefore;
      pauses += pauses() - pausesBefore;
      steps += count;
    }

    void clear() {
      steps = 0;
      bytes = 0;
      collections = 0;
      pauses = 0;
    }

    private static long collections() {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .mapToLong(GarbageCollectorMXBean::getCollectionCount)
          .sum();
    }

    private static long pauses() {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .mapToLong(GarbageCollectorMXBean::getCollectionTime)
          .sum();
    }

    void print(String name) {
      System.out.printf(
          "  %-11s %,12d bytes a step, %d collections of %d ms in all, in %,d steps%n",
          name, bytes / steps, collections, pauses, steps);
    }
  }
}
