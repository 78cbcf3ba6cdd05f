package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong command lines, and the one sentence that each gets.
class BadInputTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          doctr                      | 2 | unknown command 'doctr' (did you mean 'doctor'?); known: data, doctor, help
          help doctr                 | 2 | unknown command 'doctr' (did you mean 'doctor'?); known: data, doctor, help
          doctor --fromat json       | 2 | unknown option '--fromat' (did you mean '--format'?)
          doctor --fromat=json       | 2 | unknown option '--fromat' (did you mean '--format'?)
          --tread 2 doctor           | 2 | unknown option '--tread' (did you mean '--threads'?)
          doctor --qqqqq             | 2 | unknown option '--qqqqq'; --help lists those there are
          doctor --format jsn        | 2 | --format jsn: expected text or json (did you mean 'json'?)
          doctor --format xml        | 2 | --format xml: expected text or json
          doctor --format JSON       | 2 | --format JSON: expected text or json (did you mean 'json'?)
          doctor --threads 0         | 2 | --threads 0: expected a whole number of at least 1
          doctor --threads=-3        | 2 | --threads -3: expected a whole number of at least 1
          --threads 0 doctor         | 2 | --threads 0: expected a whole number of at least 1
          doctor --threads two       | 2 | --threads two: expected a whole number of at least 1
          doctor --threads           | 2 | --threads: expected a value (N), found none
          doctor --threads --quiet   | 2 | --threads: expected a value (N), found none
          doctor --seed 1.5          | 2 | --seed 1.5: expected a whole number
          doctor --seed 99999999999999999999 | 2 | --seed 99999999999999999999: expected a whole number
          doctor --seed 1 --seed 2   | 2 | --seed: given more than once
          doctor --quiet=5           | 2 | --quiet=5: takes no value
          doctor --provider simt     | 2 | --provider simt: expected auto, scalar or simd (did you mean 'simd'?)
          data digit                 | 2 | unknown data set 'digit' (did you mean 'digits'?); known: digits, iris
          data digits iris           | 2 | data: unexpected argument 'iris'
          doctor here                | 2 | doctor: unexpected argument 'here'
          """)
  void getsOneSentence(String line, int exitCode, String sentence) {
    var outcome = Outcome.of(line.split(" "));
    assertThat(outcome.err()).isEqualTo("thalweg: " + sentence + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({"doctr --debug", "--debug doctor --threads 0"})
  void debugShowsTheStackTraceAfterTheSentence(String line) {
    var outcome = Outcome.of(line.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("thalweg: ")
        .containsPattern("\n\tat .*dev\\.thalweg\\.cli\\.");
  }
}
