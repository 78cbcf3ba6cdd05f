package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// All that the executed libraries have for optimizers is a call here, or in a list with the reason
/// why it is none. A version that brings another one fails here when its names are written down
/// again (`tools/golden/signatures.py`).
class CallsTest {
  /// What the packages of the libraries are called here.
  private static final List<String> PREFIXES =
      List.of("torch.optim.", "keras.optimizers.", "optax.");

  private static Stream<String[]> lines(String file) throws IOException {
    try (InputStream in = CallsTest.class.getResourceAsStream("/golden/" + file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"));
    }
  }

  /// `optax.contrib.sam` is `optax.sam`.
  private static String ours(String theirs) {
    String library = PREFIXES.stream().filter(theirs::startsWith).findFirst().orElseThrow();
    return library.substring(0, library.indexOf('.') + 1)
        + theirs.substring(theirs.lastIndexOf('.') + 1);
  }

  private static boolean isCall(String name) {
    return Methods.named(name).isPresent()
        || Stream.<ScheduleForm[]>of(
                TorchSchedule.values(), KerasSchedule.values(), OptaxSchedule.values())
            .flatMap(Stream::of)
            .anyMatch(schedule -> schedule.text().equals(name))
        || name.equals("optax.chain")
        || OptaxPartition.NAMES.contains(name);
  }

  @Test
  void everyCallOfTheLibrariesIsThereOrHasAReason() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    lines("no-calls.tsv")
        .forEach(line -> {
          assertThat(line).hasSize(2);
          assertThat(reasons.put(line[0], line[1])).as(line[0]).isNull();
        });
    Set<String> missing = new TreeSet<>();
    lines("calls.tsv")
        .map(line -> line[0] + "." + line[1])
        .forEach(name -> {
          if (!isCall(ours(name))) {
            missing.add(name);
          }
        });
    assertThat(missing).containsExactlyInAnyOrderElementsOf(reasons.keySet());
    assertThat(reasons.values()).allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(10));
  }

  /// A method that is called in a reason exists.
  @Test
  void whatAReasonNamesIsThere() throws IOException {
    lines("no-calls.tsv")
        .flatMap(line -> Pattern.compile("`([a-z0-9_]+)").matcher(line[1]).results())
        .map(found -> found.group(1))
        .forEach(
            name -> assertThat(Optional.of(name).flatMap(Methods::named)).as(name).isPresent());
  }

  /// What Optax partitions are groups; names may be of a layer.
  @Test
  void aPartitionOfOptaxIsGroups() {
    String labels = "{'a': optax.adam(0.1), 'b': optax.sgd(0.5)}, {'1.weight': 'a', 'head': 'b'}";
    Optimizer groups = Optimizer.parse("optax.adam(0.1) for 'head' or 'head.*': optax.sgd(0.5)");
    for (String name : OptaxPartition.NAMES) {
      assertThat(Optimizer.parse(name + "(" + labels + ")")).isEqualTo(groups);
    }
    double[] a = {1};
    double[] b = {1};
    Optimizer.parse("optax.partition(" + labels + ")")
        .attach(Parameter.of("1.weight", a), Parameter.of("head.bias", b))
        .step(List.of(Parameter.of("g", new double[] {1}), Parameter.of("g", new double[] {1})));
    assertThat(a[0]).isCloseTo(0.9, within(1e-6));
    assertThat(b[0]).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("optax.partition({'a': optax.sgd(0.5)}, {'w': 'b'})"))
        .withMessageContaining("optax.partition: expected a label among a, found b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("optax.partition({'a': optax.sgd(0.5)}, 3)"))
        .withMessageContaining(
            "optax.partition: param_labels: expected a dictionary, {'name': …}, found 3");
  }
}
