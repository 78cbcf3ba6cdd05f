package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossesTest {

  private final Tensor prediction = Tensor.of(Shape.of(2, 2), 1, 2, 3, 5);
  private final Tensor target = Tensor.of(Shape.of(2, 2), 0, 2, 5, 1);

  @Test
  void meanSquaredErrorIsTheMeanOverAllElements() {
    assertThat(Losses.meanSquaredError().of(prediction, target).item()).isEqualTo(21.0 / 4);
    assertThat(Losses.sumSquaredError().of(prediction, target).item()).isEqualTo(21);
    assertThat(Losses.sumSquaredError().reduction()).isEqualTo(Loss.Reduction.SUM);
  }

  @Test
  void crossEntropyOfClassesIsThatOfTheirOneHotDistributions() {
    double ofClasses = Losses.softmaxCrossEntropy().of(prediction, Tensor.of(1, 0)).item();
    double ofDistributions =
        Losses.softmaxCrossEntropy().of(prediction, Tensor.of(Shape.of(2, 2), 0, 1, 1, 0)).item();
    double byHand = (Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(2))) / 2;
    assertThat(ofClasses).isCloseTo(byHand, within(1e-15));
    assertThat(ofDistributions).isCloseTo(byHand, within(1e-15));
  }

  @Test
  void targetsOfAnotherShapeAreRefusedInsteadOfBroadcast() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Losses.meanSquaredError().of(Tensor.of(Shape.of(2, 1), 1, 2), Tensor.of(1, 2)))
        .withMessageContaining("expected targets of the predictions' shape [2, 1], found [2]");
  }

  @Test
  void aNameReadsBackAndAnUnknownOneHasANeighbour() {
    for (String name : Losses.NAMES) {
      assertThat(Losses.parse(name)).hasToString(name);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.parse("mee"))
        .withMessageContaining("mse");
  }
}
