package dev.thalweg.house;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One training of the command line, in many JVMs: at every width of vectors, with and without the
/// incubator module, for any number of threads, interpreted little and compiled much. The weights
/// have the same bits. Threads share its steps; it is over before vector kernels are compiled,
/// which [WarmWeightsTest] waits for.
class SameWeightsTest {

  private static final List<String> VECTORS = List.of();
  private static final List<String> AVX2 =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2");
  private static final List<String> BITS_128 = List.of("-XX:MaxVectorSize=16");

  /// A way to train.
  ///
  /// @param modules whether on the module path, where the vector kernels are found, or on the class
  ///   path without the incubator module
  private record Way(
      boolean modules, List<String> flags, List<String> options, String provider, int threads) {}

  /// What came of it.
  private record Training(Way way, Map<?, ?> json, String fileSha256) {
    String sha256() {
      return String.valueOf(json.get("weights_sha256"));
    }
  }

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final Map<String, Way> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("as it comes", new Way(true, VECTORS, List.of(), "simd", CORES));
    WAYS.put("256 bits", new Way(true, AVX2, threads(2), "simd", 2));
    WAYS.put("128 bits", new Way(true, BITS_128, threads(2), "simd", 2));
    WAYS.put("no incubator module", new Way(false, List.of(), List.of(), "scalar", CORES));
    WAYS.put("1 thread", new Way(true, VECTORS, threads(1), "simd", 1));
    WAYS.put("4 threads", new Way(true, VECTORS, threads(4), "simd", 4));
    WAYS.put("scalar", new Way(true, VECTORS, provider("scalar"), "scalar", CORES));
    WAYS.put("simd, once more", new Way(true, VECTORS, provider("simd"), "simd", CORES));
    WAYS.put(
        "scalar at 256 bits, 3 threads",
        new Way(false, AVX2, List.of("--provider", "scalar", "--threads", "3"), "scalar", 3));
    WAYS.put(
        "scalar, another compiler",
        new Way(false, List.of("-XX:TieredStopAtLevel=1"), threads(2), "scalar", 2));
    WAYS.put("another seed", new Way(true, VECTORS, List.of("--seed", "1"), "simd", CORES));
  }

  private static List<String> threads(int n) {
    return List.of("--threads", Integer.toString(n));
  }

  private static List<String> provider(String name) {
    return List.of("--provider", name);
  }

  @TempDir static Path place;
  private static final Map<String, Training> TRAININGS = new LinkedHashMap<>();

  /// Two JVMs at a time: each may use every core.
  @BeforeAll
  static void trainEveryWay() throws InterruptedException, ExecutionException {
    Map<String, Future<Training>> running = new LinkedHashMap<>();
    try (var two = Executors.newFixedThreadPool(2)) {
      WAYS.forEach((name, way) -> {
        Callable<Training> task = () -> train(name, way);
        running.put(name, two.submit(task));
      });
      for (var entry : running.entrySet()) {
        TRAININGS.put(entry.getKey(), entry.getValue().get());
      }
    }
  }

  private static Training train(String name, Way way) throws IOException, NoSuchAlgorithmException {
    Path run = place.resolve(name.replace(' ', '-'));
    List<String> arguments = new ArrayList<>(way.flags());
    if (way.modules()) {
      arguments.addAll(
          List.of("-p", Jvm.commandLinePath(), "-m", "dev.thalweg.cli/dev.thalweg.cli.Thalweg"));
    } else {
      arguments.addAll(List.of("-cp", Jvm.commandLinePath(), "dev.thalweg.cli.Thalweg"));
    }
    arguments.addAll(List.of("train", "digits", "--epochs", "2", "--format", "json", "--quiet"));
    arguments.addAll(List.of("--model", "mlp(128, 128)", "--batch", "256", "--out"));
    arguments.add(run.toString());
    arguments.addAll(way.options());
    Jvm.Outcome outcome = Jvm.java(place, arguments);
    assertThat(outcome.exitCode()).as("%s: %s", name, outcome.errors()).isZero();
    assertThat(outcome.lines()).as(name).hasSize(1);
    byte[] weights = Files.readAllBytes(run.resolve("weights.safetensors"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(weights);
    return new Training(way, json(outcome), HexFormat.of().formatHex(digest));
  }

  private static Map<?, ?> json(Jvm.Outcome outcome) {
    Object value = Json.parse(outcome.lines().getFirst());
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Training training(String name) {
    return Objects.requireNonNull(TRAININGS.get(name), name);
  }

  @Test
  void everyWayOfOneSeedGivesTheSameWeights() {
    Map<String, String> sums = new LinkedHashMap<>();
    TRAININGS.forEach((name, training) -> {
      if (!name.equals("another seed")) {
        sums.put(name, training.sha256());
      }
    });
    assertThat(sums).hasSize(WAYS.size() - 1);
    assertThat(sums.values().stream().collect(toSet())).as("%s", sums).hasSize(1);
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    assertThat(training("another seed").sha256()).isNotEqualTo(training("as it comes").sha256());
  }

  @Test
  void theSumIsTheSha256OfTheFileOfWeights() {
    TRAININGS.forEach((name, training) ->
        assertThat(training.sha256())
            .as(name)
            .matches("[0-9a-f]{64}")
            .isEqualTo(training.fileSha256()));
  }

  @Test
  void everyWayIsWhatItSaysItIs() {
    TRAININGS.forEach((name, training) -> {
      Way way = training.way();
      assertThat(training.json().get("provider")).as(name).isEqualTo(way.provider());
      assertThat(training.json().get("threads")).as(name).isEqualTo((long) way.threads());
      assertThat(training.json().get("epochs")).as(name).isEqualTo(2L);
    });
  }

  /// The flags do what they are here for, where the CPU has as much.
  @Test
  void flagsNarrowTheVectors() {
    int most = bits(VECTORS);
    assertThat(bits(AVX2)).isEqualTo(Math.min(most, 256));
    assertThat(bits(BITS_128)).isEqualTo(Math.min(most, 128));
  }

  private static int bits(List<String> flags) {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(
        List.of(
            "-p",
            Jvm.commandLinePath(),
            "-m",
            "dev.thalweg.cli/dev.thalweg.cli.Thalweg",
            "doctor",
            "--format",
            "json"));
    Jvm.Outcome outcome = Jvm.java(place, arguments);
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    return json(outcome).get("vector_bits") instanceof Long bits ? bits.intValue() : -1;
  }
}
