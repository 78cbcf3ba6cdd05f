package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

  @Test
  void jsonIsOneObjectOnOneLine() {
    var outcome = Outcome.of("doctor", "--format", "json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsOnlyOnce("\n")
        .endsWith("\n")
        .doesNotContain("the vectors have no bits");
    assertThat(Json.parse(outcome.out().strip()))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsKeys(
            "version",
            "jdk",
            "provider",
            "vector_bits",
            "cpu",
            "cores",
            "fma",
            "memory",
            "caches",
            "missing")
        .extractingByKey("jdk")
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("home", System.getProperty("java.home"));
  }

  @Test
  void textIsATable() {
    var lines = Outcome.of("doctor").out().lines().toList();
    assertThat(lines).allMatch(line -> line.matches("(thalweg|[A-Za-z -]+)  +\\S.*"));
    assertThat(lines.getFirst()).startsWith("thalweg  ");
    assertThat(lines.getLast()).startsWith("missing  ");
  }

  @Test
  void theKernelsAreThoseAskedFor() {
    assertThat(Outcome.of("doctor", "--provider", "scalar").out())
        .containsPattern("(?m)^kernels +scalar$");
    assertThat(Outcome.in(Map.of("THALWEG_PROVIDER", "scalar"), "doctor").out())
        .containsPattern("(?m)^kernels +scalar$");
  }

  @Test
  void whatTheVariableNamesMustBeKnown() {
    var outcome = Outcome.in(Map.of("THALWEG_PROVIDER", "scaler"), "doctor");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: THALWEG_PROVIDER=scaler: expected auto, scalar or simd"
                + " (did you mean 'scalar'?)\n");
  }

  @Test
  void sizesAreForPeople() {
    assertThat(Map.of("a", DoctorCommand.size(32 << 10), "b", DoctorCommand.size(3L << 29)))
        .isEqualTo(Map.of("a", "32 KiB", "b", "1.5 GiB"));
  }
}
