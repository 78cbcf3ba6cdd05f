package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.Engine;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a network keeps while it predicts.
class PredictionPassTest {

  private static Tensor numbers(int rows, int columns) {
    float[] x = new float[rows * columns];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 7919 % 1000 - 500) / 500f;
    }
    return Tensor.ofFloats(Shape.of(rows, columns), x);
  }

  private static double[] silently(StepScope scope, Network network, Tensor x) {
    return scope.call(() -> scope.silently(() -> network.apply(x)).toDoubles());
  }

  @Test
  void resultsOfLayersGiveTheirArraysBackWhenTheNextLayerIsThrough() {
    String text =
        "dense(90) | relu | dense(90) | tanh | dense(90)"
            + " | residual(dense(90) | relu | dense(90) | tanh | dense(90) | tanh)"
            + " | flatten | parallel(dense(90), relu) | dense(90) | dense(9)";
    Network network = Models.parse(text, 9).build(Shape.of(90), 1);
    Tensor x = numbers(7, 90);
    StepScope scope = new StepScope(Engine.of("scalar", 1));
    assertThat(silently(scope, network, x)).isEqualTo(network.apply(x).toDoubles());
    assertThat(scope.arraysAllocated()).isBetween(3L, 6L);
  }

  @Test
  void layersOfYourOwnMayLookBack() {
    Tensor[] seen = new Tensor[1];
    Layer look =
        Layer.of(
            "look",
            (x, training) -> {
              seen[0] = x;
              return x;
            });
    Layer back = Layer.of("back", (x, training) -> x.plus(seen[0]));
    Layer dense = Layers.dense(8);
    Sequential model = Sequential.of(dense, look, dense, dense, dense, back);
    Tensor x = numbers(5, 8);
    for (Sequential each : List.of(model, Sequential.of(Layers.residual(model), dense))) {
      Network network = each.build(Shape.of(8), 1);
      assertThat(silently(new StepScope(Engine.of("scalar", 1)), network, x))
          .isEqualTo(network.apply(x).toDoubles());
    }
  }

  @Test
  void theLargestPassIsFoundWithinLayers() {
    Network network =
        Models.parse("group(dense(1000) | dense(2)) | dense(3)", 3).build(Shape.of(5), 1);
    assertThat(network.largestPass()).isEqualTo(1005);
  }
}
