package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.kernels.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowingSequencesTest {

  private static Tensor steps(int rows, int steps, int from, DType dtype) {
    double[] values = new double[rows * steps * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i;
    }
    return Tensor.of(Shape.of(rows, steps, 3), values).to(dtype);
  }

  @ParameterizedTest
  @CsvSource({"1, F32", "2, F32", "1, F64"})
  void allStepsAreThoseThatWereAdded(int rows, DType dtype) {
    Gradients.off(() -> {
      var growing = new GrowingSequences();
      List<Tensor> added = new ArrayList<>();
      List<Tensor> returned = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        added.add(steps(rows, 1 + i % 3, 100 * i, dtype).times(2));
        returned.add(growing.append(added.getLast()));
        assertThat(growing.steps().shape()).isEqualTo(returned.getLast().shape());
      }
      for (int i = 0; i < 20; i++) {
        Tensor all = Tensor.concat(1, added.subList(0, i + 1).toArray(Tensor[]::new));
        assertThat(returned.get(i).shape()).isEqualTo(all.shape());
        assertThat(returned.get(i).toDoubles()).isEqualTo(all.toDoubles());
      }
      return growing;
    });
  }

  @Test
  void whatIsThereIsCopiedNowAndThenOnly() {
    Gradients.off(() -> {
      var growing = new GrowingSequences();
      Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
      for (int i = 0; i < 1000; i++) {
        growing.append(steps(1, 1, i, DType.F32).times(2));
        arrays.add(growing.steps().floats());
      }
      assertThat(arrays).hasSizeLessThan(12);
      assertThat(growing).hasToString("1000 steps");
      return growing;
    });
  }

  @Test
  void whatIsAddedKeepsItsHistoryAndTheRestIsConstant() {
    var growing = new GrowingSequences();
    Tensor first = steps(1, 2, 1, DType.F32);
    Tensor next = steps(1, 1, 7, DType.F32);
    growing.append(first.times(2));
    Tensor all = growing.append(next.times(3));
    List<Tensor> gradients = all.square().sum().gradients(first, next);
    assertThat(gradients.get(0).toDoubles()).containsOnly(0);
    assertThat(gradients.get(1).toDoubles()).containsExactly(18 * 7, 18 * 8, 18 * 9);
    assertThat(growing.append(next).square().sum().gradient(next).toDoubles())
        .containsExactly(14, 16, 18);
  }

  @Test
  void othersAreRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new GrowingSequences().steps())
        .withMessage("steps: expected some that were added, found none");
    var growing = new GrowingSequences(steps(1, 2, 0, DType.F32));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> growing.append(Gradients.off(() -> steps(2, 1, 0, DType.F32).times(2))))
        .withMessageStartingWith("concat: expected shapes that differ along dimension 1 only");
  }
}
