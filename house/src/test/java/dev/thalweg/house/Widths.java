package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// What a program prints with vectors of each width, in a JVM of its own, two of them at a time:
/// the last word of a line, or a list in brackets, by what is before.
final class Widths {
  private static final Map<Integer, List<String>> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put(512, List.of());
    FLAGS.put(256, List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));
    FLAGS.put(128, List.of("-XX:MaxVectorSize=16"));
  }

  private final Map<Integer, Map<String, String>> printed = new LinkedHashMap<>();

  /// @param place a folder for what is written to the standard streams
  /// @param arguments of the program, by the bits of a vector
  Widths(Path place, Class<?> program, IntFunction<List<String>> arguments)
      throws InterruptedException, ExecutionException {
    Map<Integer, Future<Map<String, String>>> running = new LinkedHashMap<>();
    try (var two = Executors.newFixedThreadPool(2)) {
      FLAGS.forEach((bits, flags) -> {
        Callable<Map<String, String>> task =
            () -> run(place, flags, program, arguments.apply(bits));
        running.put(bits, two.submit(task));
      });
      for (var entry : running.entrySet()) {
        printed.put(entry.getKey(), entry.getValue().get());
      }
    }
  }

  private static Map<String, String> run(
      Path place, List<String> flags, Class<?> program, List<String> arguments) {
    List<String> words = new ArrayList<>(flags);
    words.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    words.addAll(arguments);
    Jvm.Outcome outcome = Jvm.java(place, words);
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    Map<String, String> printed = new LinkedHashMap<>();
    for (String line : outcome.lines()) {
      int cut = line.contains("[") ? line.indexOf('[') - 1 : line.lastIndexOf(' ');
      printed.put(line.substring(0, cut), line.substring(cut + 1));
    }
    return printed;
  }

  /// The bits of a vector that were asked for, the most first; a processor may have fewer.
  Set<Integer> all() {
    return FLAGS.keySet();
  }

  Map<String, String> at(int bits) {
    return Objects.requireNonNull(printed.get(bits));
  }

  String at(int bits, String key) {
    return Objects.requireNonNull(at(bits).get(key), () -> bits + " bits: " + key);
  }

  /// Looks whether the programs had vectors of these widths, where the processor has them.
  void check() {
    int most = Integer.parseInt(at(512, "bits"));
    for (int bits : all()) {
      assertThat(at(bits, "bits")).isEqualTo(Integer.toString(Math.min(most, bits)));
    }
  }

  @Override
  public String toString() {
    return printed.toString();
  }
}
