package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepScopeTest {

  private final StepScope scope = new StepScope(Engine.of("auto", 1));

  @Test
  void aTensorOfAFinishedStepThrowsAndNamesItsOperation() {
    scope.run(() -> {
      Tensor y = Tensor.of(1, 2).square();
      scope.endStep();
      assertThatIllegalStateException()
          .isThrownBy(y::doubles)
          .withMessageContaining("square: this tensor of shape [2] belongs to a step");
      assertThatIllegalStateException().isThrownBy(() -> y.plus(1));
      assertThatIllegalStateException().isThrownBy(() -> y.reshape(2, 1));
      assertThatIllegalStateException().isThrownBy(y::keep);
      assertThatIllegalStateException().isThrownBy(y::detach);
      assertThat(y).hasToString("F64[2] (of a step that has ended)");
    });
  }

  @Test
  void whatWasKeptLastsAndWhatWasMadeOutsideIsNotAffected() {
    Tensor outside = Tensor.of(3, 4);
    Tensor kept =
        scope.call(() -> {
          Tensor y = outside.square().keep();
          scope.endStep();
          outside.times(2);
          scope.endStep();
          return y;
        });
    assertThat(kept.toDoubles()).containsExactly(9, 16);
    assertThat(outside.toDoubles()).containsExactly(3, 4);
  }

  @Test
  void theGradientOfACrossEntropyHasTheSameBitsInOnePass() {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      // probabilities of 0, negligible ones, and ordinary ones
      Tensor logits =
          Tensor.of(new double[][] {{90, 0, 1, 20}, {0.3, -1, 2, 0.1}, {0, 73, 2, 1}}).to(dtype);
      Tensor labels = Tensor.of(0, 2, 3).to(dtype);
      double[] recorded =
          logits.softmaxCrossEntropy(labels).times(0.7).gradient(logits).toDoubles();
      double[] silent =
          scope.call(() -> {
            Tensor loss = logits.softmaxCrossEntropy(labels).times(0.7);
            return scope.silently(() -> loss.gradient(logits)).toDoubles();
          });
      assertThat(silent).containsExactly(recorded);
      assertThat(silent[8]).isPositive();
      assertThat(silent[1] == 0).isEqualTo(dtype == DType.F32);
    }
  }

  @Test
  void noArrayIsAllocatedOnceTheSizesHaveBeenSeen() {
    Tensor w = Tensor.zeros(DType.F32, Shape.of(40, 30));
    Tensor b = Tensor.zeros(DType.F32, Shape.of(30));
    Tensor x = Tensor.full(DType.F32, Shape.of(20, 40), 0.5);
    long before =
        scope.call(() -> {
          step(scope, x, w, b);
          return scope.arraysAllocated();
        });
    scope.run(() -> {
      for (int i = 0; i < 100; i++) {
        step(scope, x, w, b);
      }
    });
    assertThat(before).isPositive();
    assertThat(scope.arraysAllocated()).isEqualTo(before);
  }

  @Test
  void aWarmStepAllocatesLittle() {
    Tensor w = Tensor.zeros(DType.F32, Shape.of(400, 300));
    Tensor b = Tensor.zeros(DType.F32, Shape.of(300));
    Tensor x = Tensor.full(DType.F32, Shape.of(20, 400), 0.5);
    // until the JIT has compiled them, vectors are objects, and nobody knows when that is
    var plain = new StepScope(Engine.of("scalar", 1));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().threadId();
    long perStep =
        plain.call(() -> {
          for (int i = 0; i < 300; i++) {
            step(plain, x, w, b);
          }
          long before = threads.getThreadAllocatedBytes(id);
          for (int i = 0; i < 100; i++) {
            step(plain, x, w, b);
          }
          return (threads.getThreadAllocatedBytes(id) - before) / 100;
        });
    assertThat(perStep).isLessThan(64 * 1024);
  }

  private static void step(StepScope scope, Tensor x, Tensor w, Tensor b) {
    Tensor loss = x.linear(w, b).relu().square().mean();
    List<Tensor> gradients = scope.silently(() -> loss.gradients(w, b));
    assertThat(gradients).hasSize(2);
    scope.endStep();
  }

  /// Ten layers whose activations are all there when the backward pass begins: it needs little more
  /// than the gradients that are asked for.
  @Test
  void gradientsThatAreUsedUpGiveTheirArraysBack() {
    int layers = 10;
    int width = 64;
    int rows = 512;
    List<Tensor> weights = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      weights.add(Tensor.full(DType.F32, Shape.of(width, width), 0.01 * (i + 1)));
    }
    Tensor x = Tensor.full(DType.F32, Shape.of(rows, width), 0.5);
    long activations = 4L * (2 * layers + 1) * rows * width;
    long gradients = 4L * layers * width * width;
    for (int step = 0; step < 3; step++) {
      scope.run(() -> {
        Tensor y = x;
        for (Tensor w : weights) {
          y = y.matmul(w).relu();
        }
        Tensor loss = y.square().sum();
        List<Tensor> found = scope.silently(() -> loss.gradients(weights));
        assertThat(found).hasSize(layers);
        scope.endStep();
      });
    }
    assertThat(scope.bytesAllocated())
        .isBetween(activations + gradients, activations + gradients + 4 * 4L * rows * width);
  }

  @Test
  void shapesThatDifferFromStepToStepShareArrays() {
    Tensor w = Tensor.zeros(DType.F32, Shape.of(40, 30));
    Tensor b = Tensor.zeros(DType.F32, Shape.of(30));
    for (int round = 0; round < 2; round++) {
      long before = scope.arraysAllocated();
      for (int rows = 64; rows > 0; rows -= 3) {
        Tensor x = Tensor.full(DType.F32, Shape.of(rows, 40), 0.5);
        scope.run(() -> step(scope, x, w, b));
      }
      if (round == 1) {
        assertThat(scope.arraysAllocated()).isEqualTo(before);
      }
    }
    assertThat(scope.arraysAllocated()).isLessThan(80);
  }

  @Test
  void aGradientThatWasUsedUpMustNotBeTouched() {
    List<Tensor> seen = new ArrayList<>();
    final class Watched extends Operation {
      Watched(Tensor x) {
        super("watched", x);
      }

      Tensor of() {
        Tensor y = result(DType.F64, input(0).shape());
        System.arraycopy(input(0).doubles(), 0, y.doubles(), 0, y.size());
        return y;
      }

      @Override
      protected void backward(Tensor y, Tensor g, Wanted by) {
        seen.add(g);
        by.add(0, g.times(2));
      }
    }
    Tensor x = Tensor.of(1, 2);
    scope.run(() -> {
      Tensor loss = new Watched(x).of().square().sum();
      Tensor g = scope.silently(() -> loss.gradient(x));
      assertThat(g.toDoubles()).containsExactly(4, 8);
      assertThatIllegalStateException()
          .isThrownBy(() -> seen.getFirst().toDoubles())
          .withMessageContaining("was used up in its backward pass");
    });
  }

  @Test
  void aSilentGradientIsNotRecorded() {
    scope.run(() -> {
      Tensor x = Tensor.of(2);
      Tensor y = x.pow(3).sum();
      Tensor g = scope.silently(() -> y.gradient(x));
      assertThat(g.item()).isEqualTo(12);
      assertThat(g.plus(0).sum().gradient(x).item()).isZero();
      assertThat(y.gradient(x).sum().gradient(x).item()).isEqualTo(12);
    });
  }
}
