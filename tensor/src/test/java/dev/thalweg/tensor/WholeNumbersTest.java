package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.kernels.DType;
import org.junit.jupiter.api.Test;

class WholeNumbersTest {

  private final Tensor tokens = Tensor.ofInts(Shape.of(2, 2), 3, 0, 16_777_217, -1);

  @Test
  void areKeptAndPrintedAsTheyAre() {
    assertThat(tokens.dtype()).isEqualTo(DType.I32);
    assertThat(tokens).hasToString("I32[2, 2] 3, 0, 16777217, -1");
    assertThat(tokens.keep().ints()).containsExactly(3, 0, 16_777_217, -1);
    assertThat(tokens.reshape(4).detach().ints()).containsExactly(3, 0, 16_777_217, -1);
    assertThat(tokens.toDoubles()).containsExactly(3, 0, 16_777_217, -1);
    assertThat(Tensor.full(DType.I32, Shape.of(2), 7).ints()).containsExactly(7, 7);
  }

  @Test
  void areConvertedWhereNothingIsLost() {
    assertThat(tokens.to(DType.F64).to(DType.I32).ints()).containsExactly(tokens.ints());
    assertThat(tokens.to(DType.F32).element(2)).isEqualTo(16_777_216);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(1, 2.5).to(DType.I32))
        .withMessage("to: expected whole numbers of 32 bits, found 2.5 at element 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(Double.NaN).to(DType.I32))
        .withMessageContaining("found NaN");
  }

  @Test
  void haveNoArithmetic() {
    assertThatIllegalStateException()
        .isThrownBy(() -> tokens.plus(tokens))
        .withMessage("values: expected an F64 tensor, found I32; convert it with to(F64)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.times(Tensor.of(1)))
        .withMessageContaining("I32 and F64 don't mix");
    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.of(1).ints())
        .withMessage("values: expected whole numbers, found F64; convert it with to(I32)");
  }

  @Test
  void areLabels() {
    Tensor logits = Tensor.of(new double[][] {{1, 2, 3}, {3, 1, 2}});
    Tensor expected = logits.softmaxCrossEntropy(Tensor.of(2, 1));
    Tensor found = logits.softmaxCrossEntropy(Tensor.ofInts(2, 1));
    assertThat(found.item()).isEqualTo(expected.item());
    assertThat(logits.softmaxCrossEntropy(new int[] {2, 1}).item()).isEqualTo(expected.item());
  }
}
