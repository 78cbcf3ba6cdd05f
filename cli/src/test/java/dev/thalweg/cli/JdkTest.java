package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkTest {

  @ParameterizedTest
  @CsvSource({
    "25+36-LTS, false, JDK-8377811",
    "25.0.1+8-LTS, false, JDK-8377811",
    "25.0.2+10, false, JDK-8377811",
    "25.0.3+9-LTS, true, JDK-8380060",
    "25.0.4, true, JDK-8380060",
  })
  void aDefectIsNamedWithItsNumber(String version, boolean compactHeaders, String number) {
    assertThat(jdk(version, compactHeaders).warnings()).singleElement().asString().contains(number);
  }

  @ParameterizedTest
  @CsvSource({"25.0.3+9-LTS, false", "26+35, true", "26.0.1, false"})
  void aJdkWithoutDefectsGetsNoWarning(String version, boolean compactHeaders) {
    assertThat(jdk(version, compactHeaders).warnings()).isEmpty();
  }

  @Test
  void theRunningJdkIsOneThatThalwegRunsOn() {
    var jdk = Jdk.running();
    assertThat(Runtime.Version.parse(jdk.version()).feature()).isGreaterThanOrEqualTo(25);
    assertThat(jdk.heapMax()).isPositive();
    assertThat(jdk.machineMemory()).isPositive();
  }

  private static Jdk jdk(String version, boolean compactHeaders) {
    return new Jdk(version, "someone", "/jdk", compactHeaders, true, 1, 1);
  }
}
