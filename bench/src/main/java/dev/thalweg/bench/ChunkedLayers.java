package dev.thalweg.bench;

import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Should rows go through all layers in parts, while their activations are in a cache? Decision
/// 0007.
///
/// ```
/// tools/bench/run ChunkedLayers [cnn|resnet|wide] [predict|gradients] [threads]
/// ```
///
/// Prints rows per second, taking turns in one process, and the memory of the arrays that each way
/// needs: of predictions for 1,024 rows in parts, the first with the results of all layers kept to
/// the end; or of the gradients of a batch, whose parts' gradients are added (which costs the
/// addition, and moves bits: a measure of what is to be had, not a way to have it).
final class ChunkedLayers {

  private static final int ROWS = 1024;

  private final Workload workload;
  private final Network network;
  private final Engine engine;
  private final float[] x;
  private final int[] labels;
  private final float[][] sums;
  private double sink;

  private ChunkedLayers(Workload workload, Engine engine) {
    this.workload = workload;
    this.engine = engine;
    this.network =
        workload
            .network()
            .build(Shape.of(workload.shape().stream().mapToInt(Integer::intValue).toArray()), 1);
    sums =
        network.parameters().stream().map(each -> new float[each.size()]).toArray(float[][]::new);
    Dataset data = workload.data();
    x = new float[ROWS * workload.inputs()];
    labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(
          data.row(row % data.rows()), 0, x, row * workload.inputs(), workload.inputs());
      labels[row] = data.labels()[row % data.rows()];
    }
  }

  /// Prints the figures of one network.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Workload workload = Workload.named(arguments.length > 0 ? arguments[0] : "cnn");
    boolean predict = arguments.length < 2 || arguments[1].equals("predict");
    int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    var layers = new ChunkedLayers(workload, Engine.of("auto", threads));
    int rows = predict ? ROWS : workload.batch();
    Turns turns = new Turns();
    List<StepScope> scopes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    if (predict) {
      layers.add(turns, names, scopes, "results kept", rows, ROWS, true);
    }
    for (int part = rows; part >= 4; part /= 4) {
      layers.add(turns, names, scopes, "parts of " + part, rows, part, false);
    }
    turns.print(
        "%s, %s, %s"
            .formatted(
                workload.name(), arguments.length > 1 ? arguments[1] : "predict", layers.engine),
        predict ? 6 : 30,
        predict ? 9 : 21,
        Turns.Quantity.perSecond("rows", rows));
    for (int i = 0; i < names.size(); i++) {
      System.out.printf("  %-34s %,14d bytes%n", names.get(i), scopes.get(i).bytesAllocated());
    }
    if (Double.isNaN(layers.sink)) {
      throw new IllegalStateException("numbers that are none");
    }
  }

  private void add(
      Turns turns,
      List<String> names,
      List<StepScope> scopes,
      String name,
      int rows,
      int part,
      boolean kept) {
    StepScope scope = new StepScope(engine);
    names.add(name);
    scopes.add(scope);
    boolean predict = rows == ROWS;
    turns.add(
        name,
        () ->
            scope.run(() -> {
              if (predict) {
                for (int from = 0; from < rows; from += part) {
                  Tensor batch = batch(from, part);
                  Tensor y =
                      scope.silently(() ->
                          kept
                              ? network.trace(batch, Pass.inference()).getLast()
                              : network.apply(batch));
                  sink += y.floats()[0];
                  scope.endStep();
                }
              } else {
                gradients(scope, rows, part);
              }
            }));
  }

  private void gradients(StepScope scope, int rows, int part) {
    for (float[] sum : sums) {
      Arrays.fill(sum, 0);
    }
    for (int from = 0; from < rows; from += part) {
      int[] some = Arrays.copyOfRange(labels, from, from + part);
      Tensor loss =
          network
              .apply(batch(from, part), Pass.training(1, 0))
              .softmaxCrossEntropy(Tensor.ofInts(some))
              .times((double) part / rows);
      List<Tensor> gradients = scope.silently(() -> loss.gradients(network.parameters()));
      for (int i = 0; i < sums.length; i++) {
        float[] sum = sums[i];
        float[] g = gradients.get(i).floats();
        for (int j = 0; j < sum.length; j++) {
          sum[j] += g[j];
        }
      }
      scope.endStep();
    }
    sink += sums[0][0];
  }

  private Tensor batch(int from, int rows) {
    int inputs = workload.inputs();
    int[] sizes = new int[workload.shape().size() + 1];
    sizes[0] = rows;
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = workload.shape().get(i - 1);
    }
    return Tensor.wrap(
        Shape.of(sizes), Arrays.copyOfRange(x, from * inputs, (from + rows) * inputs));
  }
}
