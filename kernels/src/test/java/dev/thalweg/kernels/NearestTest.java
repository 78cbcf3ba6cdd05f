package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> KNOWN = List.of("digits", "iris", "adam", "adamw", "sgd");

  @ParameterizedTest
  @CsvSource({
    "digit, digits",
    "digtis, digits",
    "DIGITS, digits",
    "idris, iris",
    "adma, adam",
    "adamx, adam",
    "sdg, sgd",
    "iris, iris",
  })
  void findsWhatWasMeant(String typed, String meant) {
    assertThat(Nearest.of(typed, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"elephant", "mnist", "''", "x", "ab"})
  void findsNothingWhereNothingIsNear(String typed) {
    assertThat(Nearest.of(typed, KNOWN)).isEmpty();
  }

  @Test
  void aLetterIsNotNearAnother() {
    assertThat(Nearest.of("y", List.of("x", "a"))).isEmpty();
    assertThat(Nearest.of("Y", List.of("x", "y"))).contains("y");
    assertThat(Nearest.of("y1", List.of("x1"))).contains("x1");
  }

  @Test
  void aSwapIsOneEditNotTwo() {
    // Two edits would be more than a third of three letters.
    assertThat(Nearest.of("gsd", KNOWN)).contains("sgd");
    assertThat(Nearest.of("dgs", KNOWN)).isEmpty();
  }

  @Test
  void theSentenceNamesTheWordTheNearestAndAll() {
    assertThat(Nearest.sentence("data set", "digit", List.of("digits", "iris")))
        .isEqualTo("unknown data set 'digit' (did you mean 'digits'?); known: digits, iris");
    assertThat(Nearest.sentence("data set", "cifar", List.of("digits", "iris")))
        .isEqualTo("unknown data set 'cifar'; known: digits, iris");
  }

  @Test
  void theSentenceStaysShortHoweverManyAreKnown() {
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "column" + i).toList();
    assertThat(Nearest.sentence("column", "x", many))
        .startsWith("unknown column 'x'; known: column0, column1,")
        .endsWith(", column29 and 970 more");
  }
}
