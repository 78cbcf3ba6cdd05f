package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.simd.NetworkTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final Map<Integer, List<String>> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put(512, List.of());
    FLAGS.put(256, List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));
    FLAGS.put(128, List.of("-XX:MaxVectorSize=16"));
  }

  @TempDir static Path place;

  /// What each width printed: the last word of a line, or the methods, by what is before.
  private static final Map<Integer, Map<String, String>> PRINTED = new LinkedHashMap<>();

  /// Two JVMs at a time: what takes longest is compiling, by each of them.
  @BeforeAll
  static void trainAtEveryWidth() throws InterruptedException, ExecutionException {
    Map<Integer, Future<Map<String, String>>> running = new LinkedHashMap<>();
    try (var two = Executors.newFixedThreadPool(2)) {
      FLAGS.forEach((bits, flags) -> {
        Callable<Map<String, String>> task = () -> run(flags, bits == 512);
        running.put(bits, two.submit(task));
      });
      for (var entry : running.entrySet()) {
        PRINTED.put(entry.getKey(), entry.getValue().get());
      }
    }
  }

  private static Map<String, String> run(List<String> flags, boolean scalar) {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.add(NetworkTraining.class.getName());
    if (scalar) {
      arguments.add("scalar");
    }
    Jvm.Outcome outcome = Jvm.java(place, arguments);
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    Map<String, String> printed = new LinkedHashMap<>();
    for (String line : outcome.lines()) {
      int cut = line.contains("[") ? line.indexOf('[') - 1 : line.lastIndexOf(' ');
      printed.put(line.substring(0, cut), line.substring(cut + 1));
    }
    return printed;
  }

  private static String printed(int bits, String key) {
    return Objects.requireNonNull(
        Objects.requireNonNull(PRINTED.get(bits)).get(key), () -> bits + " bits: " + key);
  }

  @Test
  void widthsAreWhatTheFlagsSay() {
    int most = Integer.parseInt(printed(512, "bits"));
    FLAGS
        .keySet()
        .forEach(bits ->
            assertThat(printed(bits, "bits")).isEqualTo(Integer.toString(Math.min(most, bits))));
  }

  @ParameterizedTest
  @CsvSource({"images, matmul, copyRows", "sequences, matmulPacked, lstmSlopes"})
  void helpersComputed(String kind, String one, String other) {
    FLAGS
        .keySet()
        .forEach(bits ->
            assertThat(printed(bits, kind + " helped")).as("%d bits", bits).contains(one, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "sequences"})
  void allWeightsAreTheSame(String kind) {
    Set<String> sums = new TreeSet<>(List.of(printed(512, kind + " scalar")));
    FLAGS
        .keySet()
        .forEach(bits ->
            List.of("seen", "1", "2", "4")
                .forEach(way -> sums.add(printed(bits, kind + " " + way))));
    assertThat(sums).as("%s", PRINTED).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "sequences"})
  void anotherSeedGivesOtherWeights(String kind) {
    assertThat(printed(512, kind + " seed")).isNotEqualTo(printed(512, kind + " scalar"));
  }
}
