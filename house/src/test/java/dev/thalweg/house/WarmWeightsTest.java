package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.simd.WarmTraining;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trainings that are shared among threads and use vector kernels that have been compiled, at each
/// width: their weights have the bits of scalar kernels on one thread; and a kernel that is wrong
/// in one bit changes them. What [SameWeightsTest] trains is over before vectors are worth it.
class WarmWeightsTest {
  @TempDir static Path place;

  @SuppressWarnings("NullAway.Init")
  private static Widths widths;

  @BeforeAll
  static void trainAtEveryWidth() throws InterruptedException, ExecutionException {
    widths = new Widths(place, WarmTraining.class, bits -> List.of());
  }

  @Test
  void vectorKernelsOfEachWidthWereCompiled() {
    widths.check();
    for (int bits : widths.all()) {
      assertThat(widths.at(bits, "cold")).as("%d bits", bits).isEqualTo("[]");
    }
  }

  @Test
  void helpersComputed() {
    for (int bits : widths.all()) {
      assertThat(widths.at(bits, "helped"))
          .isEqualTo(
              "[columnSums, fillRows, gate, gelu, map, matmul, sum, withoutNegligible, zip]");
      assertThat(widths.at(bits, "alone")).contains("softmaxRows");
    }
  }

  @Test
  void allWeightsAreTheSame() {
    Set<String> sums = new HashSet<>();
    for (int bits : widths.all()) {
      for (String way : List.of("scalar", "1", "2", "3", "4", "seen", "always vectors")) {
        sums.add(widths.at(bits, way));
      }
    }
    assertThat(sums).as("%s", widths).hasSize(1);
  }

  @Test
  void aKernelThatIsWrongInOneBitIsSeen() {
    for (int bits : widths.all()) {
      Map<String, String> all = widths.at(bits);
      List<String> broken = all.keySet().stream().filter(k -> k.startsWith("broken ")).toList();
      assertThat(broken).hasSize(9);
      assertThat(broken)
          .allSatisfy(name -> assertThat(all.get(name)).isNotEqualTo(widths.at(bits, "scalar")));
    }
  }
}
