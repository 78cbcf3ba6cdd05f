package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files as people have them, through `train` and `data`: understood, or refused by a sentence
/// whose option works.
class TextTableTest {

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text.replace(';', '\n').replace('!', ';'));
  }

  private static Outcome train(Path file, String... options) {
    var all = new ArrayList<>(List.of("train", file.toString(), "--epochs", "1", "--test", "0"));
    all.addAll(List.of(options));
    all.addAll(List.of("--quiet", "--out", file.resolveSibling("run").toString()));
    return Outcome.of(all.toArray(String[]::new));
  }

  /// Lines are divided by semicolons, and semicolons are written as exclamation marks.
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          user,y;1582218195625938945,1;1582218195625938946,2;1582218195625938945,1;1582218195625938946,2 => --target y --categorical user => user  2 categories: 1582218195625938945, 1582218195625938946
          commit,y;abc,0;0e46,1;0e83,2;abc,0;0e46,1;0e83,2;abc,0;0e46,1;0e83,2 => --target y => commit  3 categories: 0e46, 0e83, abc
          code,y;100,1;1E2,2;0100,1;00100,2;100,1;1E2,2 => --target y --categorical code => code  4 categories: 00100, 0100, 100, 1E2
          x,y;1,1.5;2,2;3,2.5;-,5 => --target y --missing=- => x  numbers; 1 missing became 2.0
          uhr!temp!y;8.30!20,5!a;9.15!18,5!b;8.30!20,5!a => --target y => temp  numbers
          betrag!preis;800!8,0;950!9,5;1.000!10,5 => --target preis => betrag: numbers written as 1.234,5
          betrag!n;800!8;950!9;1.000!10 => --target n --thousands . => betrag: numbers written as 1.234,5
          sep=!;x!y;0!1.5;1!4 => --target y => x  numbers
          # created 4/22/2025;x,y;0,1.5;1,4 => --target y => x  numbers
          sunny,hot,no;rain,hot,yes;sunny,mild,no;rain,mild,yes => --target c3 => c1  2 categories: rain, sunny
          country,2019,2020;A,1,2;B,4,5;A,7,8.5 => --target 2020 --header yes => 2019     numbers
          route,dose,ok;Inf,10,y;Oral,11,n;Iv,12,n;Inf,13,y => --target ok --categorical route => route  3 categories: Inf, Iv, Oral
             0     0     1;   1     2     4;   2     4     7.5 => --target c3 => c1  numbers
          a,e,x,f,y;0,,0,,0;1,,1,,2.5 => --target y --ignore e,f => x  numbers
          "a,b",c,y;1,2,1.5;2,1,3;1,2,4 => --target y --categorical "a,b",c => a,b  2 categories: 1, 2
          d,y;1/2/2024,1.5;3/4/2024,2;5/6/2024,3 => --target y --day-first no => d  dates: days since 2024-01-02, time of year, weekday
          x,y;1,TRUE;2,False;3,true => --target y => y: upper and lower case make no difference, as in TRUE, False, true
          """,
      quoteCharacter = '`')
  void isUnderstood(String text, String options, String expected) throws IOException {
    var outcome = train(write(text), options.split(" "));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains(expected);
    assertThat(outcome.exitCode()).isZero();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          x,y;-,5;1,1.5;2,2;3,2.5 => --target y => FILE, line 2, column 1 ('x'): '-' is not a number, and 3 values of the column are; --missing=- takes it for missing, --categorical x takes all values of the column for names
          x,y;1,1.5;2,2;3,2.5;-,5 => --target y => FILE, line 5, column 1 ('x'): '-' is not a number, and 3 values of the column are; --missing=- takes it for missing, --categorical x takes all values of the column for names
          a,e,x,f,y;0,,0,,0;1,,1,,2.5 => --target y => FILE: expected values, found none in 2 rows of columns 'e', 'f'; --ignore e,f leaves them out
          country,2019,2020;A,1,2;B,4,5 => --target 2020 => --target: FILE: unknown column '2020'; known: c1, c2, c3; line 1 is taken for a row, --header yes takes it for names
          a,b;c,d;e,f => --target c2 => --target: FILE: unknown column 'c2'; known: a, b; line 1 is taken for names, --header no takes it for a row
          betrag!n;800!8;950!9;1.000!10 => --target n => FILE, line 4, column 1 ('betrag'): '1.000' has a fraction or thousands; --decimal . or --thousands . says which
          x,y;1,2 => --target y --thousands x => --thousands: sign between thousands: expected ., ,, a space or an apostrophe, found 'x'
          """,
      quoteCharacter = '`')
  void isRefusedWithTheOptionThatWorks(String text, String options, String sentence)
      throws IOException {
    var file = write(text);
    var outcome = train(file, options.split(" "));
    assertThat(outcome.err())
        .isEqualTo("thalweg: " + sentence.replace("FILE", file.toString()) + "\n");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void aNameWithACommaIsKeptInTheConfiguration() throws IOException {
    var file = write("\"a,b\",c,y;1,2,1.5;2,1,3;1,2,4");
    assertThat(train(file, "--target", "y", "--ignore", "\"a,b\"", "--test", "0.3").exitCode())
        .isNotZero();
    assertThat(train(file, "--target", "y", "--ignore", "\"a,b\"").exitCode()).isZero();
    var config = folder.resolve("run").resolve("config.yaml");
    assertThat(config).content().contains("ignore: [\"a,b\"]");
    var again =
        Outcome.of(
            "train",
            "--config",
            config.toString(),
            "--quiet",
            "--out",
            folder.resolve("r2").toString());
    assertThat(again.err()).isEmpty();
    assertThat(again.exitCode()).isZero();
  }

  @Test
  void dataCountsAsTrainDoes() throws IOException {
    var file =
        write(
            "h,b,n,d,y;0e46,True,1.0,2024-01-02,1.5;0e83,TRUE,1,2024-01-05,2;abc,false,2,2024-01-09,3;abc,false,2,2024-01-09,4");
    assertThat(Outcome.of("data", file.toString()).out())
        .contains("h  3 categories: abc (2), 0e46 (1), 0e83 (1)\n")
        .contains("b  2 categories: true (2), false (2)\n")
        .contains("n  whole numbers from 1 to 2, 2 different")
        .contains("d  dates from 2024-01-02 to 2024-01-09\n");
    assertThat(train(file, "--target", "y").out())
        .contains("h  3 categories: 0e46, 0e83, abc\n")
        .contains("b  2 categories: false, true\n")
        .contains("d  dates: days since 2024-01-02, weekday\n");
  }
}
