package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.simd.WarmTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trainings that are shared among threads and use vector kernels that have been compiled, at each
/// width: their weights have the bits of scalar kernels on one thread; and a kernel that is wrong
/// in one bit changes them. What [SameWeightsTest] trains is over before vectors are worth it.
class WarmWeightsTest {
  private static final Map<Integer, List<String>> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put(512, List.of());
    FLAGS.put(256, List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));
    FLAGS.put(128, List.of("-XX:MaxVectorSize=16"));
  }

  @TempDir static Path place;

  /// What each width printed: the last word of a line, or the rest of it, by what is before.
  private static final Map<Integer, Map<String, String>> PRINTED = new LinkedHashMap<>();

  @BeforeAll
  static void trainAtEveryWidth() throws InterruptedException, ExecutionException {
    Map<Integer, Future<Map<String, String>>> running = new LinkedHashMap<>();
    try (var two = Executors.newFixedThreadPool(2)) {
      FLAGS.forEach((bits, flags) -> {
        Callable<Map<String, String>> task = () -> run(flags);
        running.put(bits, two.submit(task));
      });
      for (var entry : running.entrySet()) {
        PRINTED.put(entry.getKey(), entry.getValue().get());
      }
    }
  }

  private static Map<String, String> run(List<String> flags) {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.add(WarmTraining.class.getName());
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
  void vectorKernelsOfEachWidthWereCompiled() {
    int most = Integer.parseInt(printed(512, "bits"));
    FLAGS
        .keySet()
        .forEach(bits -> {
          assertThat(printed(bits, "bits")).isEqualTo(Integer.toString(Math.min(most, bits)));
          assertThat(printed(bits, "cold")).as("%d bits", bits).isEqualTo("[]");
        });
  }

  @Test
  void helpersComputed() {
    FLAGS
        .keySet()
        .forEach(bits -> {
          assertThat(printed(bits, "helped"))
              .isEqualTo("[columnSums, fillRows, gate, map, matmul, sum, withoutNegligible, zip]");
          assertThat(printed(bits, "alone")).contains("softmaxRows");
        });
  }

  @Test
  void allWeightsAreTheSame() {
    Set<String> sums = new HashSet<>();
    FLAGS
        .keySet()
        .forEach(bits ->
            List.of("scalar", "1", "2", "3", "4", "seen", "always vectors")
                .forEach(way -> sums.add(printed(bits, way))));
    assertThat(sums).as("%s", PRINTED).hasSize(1);
  }

  @Test
  void aKernelThatIsWrongInOneBitIsSeen() {
    FLAGS
        .keySet()
        .forEach(bits -> {
          Map<String, String> all = Objects.requireNonNull(PRINTED.get(bits));
          List<String> broken = all.keySet().stream().filter(k -> k.startsWith("broken ")).toList();
          assertThat(broken).hasSize(9);
          assertThat(broken)
              .allSatisfy(name -> assertThat(all.get(name)).isNotEqualTo(printed(bits, "scalar")));
        });
  }
}
