package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Against executed dp-accounting and Opacus (`tools/golden/privacy.py`).
class PrivacyAccountantTest {

  @Test
  void epsilonIsThatOfDpAccountingAndOpacus() throws IOException {
    List<String[]> lines;
    try (var in =
            Objects.requireNonNull(
                PrivacyAccountantTest.class.getResourceAsStream("/golden/privacy.tsv"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines = reader.lines().map(line -> line.split("\t", -1)).toList();
    }
    assertThat(lines).hasSizeGreaterThan(10);
    for (String[] line : lines) {
      double epsilon =
          PrivacyAccountant.epsilon(
              Double.parseDouble(line[1]),
              Double.parseDouble(line[0]),
              Long.parseLong(line[2]),
              Double.parseDouble(line[3]));
      double one = Double.parseDouble(line[4]);
      double other = Double.parseDouble(line[5]);
      assertThat(epsilon / one).as(String.join(" ", line)).isCloseTo(1, within(1e-2));
      if (!line[1].equals("20.0")) { // for which Opacus' largest order of 63 is too small
        assertThat(epsilon / other).as(String.join(" ", line)).isCloseTo(1, within(1e-2));
      }
      // both leave out orders at which their series don't converge, not always the same ones
      assertThat(epsilon / Math.min(one, other)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void whatCostsNothingAndWhatIsNotPrivateAtAll() {
    assertThat(PrivacyAccountant.epsilon(1, 0.1, 0, 1e-5)).isZero();
    assertThat(PrivacyAccountant.epsilon(1, 0, 10, 1e-5)).isZero();
    assertThat(PrivacyAccountant.epsilon(1e6, 0.1, 1, 1e-5)).isZero();
    assertThat(PrivacyAccountant.epsilon(0, 0.1, 1, 1e-5)).isInfinite();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivacyAccountant.epsilon(1, 1.5, 1, 1e-5))
        .withMessage("privacy: rate must be in [0, 1], found 1.5");
  }
}
