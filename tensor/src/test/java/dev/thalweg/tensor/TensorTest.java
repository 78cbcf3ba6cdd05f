package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.kernels.DType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void gradientOfTheSumOfSquaresIsTwiceThePoint() {
    Tensor x = Tensor.of(1, 2, 3);
    assertThat(x.square().sum().gradient(x).toDoubles()).containsExactly(2, 4, 6);
  }

  @Test
  void gradientsHaveGradients() {
    Tensor x = Tensor.of(1, 2, 3);
    Tensor first = x.pow(3).sum().gradient(x);
    Tensor second = first.sum().gradient(x);
    Tensor third = second.sum().gradient(x);
    assertThat(second.toDoubles()).containsExactly(6, 12, 18);
    assertThat(third.toDoubles()).containsExactly(6, 6, 6);
  }

  @Test
  void hessianVectorProductOfAQuadraticIsItsMatrixTimesTheVector() {
    Tensor a = Tensor.of(new double[][] {{2, 1}, {1, 3}});
    Tensor v = Tensor.of(5, -1);
    Tensor product =
        Gradients.hessianVectorProduct(
            x -> x.reshape(1, 2).matmul(a).matmul(x.reshape(2, 1)).times(0.5).sum(),
            Tensor.of(1, 1),
            v);
    assertThat(product.toDoubles()).containsExactly(9, 2);
  }

  @Test
  void aTensorUsedTwiceGathersBothParts() {
    Tensor x = Tensor.of(3);
    Tensor y = x.times(x).plus(x);
    assertThat(y.sum().gradient(x).item()).isEqualTo(7);
  }

  @Test
  void whatTheResultDoesNotDependOnHasAGradientOfZeros() {
    Tensor x = Tensor.of(1, 2);
    Tensor other = Tensor.of(1, 2, 3);
    List<Tensor> gradients = x.sum().gradients(x, other);
    assertThat(gradients.get(1).toDoubles()).containsExactly(0, 0, 0);
  }

  @Test
  void detachedValuesAreConstants() {
    Tensor x = Tensor.of(2);
    Tensor y = x.times(x.detach());
    assertThat(y.sum().gradient(x).item()).isEqualTo(2);
  }

  @Test
  void aLongChainDoesNotOverflowTheStack() {
    Tensor x = Tensor.of(1);
    Tensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = y.plus(1);
    }
    assertThat(y.sum().gradient(x).item()).isEqualTo(1);
  }

  @Test
  void nothingIsRecordedWhereItIsOff() {
    Tensor x = Tensor.of(2);
    Tensor y = Gradients.off(x::square);
    assertThat(y.item()).isEqualTo(4);
    assertThat(y.sum().gradient(x).item()).isZero();
    Tensor z = Gradients.off(() -> x.square().sum());
    assertThatIllegalStateException()
        .isThrownBy(() -> z.gradient(x))
        .withMessageContaining("sum was computed while recording was off");
  }

  @Test
  void broadcastingIsNumPys() {
    Tensor a = Tensor.of(Shape.of(2, 1, 3), 1, 2, 3, 4, 5, 6);
    Tensor b = Tensor.of(Shape.of(2, 1), 10, 20);
    Tensor c = a.plus(b);
    assertThat(c.shape()).isEqualTo(Shape.of(2, 2, 3));
    assertThat(c.toDoubles()).containsExactly(11, 12, 13, 21, 22, 23, 14, 15, 16, 24, 25, 26);
  }

  @Test
  void broadcastToRepeatsBitForBit() {
    Tensor x = Tensor.of(Shape.of(2, 1), -0.0, Double.NaN);
    double[] y = x.broadcastTo(Shape.of(2, 2)).toDoubles();
    assertThat(Double.doubleToRawLongBits(y[1])).isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(y[2]).isNaN();
    assertThat(y[3]).isNaN();
  }

  @Test
  void shapesThatDoNotBroadcastAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(1, 2).plus(Tensor.of(1, 2, 3)))
        .withMessage("plus: shapes [2] and [3] do not broadcast together");
  }

  @Test
  void precisionsDoNotMix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(1).times(Tensor.ofFloats(1)))
        .withMessageContaining("F64 and F32 don't mix");
  }

  @Test
  void onlyAScalarHasGradients() {
    Tensor x = Tensor.of(1, 2);
    assertThatIllegalStateException()
        .isThrownBy(() -> x.square().gradient(x))
        .withMessageContaining("found square of shape [2]");
  }

  @Test
  void innerSizesOfAProductAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Tensor.zeros(DType.F64, Shape.of(2, 3)).matmul(Tensor.zeros(DType.F64, Shape.of(2, 3))))
        .withMessage("matmul: inner sizes differ, found [2, 3] and [2, 3]");
  }

  @Test
  void aClassThatIsNoneIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Tensor.zeros(DType.F32, Shape.of(2, 3)).softmaxCrossEntropy(new int[] {0, 3}))
        .withMessage("softmaxCrossEntropy: expected a class of 0 to 2, found 3.0 in row 1");
  }

  @Test
  void crossEntropyOfHugeLogitsIsFinite() {
    Tensor logits = Tensor.of(Shape.of(1, 2), 1e4, -1e4);
    assertThat(logits.softmaxCrossEntropy(new int[] {1}).item()).isEqualTo(2e4);
  }

  @Test
  void crossEntropyKeepsTheDigitsOfWhatIsSmallBesideTheLogits() {
    Tensor sure = Tensor.ofFloats(Shape.of(1, 2), 20, 4);
    float small = 1.1920928e-7f; // log(1 + 2⁻²³): the sum 1 + exp(−16) is a float
    assertThat((float) sure.softmaxCrossEntropy(new int[] {0}).item()).isEqualTo(small);
    assertThat(sure.logSoftmax().floats()).containsExactly(-small, -16 - small);
    Tensor distribution = Tensor.ofFloats(Shape.of(1, 2), 1, 0);
    assertThat((float) sure.softmaxCrossEntropy(distribution).item()).isEqualTo(small);
    Tensor far = Tensor.ofFloats(Shape.of(1, 2), 1e4f, 1e4f);
    assertThat((float) far.softmaxCrossEntropy(new int[] {1}).item()).isEqualTo(0.6931472f);
    Tensor wide = Tensor.full(DType.F32, Shape.of(1, 40), 1e4);
    assertThat((float) wide.softmaxCrossEntropy(new int[] {39}).item())
        .isEqualTo((float) Math.log(40));
    assertThat(far.to(DType.F64).logSoftmax().toDoubles())
        .containsExactly(-Math.log(2), -Math.log(2));
    assertThat(Tensor.of(Shape.of(1, 2), 40, 0).softmaxCrossEntropy(new int[] {0}).item())
        .isLessThan(1e-15);
  }

  @Test
  void whatIsNotTakenHasNoGradientWhateverComesFromAbove() {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      Tensor x = Tensor.of(-1, 0, 4).to(dtype);
      Tensor zero = Tensor.zeros(dtype, Shape.SCALAR);
      double infinity = Double.POSITIVE_INFINITY;
      assertThat(x.maximum(zero).sqrt().sum().gradient(x).toDoubles())
          .containsExactly(0, infinity, 0.25);
      assertThat(zero.maximum(x).sqrt().sum().gradient(x).toDoubles())
          .containsExactly(0, infinity, 0.25);
      assertThat(x.negate().minimum(zero).negate().sqrt().sum().gradient(x).plus(0).toDoubles())
          .containsExactly(0, infinity, 0.25);
      assertThat(x.relu().sqrt().sum().gradient(x).toDoubles()).containsExactly(0, 0, 0.25);
      assertThat(x.abs().sqrt().sum().gradient(x).toDoubles()).containsExactly(-0.5, 0, 0.25);
      ElementFunction relu = ElementFunction.of("relu(x)");
      assertThat(x.map(relu).sqrt().sum().gradient(x).toDoubles()).containsExactly(0, 0, 0.25);
      ElementFunction most = ElementFunction.of("max(x, 0)");
      assertThat(x.map(most).sqrt().sum().gradient(x).toDoubles()).containsExactly(0, 0, 0.25);
      ElementFunction abs = ElementFunction.of("abs(x)");
      assertThat(x.map(abs).sqrt().sum().gradient(x).toDoubles()).containsExactly(-0.5, 0, 0.25);
    }
  }

  @Test
  void infinitiesCompareLikeNumbers() {
    double infinity = Double.POSITIVE_INFINITY;
    Tensor x = Tensor.of(Shape.of(2, 2), 1, infinity, -infinity, -infinity);
    assertThat(x.max(1).sum().gradient(x).toDoubles()).containsExactly(0, 1, 0.5, 0.5);
    Tensor top = Tensor.of(infinity);
    Tensor same = Tensor.of(infinity);
    assertThat(top.maximum(same).sum().gradient(top).item()).isEqualTo(0.5);
    assertThat(top.minimum(same).sum().gradient(same).item()).isEqualTo(0.5);
    Tensor row = Tensor.of(Shape.of(1, 2), -1, 0);
    assertThat(row.max(1).sqrt().sum().gradient(row).toDoubles()).containsExactly(0, infinity);
  }

  @Test
  void sumsDownTenMillionRowsKeepFiveDigits() {
    int rows = 10_000_000;
    for (float value : new float[] {0.1f, 0.9999f, 0.3f}) {
      float[] numbers = new float[rows];
      Arrays.fill(numbers, value);
      Tensor column = Tensor.wrap(Shape.of(rows, 1), numbers);
      assertThat(column.mean(0).item() / value).isBetween(1 - 1e-5, 1 + 1e-5);
      assertThat(column.sum().item() / (rows * (double) value)).isBetween(1 - 1e-5, 1 + 1e-5);
      Tensor pairs = column.reshape(rows / 2, 2);
      assertThat(pairs.mean(0).element(1) / value).isBetween(1 - 1e-5, 1 + 1e-5);
      Tensor bias = Tensor.wrap(Shape.of(2), new float[2]);
      Tensor gradient = pairs.plus(bias).times(pairs).mean().gradient(bias);
      assertThat(gradient.element(0) / (value / 2)).isBetween(1 - 1e-5, 1 + 1e-5);
    }
  }

  @Test
  void printsPrecisionShapeAndFirstNumbers() {
    assertThat(Tensor.of(Shape.of(2, 1), 1, 2.5)).hasToString("F64[2, 1] 1.0, 2.5");
    assertThat(Tensor.zeros(DType.F32, Shape.of(20)))
        .hasToString("F32[20] 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …");
  }

  @Test
  void theCheckerReportsTheWorstEntry() {
    Tensor wrong = Tensor.of(0, 0, 1);
    GradientCheck worst =
        Gradients.check(
            x -> x.square().sum().plus(x.detach().times(wrong).sum()), Tensor.of(1, 2, 3));
    assertThat(worst.index()).isEqualTo(2);
    assertThat(worst.derived()).isEqualTo(6);
    assertThat(worst.difference()).isBetween(6.99, 7.01);
    assertThat(worst.within(1e-3)).isFalse();
  }

  @Test
  void equalMaximaShareTheGradientAndNaNWins() {
    Tensor x = Tensor.of(Shape.of(3, 3), 1, 5, 5, -2, -2, -2, 4, Double.NaN, 3);
    assertThat(x.max(1).toDoubles()).containsExactly(5, -2, Double.NaN);
    Tensor whole = x.rows(0, 2).detach();
    assertThat(whole.max(-1).sum().gradient(whole).toDoubles())
        .containsExactly(0, 0.5, 0.5, 1 / 3.0, 1 / 3.0, 1 / 3.0);
    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.zeros(DType.F32, Shape.of(2, 0)).max(1))
        .withMessage("max: there is no element along dimension 1 of shape [2, 0]");
  }
}
