package dev.thalweg.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.tensor.Fused;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import dev.thalweg.tensor.Wanted;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A fused operation of a user, who sees no more than is exported.
class OwnFusedOperationTest {

  /// x² w, by kernels in F32.
  private static final class Weighted extends Fused {
    private Weighted(Tensor x, Tensor w) {
      super("weighted", x, w);
    }

    static Tensor of(Tensor x, Tensor w) {
      return new Weighted(x, w).result(x.shape());
    }

    @Override
    protected Tensor composed(Tensor... x) {
      return x[0].square().times(x[1]);
    }

    @Override
    protected void forward(Engine engine, Tensor y) {
      float[] x = input(0).floats();
      float[] w = input(1).floats();
      float[] into = y.floats();
      for (int i = 0; i < y.size(); i++) {
        into[i] = x[i] * x[i] * w[i];
      }
    }

    @Override
    protected void back(Engine engine, Tensor y, Tensor g, Wanted by) {
      float[] x = input(0).floats();
      float[] w = input(1).floats();
      float[] gradient = g.floats();
      if (by.wants(0)) {
        Tensor part = Tensor.empty(DType.F32, y.shape());
        float[] into = part.floats();
        for (int i = 0; i < y.size(); i++) {
          into[i] = 2 * gradient[i] * x[i] * w[i];
        }
        by.add(0, part);
      }
      by.add(1, g.times(input(0)).times(input(0)));
    }
  }

  private static final Tensor X = Tensor.ofFloats(1, -2, 3);
  private static final Tensor W = Tensor.ofFloats(4, 5, -6);

  @Test
  void givesGradientsByItsKernels() {
    List<Tensor> gradients = Weighted.of(X, W).sum().gradients(X, W);
    assertThat(gradients.get(0).toDoubles()).containsExactly(8, -20, -36);
    assertThat(gradients.get(1).toDoubles()).containsExactly(1, 4, 9);
  }

  @Test
  void gradientsOfGradientsAreThoseOfTheComposition() {
    Tensor first = Weighted.of(X, W).square().sum().gradient(X); // 4 x³ w²
    assertThat(first.toDoubles()).containsExactly(64, -800, 3888);
    List<Tensor> second = first.sum().gradients(X, W); // 12 x² w², 8 x³ w
    assertThat(second.get(0).toDoubles()).containsExactly(192, 1200, 3888);
    assertThat(second.get(1).toDoubles()).containsExactly(32, -320, -1296);
    Tensor third = second.get(1).sum().gradient(X); // 24 x² w
    assertThat(third.toDoubles()).containsExactly(96, 480, -1296);
  }

  @Test
  void computesWithTheCompositionInF64() {
    Tensor x = X.to(DType.F64);
    assertThat(Gradients.check(t -> Weighted.of(t, t.square()).sum(), x).within(1e-7)).isTrue();
  }

  /// d/dx and d²/dx² of functions in which the inputs depend on each other, in both precisions.
  @Test
  void inputsThatDependOnEachOtherCountOnce() {
    List<UnaryOperator<Tensor>> functions =
        List.of(
            x -> Weighted.of(x, x),
            x -> Weighted.of(x, x.square()),
            x -> Weighted.of(x.square(), x),
            x -> Weighted.of(Weighted.of(x, x), x));
    int[] powers = {3, 4, 5, 7};
    for (int i = 0; i < powers.length; i++) {
      int n = powers[i];
      UnaryOperator<Tensor> f = functions.get(i);
      for (DType dtype : List.of(DType.F32, DType.F64)) {
        Tensor x = Tensor.of(1, -2, 3).to(dtype).detach();
        Tensor first = f.apply(x).sum().gradient(x);
        Tensor second = first.sum().gradient(x);
        Tensor third = second.sum().gradient(x);
        assertThat(first.toDoubles()).as("%d", n).containsExactly(power(n, 1));
        assertThat(second.toDoubles()).as("%d", n).containsExactly(power(n, 2));
        assertThat(third.toDoubles()).as("%d", n).containsExactly(power(n, 3));
      }
    }
  }

  /// The derivative of xⁿ of an order, at 1, −2 and 3.
  private static double[] power(int n, int order) {
    double[] x = {1, -2, 3};
    for (int i = 0; i < x.length; i++) {
      double factor = 1;
      for (int j = 0; j < order; j++) {
        factor *= n - j;
      }
      x[i] = factor * Math.pow(x[i], n - order);
    }
    return x;
  }

  @Test
  void aSecondDerivativeCanBeTakenSilently() {
    StepScope scope = new StepScope(Engine.of("scalar", 1));
    scope.run(() -> {
      Tensor squares = Weighted.of(X, W).sum().gradient(X).square().sum(); // 4 x² w²
      Tensor silent = scope.silently(() -> squares.gradient(X));
      assertThat(silent.toDoubles()).containsExactly(128, -400, 864);
      assertThat(silent.sum().gradient(X).toDoubles()).containsExactly(0, 0, 0);
      Tensor sum = Weighted.of(X, W).sum();
      Tensor first = scope.silently(() -> sum.gradient(X));
      assertThat(first.sum().gradient(X).toDoubles()).containsExactly(0, 0, 0);
    });
    Tensor first = Weighted.of(X, W).sum().gradient(X);
    Tensor second = first.sum().gradient(X);
    assertThat(second.toDoubles()).containsExactly(8, 10, -12);
    assertThat(first.sum().gradient(W).toDoubles()).containsExactly(2, -4, 6);
  }

  @Test
  void precisionsDoNotMix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weighted.of(X, W.to(DType.F64)))
        .withMessageContaining("weighted: F32 and F64 don't mix");
  }
}
