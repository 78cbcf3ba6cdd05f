package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.kernels.Engine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimdProviderTest {

  @Test
  @Tag("vectors")
  void isFoundAndUsedWhereTheModuleIsThere() {
    assertThat(new SimdProvider().obstacle()).isEmpty();
    assertThat(Engine.of("auto", 2).provider()).isEqualTo("simd");
    assertThat(Engine.of("simd", 2)).hasToString("simd " + Width.LANES * 32 + " bits, 2 threads");
    assertThat(Engine.of("scalar", 1)).hasToString("scalar, 1 thread");
  }

  /// The surefire execution for a width says which it expects.
  @Test
  @Tag("vectors")
  void hasTheWidthThatTheFlagsAllow() {
    int most = Integer.getInteger("thalweg.test.mostBits", 512);
    assertThat(new SimdProvider().kernels().vectorBits()).isBetween(128, most);
  }

  @Test
  @Tag("plain")
  void withoutTheModuleTheObstacleNamesTheFlag() {
    assertThat(new SimdProvider().obstacle()).contains("add --add-modules jdk.incubator.vector");
  }

  @Test
  @Tag("plain")
  void withoutTheModuleAutoIsScalar() {
    assertThat(Engine.of("auto", 1).provider()).isEqualTo("scalar");
    assertThat(Engine.standard().provider()).isEqualTo("scalar");
  }

  @Test
  @Tag("plain")
  void withoutTheModuleForcedSimdFailsLoudly() {
    assertThatThrownBy(() -> Engine.of("simd", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("add --add-modules jdk.incubator.vector");
  }
}
