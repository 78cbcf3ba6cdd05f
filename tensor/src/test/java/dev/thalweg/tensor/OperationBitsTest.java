package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Recurrence.Cell;
import dev.thalweg.kernels.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Results and gradients of so many numbers that threads share the work have the same bits alone
/// and together, by scalar and by vector kernels.
class OperationBitsTest {

  private static Tensor random(DType dtype, int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i * 0.7) + Math.cos(i * 0.013);
    }
    return Tensor.of(shape, values).to(dtype).detach();
  }

  private static void check(List<UnaryOperator<Tensor>> operations, DType dtype, int... sizes) {
    Tensor x = random(dtype, sizes);
    for (int i = 0; i < operations.size(); i++) {
      UnaryOperator<Tensor> f = operations.get(i);
      double[] alone = null;
      double[] back = null;
      for (Engine engine :
          List.of(
              Engine.of("scalar", 1),
              Engine.of("scalar", 3),
              Engine.of("simd", 1),
              Engine.of("simd", 3))) {
        double[] y = engine.call(() -> f.apply(x).toDoubles());
        double[] g = engine.call(() -> f.apply(x).square().sum().gradient(x).toDoubles());
        String name = "number " + i + ", " + dtype + ", " + engine;
        alone = alone == null ? y : alone;
        back = back == null ? g : back;
        assertThat(y).as(name).isEqualTo(alone);
        assertThat(g).as(name).isEqualTo(back);
      }
    }
  }

  @Test
  void partsOrdersBroadcastsAndSums() {
    List<UnaryOperator<Tensor>> operations =
        List.of(
            x -> x.slice(1, 3, 60),
            x -> x.slice(2, 1, 50),
            x -> x.permute(2, 0, 1),
            x -> x.permute(1, 0, 2),
            x -> x.permute(1, 2, 0),
            x -> x.permute(0, 2, 1),
            x -> Tensor.concat(1, x, x),
            x -> x.pad(2, 1, 2, 3),
            x -> x.reshape(-1, 70).gather(Tensor.ofInts(4000, 7, 4000, 9, 12)),
            x -> x.matmul(x, true, false),
            x -> x.matmul(x.rows(3, 4), false, true),
            x -> x.sum(0),
            x -> x.sum(1),
            x -> x.sum(2),
            x -> x.max(1),
            x -> x.max(2),
            x -> x.plus(x.rows(0, 1)),
            x -> x.times(x.slice(1, 0, 1)),
            x -> x.div(x.slice(2, 0, 1).plus(1)),
            x -> x.slice(2, 0, 1).minus(x.slice(1, 0, 1)),
            x -> x.variance(2));
    check(operations, DType.F32, 65, 63, 70);
    check(operations, DType.F64, 65, 63, 70);
  }

  @Test
  void operationsOnImages() {
    Window window = Window.of(3, 3).withPadding(1, 1);
    Window steps = window.withStride(2, 2);
    List<UnaryOperator<Tensor>> operations =
        List.of(
            x -> conv(x, random(x.dtype(), 3, 3, 6, 10), window, 1),
            x -> conv(x, random(x.dtype(), 3, 3, 3, 8), steps, 2),
            x -> conv(x, random(x.dtype(), 3, 3, 1, 6), window, 6),
            x ->
                conv(
                    random(x.dtype(), 40, 15, 14, 6),
                    x.rows(0, 9).reshape(3, 3, 6, -1).slice(3, 0, 12),
                    window,
                    1),
            x -> Spatial.convTranspose2d(x, random(x.dtype(), 3, 3, 5, 6), steps, 1, 29, 27),
            x -> Spatial.maxPool(x, steps),
            x -> Spatial.avgPool(x, window, false),
            x -> Spatial.adaptiveAvgPool(x, 4, 1),
            x -> Spatial.upsampleNearest(x, 30, 28),
            x -> Spatial.upsampleBilinear(x, 31, 20),
            x -> Spatial.pad(x, 1, 2, -1, 1, 0.5),
            x -> Normalization.layerNorm(x, 1e-5),
            x -> Normalization.layerNorm(x.reshape(60, -1), 1e-5),
            x -> Normalization.rmsNorm(x, x.sum(0).sum(0).sum(0), 1e-5),
            x ->
                Normalization.groupNorm(x, 2, x.sum(0).sum(0).sum(0), x.sum(0).sum(0).sum(0), 1e-5),
            x -> Normalization.instanceNorm(x, 1e-5),
            x -> Normalization.batchNorm(x, 1e-5).y());
    check(operations, DType.F32, 60, 15, 14, 6);
    check(operations, DType.F64, 60, 15, 14, 6);
  }

  private static Tensor conv(Tensor x, Tensor w, Window window, int groups) {
    Tensor bias = w.sum(0).sum(0).sum(0);
    return Spatial.conv2d(x, w, bias, window, groups);
  }

  @Test
  void operationsOnSequences() {
    AttentionForm causal = AttentionForm.of(4).withCausal(true);
    AttentionForm grouped = AttentionForm.of(4).withKeyHeads(2).withAlibi(true);
    List<UnaryOperator<Tensor>> operations =
        List.of(
            x -> Sequences.attention(x, causal),
            x -> Sequences.rotary(x, 5, 18, 3),
            x -> recurrent(x, Cell.LSTM, Optional.empty()),
            x -> recurrent(x, Cell.LSTM, Optional.of(Tensor.ofInts(9, 150, 0))),
            x -> recurrent(x, Cell.GRU, Optional.of(Tensor.ofInts(150, 3, 1))),
            x -> recurrent(x, Cell.TANH, Optional.empty()),
            x -> Sequences.reverse(x, Optional.of(Tensor.ofInts(9, 150, 0))),
            x ->
                Sequences.attention(
                    x.slice(2, 0, 48),
                    x,
                    AttentionForm.of(6).withLengths(Tensor.ofInts(9, 0, 150))),
            x -> Sequences.attention(x.slice(2, 0, 64), grouped.withWindow(30)),
            x ->
                Sequences.attention(
                    x, x, x.square(), causal.withLengths(Tensor.ofInts(9, 40, 150))),
            x -> Sequences.attention(x, causal.withFirsts(documents(3, 150, 70))));
    check(operations, DType.F32, 3, 150, 96);
    check(operations, DType.F64, 3, 150, 96);
  }

  /// Documents of so many steps, one behind the other.
  private static Tensor documents(int rows, int steps, int each) {
    int[] firsts = new int[rows * steps];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = i % steps / each * each;
    }
    return Tensor.ofInts(Shape.of(rows, steps), firsts);
  }

  private static Tensor recurrent(Tensor x, Cell cell, Optional<Tensor> lengths) {
    int units = 40;
    int columns = cell.gates() * units;
    Tensor w = random(x.dtype(), 96, columns).times(0.05);
    Tensor u = random(x.dtype(), units, columns).times(0.05);
    Tensor b = random(x.dtype(), columns).times(x.sum().tanh());
    return Sequences.recurrent(x, RecurrentWeights.of(cell, w, u).withBias(b), lengths);
  }
}
