package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.kernels.Kernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("vectors")
class WarmUpTest {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void nothingIsReadyAtFirstAndWhatIsAskedForBecomesSo() {
    WarmUp warmUp = new WarmUp(SimdKernels.EAGER);
    long product = WarmUp.product(false, false, 4 * Width.LANES);
    assertThat(warmUp.ready(product, WarmUp.WORTH_WARMING)).isFalse();
    await(() -> warmUp.ready(product, 0));
    // the thread has ended or soon will: a later wish is heard all the same
    await(() -> warmUp.ready(WarmUp.GATE, WarmUp.WORTH_WARMING));
    assertThat(warmUp.ready(WarmUp.GATE | product, 0)).isTrue();
  }

  @Test
  void nothingIsCompiledBeforeTheScalarTwinHasCostAsMuch() {
    AtomicLong calls = new AtomicLong();
    // Nothing but counted: arithmetic would have to be compiled in time, too, on however busy a
    // machine.
    InvocationHandler counting =
        (proxy, method, arguments) -> {
          calls.incrementAndGet();
          return null;
        };
    Class<?>[] types = {Kernels.class};
    WarmUp warmUp =
        new WarmUp((Kernels) Proxy.newProxyInstance(getClass().getClassLoader(), types, counting));
    long half = WarmUp.WORTH_WARMING / 16 / 2; // a nanosecond an element
    assertThat(warmUp.ready(WarmUp.GATE, half)).isFalse();
    assertThat(warmUp.ready(WarmUp.MAX, half)).isFalse();
    assertThat(warmUp.ready(WarmUp.GATE, half - 1)).isFalse();
    LockSupport.parkNanos(50_000_000);
    assertThat(calls).hasValue(0);
    warmUp.ready(WarmUp.GATE, 1);
    await(() -> warmUp.ready(WarmUp.GATE, 0));
    assertThat(calls.get()).isPositive();
    assertThat(warmUp.ready(WarmUp.MAX, 0)).isFalse();
  }

  @Test
  void whatIsAsSlowAsVectorsThatAreObjectsIsNotReady() {
    AtomicBoolean compiled = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          calls.incrementAndGet();
          for (long end = System.nanoTime() + (compiled.get() ? 0 : 2_000);
              System.nanoTime() < end; ) {
            Thread.onSpinWait();
          }
          return null;
        };
    Class<?>[] types = {Kernels.class};
    WarmUp warmUp =
        new WarmUp((Kernels) Proxy.newProxyInstance(getClass().getClassLoader(), types, handler));
    assertThat(warmUp.ready(WarmUp.GATE, WarmUp.WORTH_WARMING)).isFalse();
    await(() -> calls.get() > 20_000);
    assertThat(warmUp.ready(WarmUp.GATE, 0)).isFalse();
    compiled.set(true);
    await(() -> warmUp.ready(WarmUp.GATE, 0));
  }

  @Test
  void whatIsExpectedIsMadeBeforeItIsAskedFor() {
    WarmUp warmUp = new WarmUp(SimdKernels.EAGER);
    // of two that are asked for together, the gate would be made first
    warmUp.expect(WarmUp.GATE, 1000);
    warmUp.expect(WarmUp.SUM, WarmUp.WORTH_WARMING);
    await(() -> warmUp.ready(WarmUp.SUM, 0));
    assertThat(warmUp.ready(WarmUp.GATE, 0)).isFalse();
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

  @Test
  void whereTheClassesAreGoneItEndsWithoutAWord() {
    WarmUp.untilClassesAreGone(() -> {
      throw new NoClassDefFoundError("dev/thalweg/kernels/simd/Loops");
    });
    // as a class is looked for in an archive that is closed meanwhile
    WarmUp.untilClassesAreGone(() -> {
      try {
        Path archive = Files.createTempFile("classes", ".zip");
        new ZipOutputStream(Files.newOutputStream(archive)).close();
        ZipFile closed = new ZipFile(archive.toFile());
        closed.close();
        Files.delete(archive);
        closed.getEntry("dev/thalweg/kernels/simd/Loops.class");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    assertThatIllegalStateException()
        .isThrownBy(() ->
            WarmUp.untilClassesAreGone(() -> {
              throw new IllegalStateException("another mistake");
            }));
  }
}
