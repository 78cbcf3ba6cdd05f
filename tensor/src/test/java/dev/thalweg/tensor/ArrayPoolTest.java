package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.DType;
import org.junit.jupiter.api.Test;

class ArrayPoolTest {

  @Test
  void aSizeIsTheSmallestThatFits() {
    for (int n = 1; n < 100_000; n++) {
      int size = ArrayPool.size(n);
      assertThat(ArrayPool.length(size)).isBetween(n, n + n / 8 + 1);
      assertThat(size == 0 || ArrayPool.length(size - 1) < n).isTrue();
    }
    assertThat(ArrayPool.length(ArrayPool.size(Integer.MAX_VALUE - 64)))
        .isEqualTo(Integer.MAX_VALUE - 64);
    assertThat(ArrayPool.size(0)).isZero();
  }

  @Test
  void anArrayIsTakenAgainByWhoeverItFits() {
    ArrayPool pool = new ArrayPool();
    Object first = pool.take(DType.F32, 1000);
    Object second = pool.take(DType.F32, 1000);
    assertThat(second).isNotSameAs(first);
    pool.takeBackAll();
    assertThat(pool.take(DType.F32, 999)).isSameAs(first);
    assertThat(pool.take(DType.F32, 600)).isSameAs(second);
    assertThat(pool.allocated()).isEqualTo(2);
    assertThat(pool.take(DType.F64, 1000)).isInstanceOf(double[].class);
    assertThat(pool.allocated()).isEqualTo(3);
    assertThat(pool.bytes()).isEqualTo(2 * 4 * 1024 + 8 * 1024);
  }

  @Test
  void aMuchLongerArrayIsLeftForWhoNeedsIt() {
    ArrayPool pool = new ArrayPool();
    Object large = pool.take(DType.F32, 1000);
    pool.takeBackAll();
    assertThat(pool.take(DType.F32, 400)).isNotSameAs(large);
    assertThat(pool.take(DType.F32, 1000)).isSameAs(large);
  }
}
