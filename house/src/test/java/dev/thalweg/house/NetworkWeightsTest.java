package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.simd.NetworkTraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Trainings of a convolutional network and of each kind of model of sequences, with a search by
/// beams, by vector kernels of each width, for 1 to 4 threads that share the work, give the bits of
/// scalar kernels on one thread: of weights, running moments and what is found.
class NetworkWeightsTest {
  @TempDir static Path place;

  @SuppressWarnings("NullAway.Init")
  private static Widths widths;

  @BeforeAll
  static void trainAtEveryWidth() throws InterruptedException, ExecutionException {
    widths =
        new Widths(
            place, NetworkTraining.class, bits -> bits == 512 ? List.of("scalar") : List.of());
  }

  @Test
  void widthsAreWhatTheFlagsSay() {
    widths.check();
  }

  @ParameterizedTest
  @CsvSource({"images, matmul, copyRows", "sequences, matmulPacked, lstmSlopes"})
  void helpersComputed(String kind, String one, String other) {
    for (int bits : widths.all()) {
      assertThat(widths.at(bits, kind + " helped")).as("%d bits", bits).contains(one, other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "sequences"})
  void allWeightsAreTheSame(String kind) {
    Set<String> sums = new TreeSet<>(List.of(widths.at(512, kind + " scalar")));
    for (int bits : widths.all()) {
      for (String way : List.of("seen", "1", "2", "4")) {
        sums.add(widths.at(bits, kind + " " + way));
      }
    }
    assertThat(sums).as("%s", widths).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "sequences"})
  void anotherSeedGivesOtherWeights(String kind) {
    assertThat(widths.at(512, kind + " seed")).isNotEqualTo(widths.at(512, kind + " scalar"));
  }
}
