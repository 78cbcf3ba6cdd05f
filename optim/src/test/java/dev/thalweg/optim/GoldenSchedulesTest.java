package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Schedules beside what Optax, Keras and PyTorch computed (tools/golden/schedules.py): 61 steps
/// each, in float64.
class GoldenSchedulesTest {
  /// One schedule of a library; `text` says the same to Thalweg.
  record Golden(String name, String text, double tolerance, List<Double> values) {
    /// max|v − v_ref| / max|v_ref| over the steps.
    double error(Schedule schedule, long late) {
      double worst = 0;
      double largest = 0;
      for (int step = 0; step < values.size(); step++) {
        worst = Math.max(worst, Math.abs(schedule.at(Math.max(0, step - late)) - values.get(step)));
        largest = Math.max(largest, Math.abs(values.get(step)));
      }
      return worst / largest;
    }

    @Override
    public String toString() {
      return name + ": " + text;
    }
  }

  static Stream<Golden> golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenSchedulesTest.class.getResourceAsStream("/golden/schedules.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .map(line -> line.split("\t", -1))
              .map(f -> new Golden(f[0], f[4], Double.parseDouble(f[3]), values(f[5])))
              .toList()
              .stream();
    }
  }

  private static List<Double> values(String field) {
    return Arrays.stream(field.split(" ", -1)).map(Double::valueOf).toList();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void aScheduleIsWhatTheLibraryComputes(Golden golden) {
    Schedule schedule = Schedule.parse(golden.text());
    assertThat(golden.error(schedule, 0))
        .as("%s", schedule)
        .isLessThanOrEqualTo(golden.tolerance());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void aScheduleThatIsOneStepOffIsFound(Golden golden) {
    Schedule schedule = Schedule.parse(golden.text());
    if (!schedule.isConstant()) {
      assertThat(golden.error(schedule, 1)).isGreaterThan(1000 * golden.tolerance());
      assertThat(golden.error(schedule, -1)).isGreaterThan(1000 * golden.tolerance());
    }
  }

  @Test
  void everyCallOfAnotherLibraryThatIsReadWasExecuted() throws IOException {
    String texts = golden().map(Golden::text).collect(Collectors.joining("\n"));
    List<String> missing =
        Schedule.names().stream()
            .filter(name -> name.contains(".") && !texts.contains(name + "("))
            .toList();
    assertThat(missing).isEmpty();
  }
}
