package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizationTest {

  @Test
  void aBatchSaysItsStatistics() {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      Tensor x = Tensor.of(Shape.of(2, 2, 1, 2), 1, 10, 2, 10, 3, 10, 6, 10).to(dtype);
      Normalization.Batch batch = Normalization.batchNorm(x, 0);
      assertThat(batch.mean().toDoubles()).containsExactly(3, 10);
      assertThat(batch.variance().toDoubles()).containsExactly(3.5, 0);
      assertThat(batch.count()).isEqualTo(4);
      assertThat(batch.y().element(0)).isCloseTo(-2 / Math.sqrt(3.5), within(1e-6));
      assertThat(batch.mean().sum().plus(batch.variance().sum()).gradient(x).toDoubles())
          .containsOnly(0);
    }
  }

  @Test
  void whatIsTakenTogetherIsTheFamily() {
    Tensor x = Tensor.of(Shape.of(2, 2, 2), 1, 3, 5, 9, 2, 2, 4, 0);
    assertThat(Normalization.layerNorm(x, 0).toDoubles()).startsWith(-1, 1, -1, 1).endsWith(1, -1);
    assertThat(Normalization.instanceNorm(x, 0).toDoubles())
        .containsExactly(-1, -1, 1, 1, -1, 1, 1, -1);
    double[] rms = Normalization.rmsNorm(x, 0).toDoubles();
    assertThat(rms[1]).isCloseTo(3 / Math.sqrt(5), within(1e-15));
    double[] whole = Normalization.groupNorm(x, 1, 0).toDoubles();
    assertThat(whole[0]).isCloseTo(-3.5 / Math.sqrt(8.75), within(1e-15));
  }

  @Test
  void whatWasKeptIsUsedInPrediction() {
    Tensor x = Tensor.of(Shape.of(2, 1), 3, 7);
    Tensor one = Tensor.of(2);
    Tensor y = Normalization.batchNorm(x, Tensor.of(5), Tensor.of(4), one, Tensor.of(10), 0);
    assertThat(y.toDoubles()).containsExactly(8, 12);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, 3, 4));
    Tensor three = Tensor.zeros(DType.F32, Shape.of(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalization.layerNorm(x, three, three, 1e-5))
        .withMessage("layerNorm: expected γ and β of [4], a number a channel, found [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalization.groupNorm(x, 3, 1e-5))
        .withMessage(
            "groupNorm: expected groups that divide 4 channels, and samples, found 3 groups and"
                + " shape [2, 3, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalization.rmsNorm(x, -1))
        .withMessage("rmsNorm: expected ε of 0 or more, found -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalization.batchNorm(Tensor.zeros(DType.F32, Shape.of(0, 4)), 0))
        .withMessageContaining("found 4 groups and shape [0, 4]");
  }
}
