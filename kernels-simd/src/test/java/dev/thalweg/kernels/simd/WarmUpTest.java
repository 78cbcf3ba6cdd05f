package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("vectors")
class WarmUpTest {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private static void await(WarmUp warmUp, long group) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!warmUp.ready(group) && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void nothingIsReadyAtFirstAndWhatIsAskedForBecomesSo() {
    WarmUp warmUp = new WarmUp(SimdKernels.EAGER);
    long product = WarmUp.product(false, false, 4 * Width.LANES);
    assertThat(warmUp.ready(product)).isFalse();
    await(warmUp, product);
    assertThat(warmUp.ready(product)).isTrue();
    // the thread has ended or soon will: a later wish is heard all the same
    await(warmUp, WarmUp.GATE);
    assertThat(warmUp.ready(WarmUp.GATE | product)).isTrue();
  }

  @Test
  void aProductNeedsTheTilesOfItsColumns() {
    int lanes = Width.LANES;
    long wide = WarmUp.product(false, false, SimdMatmul.PANEL * lanes);
    long narrow = WarmUp.product(false, false, lanes - 1);
    assertThat(wide & narrow).isZero();
    assertThat(WarmUp.product(false, false, SimdMatmul.PANEL * lanes + 1)).isEqualTo(wide | narrow);
    assertThat(WarmUp.product(true, false, lanes) & WarmUp.product(false, false, lanes)).isZero();
  }
}
