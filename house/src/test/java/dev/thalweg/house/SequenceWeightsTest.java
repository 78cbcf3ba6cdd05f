package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.simd.SequenceTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trainings of each kind of model of sequences, and a search by beams, by vector kernels of each
/// width, for 1 to 4 threads that share the work, give the bits of scalar kernels on one thread.
class SequenceWeightsTest {
  private static final Map<Integer, List<String>> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put(512, List.of());
    FLAGS.put(256, List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));
    FLAGS.put(128, List.of("-XX:MaxVectorSize=16"));
  }

  @TempDir static Path place;

  /// What each width printed: the rest of each line by its first word.
  private static final Map<Integer, Map<String, String>> PRINTED = new LinkedHashMap<>();

  @BeforeAll
  static void trainAtEveryWidth() {
    FLAGS.forEach((bits, flags) -> {
      List<String> arguments = new ArrayList<>(flags);
      arguments.addAll(List.of("--add-modules", "jdk.incubator.vector"));
      arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
      arguments.add(SequenceTraining.class.getName());
      Jvm.Outcome outcome = Jvm.java(place, arguments);
      assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
      Map<String, String> printed = new LinkedHashMap<>();
      for (String line : outcome.lines()) {
        int cut = line.indexOf(' ');
        printed.put(line.substring(0, cut), line.substring(cut + 1));
      }
      PRINTED.put(bits, printed);
    });
  }

  @Test
  void widthsAreWhatTheFlagsSay() {
    PRINTED.forEach((bits, printed) -> {
      int most = Integer.parseInt(String.valueOf(PRINTED.getOrDefault(512, Map.of()).get("bits")));
      assertThat(printed).containsEntry("bits", Integer.toString(Math.min(most, bits)));
    });
  }

  @Test
  void helpersComputed() {
    PRINTED.forEach((bits, printed) ->
        assertThat(printed.get("helped"))
            .as("%d bits", bits)
            .contains("matmulPacked", "lstmSlopes"));
  }

  @Test
  void allWeightsAreTheSame() {
    Set<String> sums = new TreeSet<>();
    PRINTED.forEach((bits, printed) -> {
      for (String way : List.of("scalar", "seen", "1", "2", "3", "4")) {
        sums.add(String.valueOf(printed.get(way)));
      }
    });
    assertThat(sums).as("%s", PRINTED).hasSize(1);
    assertThat(sums).doesNotContain("null");
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    PRINTED.forEach(
        (bits, printed) -> assertThat(printed.get("seed")).isNotEqualTo(printed.get("scalar")));
  }
}
