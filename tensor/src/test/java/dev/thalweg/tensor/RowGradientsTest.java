package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UsedRows;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Gradients of large tables of which few rows are looked up.
class RowGradientsTest {
  private static final int ROWS = 4096;
  private static final int WIDTH = 8;

  private static Tensor table(DType dtype) {
    Tensor table = Tensor.zeros(dtype, Shape.of(ROWS, WIDTH));
    for (int i = 0; i < table.size(); i++) {
      double x = Math.sin(i);
      if (dtype == DType.F32) {
        table.floats()[i] = (float) x;
      } else {
        table.doubles()[i] = x;
      }
    }
    return table;
  }

  /// Two look-ups of rows, some of them twice.
  private static Tensor loss(Tensor table, int[] rows) {
    int half = rows.length / 2;
    Tensor one = table.gather(Tensor.ofInts(Arrays.copyOf(rows, half)));
    Tensor two = table.gather(Tensor.ofInts(Arrays.copyOfRange(rows, half, rows.length)));
    return one.square().mean().plus(two.pow(3).sum());
  }

  /// The same by a tensor in between, whose gradient is one array.
  private static Tensor whole(Tensor table, int[] rows) {
    return loss(table.reshape(ROWS, WIDTH), rows).gradient(table);
  }

  @Test
  void theGradientSaysItsRowsAndHasTheBitsOfTheWhole() {
    int[] rows = {4095, 7, 7, 300, 0, 7, 301, 300};
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      Tensor table = table(dtype);
      Tensor g = loss(table, rows).gradient(table);
      assertThat(g.usedRows()).hasToString("0, 7, 300, 301, 4095");
      assertThat(g.toDoubles()).isEqualTo(whole(table, rows).toDoubles());
      assertThat(whole(table, rows).usedRows()).isNull();
    }
  }

  @Test
  void derivativesOfItAreThoseOfTheWhole() {
    int[] rows = {5, 5, 9, 2};
    Tensor table = table(DType.F64);
    Tensor g = loss(table, rows).gradient(table).square().sum().gradient(table);
    Tensor expected = whole(table, rows).square().sum().gradient(table);
    assertThat(g.toDoubles()).isEqualTo(expected.toDoubles());
  }

  @Test
  void whatMoreIsMadeOfTheTableMakesTheGradientWhole() {
    Tensor table = table(DType.F32);
    Tensor rows = table.gather(Tensor.ofInts(1, 2));
    Tensor tied = rows.matmul(table, false, true).sum();
    Tensor g = tied.gradient(table);
    assertThat(g.usedRows()).isNull();
    Tensor apart = table(DType.F32);
    Tensor expected =
        table
            .gather(Tensor.ofInts(1, 2))
            .matmul(apart, false, true)
            .sum()
            .gradient(table)
            .plus(rows.detach().matmul(apart, false, true).sum().gradient(apart));
    assertThat(g.toDoubles()).isEqualTo(expected.toDoubles());
  }

  @Test
  void manyRowsAreNotListed() {
    Tensor table = table(DType.F32);
    int[] half = new int[ROWS / 2 + 1];
    Arrays.setAll(half, i -> i);
    assertThat(table.gather(Tensor.ofInts(half)).sum().gradient(table).usedRows()).isNull();
    Tensor small = Tensor.zeros(DType.F32, Shape.of(100, 2));
    assertThat(small.gather(Tensor.ofInts(3)).sum().gradient(small).usedRows()).isNull();
  }

  @Test
  void stepsUseTheSameArrayAgainAndFindItClear() {
    Tensor table = table(DType.F32);
    var random = new Random(3);
    var scope = new StepScope(Engine.of("auto", 2));
    scope.run(() -> {
      long arrays = 0;
      Object first = null;
      for (int step = 0; step < 20; step++) {
        int[] rows = random.ints(2 + random.nextInt(30), 0, ROWS).toArray();
        Tensor loss = loss(table, rows);
        Tensor g = scope.silently(() -> loss.gradient(table));
        UsedRows used = Objects.requireNonNull(g.usedRows());
        assertThat(used.count()).isEqualTo((int) Arrays.stream(rows).distinct().count());
        double[] found = g.toDoubles();
        first = step == 0 ? g.array() : first;
        assertThat(g.array()).isSameAs(first);
        Tensor again = loss(table, rows.clone());
        Tensor other = scope.silently(() -> again.gradient(table));
        assertThat(other.array()).as("a second one of the step").isNotSameAs(first);
        scope.endStep();
        assertThat(found).as("step %d", step).isEqualTo(whole(table, rows).toDoubles());
        scope.endStep();
        if (step == 3) {
          arrays = scope.arraysAllocated();
        }
      }
      assertThat(scope.bytesAllocated()).isGreaterThan(2L * ROWS * WIDTH * Float.BYTES);
      assertThat(arrays).isPositive();
    });
  }
}
