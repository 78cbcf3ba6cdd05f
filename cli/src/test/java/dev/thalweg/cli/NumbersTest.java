package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers as people read them.
class NumbersTest {

  @ParameterizedTest
  @ValueSource(
      longs = {0, 7, 999, 1000, 12_345, 999_999, 1_000_000, -999, -1000, -123_456, Long.MIN_VALUE})
  void digitsAreGroupedAsAFormatWould(long number) {
    assertThat(Numbers.count(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
  }
}
