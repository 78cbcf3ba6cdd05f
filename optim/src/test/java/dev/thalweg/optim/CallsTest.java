package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

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
        || name.equals("optax.chain");
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
}
