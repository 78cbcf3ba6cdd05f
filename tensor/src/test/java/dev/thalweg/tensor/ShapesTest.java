package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Parts, orders and repetitions of numbers: what each element of a result is, in all element
/// types.
class ShapesTest {

  /// 0, 1, 2, …
  private static Tensor counted(DType dtype, int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(shape, values).to(dtype).detach();
  }

  private static double at(Tensor x, int... place) {
    int index = 0;
    for (int i = 0; i < place.length; i++) {
      index = index * x.shape().dimension(i) + place[i];
    }
    return x.element(index);
  }

  @ParameterizedTest
  @EnumSource
  void aSliceHasTheElementsFromTo(DType dtype) {
    Tensor x = counted(dtype, 2, 5, 3);
    Tensor y = x.slice(1, 1, 3);
    assertThat(y.toDoubles()).containsExactly(3, 4, 5, 6, 7, 8, 18, 19, 20, 21, 22, 23);
    assertThat(x.slice(-1, 2, 3).toDoubles()).containsExactly(2, 5, 8, 11, 14, 17, 20, 23, 26, 29);
    assertThat(x.rows(1, 2).squeeze(0).dimensions()).containsExactly(5, 3);
    assertThat(x.slice(1, 2, 2).size()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void partsMakeTheWholeAgain(DType dtype) {
    Tensor x = counted(dtype, 2, 5, 3);
    for (int axis = 0; axis < 3; axis++) {
      int n = x.shape().dimension(axis);
      List<Tensor> parts = x.split(axis, 1, 0, n - 1);
      assertThat(Tensor.concat(axis, parts.toArray(Tensor[]::new)).toDoubles())
          .containsExactly(x.toDoubles());
    }
    assertThat(
            Tensor.stack(1, x.slice(2, 0, 1).squeeze(2), x.slice(2, 2, 3).squeeze(2)).dimensions())
        .containsExactly(2, 2, 5);
    Tensor pair = Tensor.stack(-1, Tensor.of(1, 2), Tensor.of(3, 4));
    assertThat(pair.toDoubles()).containsExactly(1, 3, 2, 4);
  }

  @ParameterizedTest
  @EnumSource
  void anyOrderOfDimensionsIsPossible(DType dtype) {
    int[][] orders = {
      {0, 1, 2, 3},
      {3, 2, 1, 0},
      {0, 2, 1, 3},
      {0, 2, 3, 1},
      {1, 0, 3, 2},
      {2, 3, 0, 1},
      {0, 3, 1, 2}
    };
    int[][] shapes = {{2, 3, 4, 5}, {2, 1, 4, 1}, {1, 1, 1, 7}, {2, 3, 17, 19}};
    for (int[] sizes : shapes) {
      Tensor x = counted(dtype, sizes);
      for (int[] order : orders) {
        Tensor y = x.permute(order);
        int[] from = new int[4];
        for (int i = 0; i < y.size(); i++) {
          for (int d = 3, rest = i; d >= 0; d--) {
            from[order[d]] = rest % y.shape().dimension(d);
            rest /= y.shape().dimension(d);
          }
          assertThat(y.element(i)).isEqualTo(at(x, from));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsAreLookedUp(DType dtype) {
    Tensor table = counted(dtype, 3, 2);
    Tensor y = table.gather(Tensor.ofInts(Shape.of(1, 4), 2, 0, 2, 1));
    assertThat(y.dimensions()).containsExactly(1, 4, 2);
    assertThat(y.toDoubles()).containsExactly(4, 5, 0, 1, 4, 5, 2, 3);
    assertThat(Tensor.ofInts(1, 0).oneHot(dtype, 3).toDoubles()).containsExactly(0, 1, 0, 1, 0, 0);
    assertThat(table.pad(1, 1, 0, 9).toDoubles()).containsExactly(9, 0, 1, 9, 2, 3, 9, 4, 5);
  }

  @Test
  void theLargestIsFoundAlongAnyDimension() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1, 5, 5, 7, Double.NaN, 8);
    assertThat(x.argMax(1).ints()).containsExactly(1, 1);
    assertThat(x.argMax(0).ints()).containsExactly(1, 1, 1);
    assertThat(x.argMax()).containsExactly(1, 1);
    assertThat(x.argMax(0).dtype()).isEqualTo(DType.I32);
  }

  @Test
  void aBatchOfProductsIsEachProduct() {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      Tensor a = counted(dtype, 2, 1, 3, 4).times(0.01);
      Tensor b = counted(dtype, 3, 4, 5).times(0.1);
      Tensor y = a.matmul(b);
      assertThat(y.dimensions()).containsExactly(2, 3, 3, 5);
      Tensor turned = a.transpose(-1, -2).matmul(b.transpose(-1, -2), true, true);
      assertThat(turned.toDoubles()).containsExactly(y.toDoubles());
      for (int i = 0; i < 6; i++) {
        Tensor one = a.reshape(2, 3, 4).rows(i / 3, i / 3 + 1).squeeze(0);
        Tensor other = b.rows(i % 3, i % 3 + 1).squeeze(0);
        assertThat(y.reshape(6, 15).rows(i, i + 1).toDoubles())
            .containsExactly(one.matmul(other).toDoubles());
      }
    }
  }

  @Test
  void varianceIsTheMeanSquareFromTheMean() {
    Tensor x = Tensor.of(Shape.of(2, 4), 1, 2, 3, 4, 5, 5, 5, 5);
    assertThat(x.variance(1).toDoubles()).containsExactly(1.25, 0);
  }

  /// A sequence of so many steps: with each, its gradient costs as much as one more step, not as
  /// much as the whole sequence.
  @Test
  void theGradientsOfSlicesAreOneArray() {
    List<Long> arrays = new ArrayList<>();
    for (int steps : new int[] {64, 128}) {
      StepScope scope = new StepScope(Engine.of("scalar", 1));
      Tensor x = counted(DType.F32, 1, steps, 64);
      scope.run(() -> {
        Tensor sum = Tensor.zeros(DType.F32, Shape.of(1, 64));
        for (int t = 0; t < steps; t++) {
          sum = sum.plus(x.slice(1, t, t + 1).squeeze(1).square());
        }
        Tensor loss = sum.sum();
        Tensor g = scope.silently(() -> loss.gradient(x));
        assertThat(g.element(64 * steps - 1)).isEqualTo(2 * (64f * steps - 1));
      });
      arrays.add(scope.bytesAllocated());
    }
    assertThat(arrays.get(1)).isLessThan(arrays.get(0) * 5 / 2);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.slice(1, 2, 4))
        .withMessage("slice: there is no 2 to 4 along dimension 1 of shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.split(1, 1, 1))
        .withMessage("split: sizes [1, 1] make 2, not the 3 of dimension 1 of shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.concat(0, x, x.flatten().reshape(3, 2)))
        .withMessage(
            "concat: expected shapes that differ along dimension 0 only, found [2, 3] and [3, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.permute(0, 0))
        .withMessage("permute: expected each dimension of shape [2, 3] once, found [0, 0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.squeeze(0))
        .withMessage("squeeze: expected a dimension 0 of size 1, found shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.unsqueeze(4))
        .withMessage("unsqueeze: there is no place 4 for a dimension in shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.gather(Tensor.ofInts(1, 2)))
        .withMessage("gather: expected numbers of 0 to 1, found 2 at element 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.ofInts(3).oneHot(DType.F32, 3))
        .withMessage("oneHot: expected numbers of 0 to 2, found 3 at element 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.pad(0, -1, 0, 0))
        .withMessage("pad: expected 0 or more before and after, found -1 and 0");
    Tensor batch = Tensor.zeros(DType.F32, Shape.of(4, 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.matmul(batch))
        .withMessage("matmul: inner sizes differ, found [4, 2, 3] and [4, 2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.matmul(Tensor.zeros(DType.F32, Shape.of(3, 3, 5))))
        .withMessageContaining("do not broadcast together");
  }
}
