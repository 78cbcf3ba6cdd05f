package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          TableOptions.withIgnored("a") leaves it out       | --ignore a leaves it out
          TableOptions.withIgnored("e,g", "f") leaves them  | --ignore '"e,g",f' leaves them
          a; TableOptions.withCategorical("model year") is  | a; --categorical 'model year' is
          CsvFormat.withMissing("abc", "?") takes           | --missing='abc,?' takes
          CsvFormat.withMissing("say \\"no\\"!", "\\\\") it  | --missing='"say ""no""!",\\' it
          CsvFormat.withDecimal('.') or CsvFormat.withThousands('.') | --decimal . or --thousands .
          CsvFormat.withDayFirst(true) or CsvFormat.withDayFirst(false) | --day-first yes or --day-first no
          line 1; CsvFormat.withHeader(false) takes         | line 1; --header no takes
          TableOptions.withTask(Task.REGRESSION) where      | --task regression where
          Dataset.withSampleWeights(w) stays                | Dataset.withSampleWeights(w) stays
          CsvFormat.withColumns(map) stays                  | CsvFormat.withColumns(map) stays
          """)
  void aCallBecomesItsOption(String sentence, String expected) {
    assertThat(CommandWords.of(sentence)).isEqualTo(expected);
  }

  /// Java's sentences name Java's calls: a user of the library has no options.
  @Test
  void theLibraryNamesNoOption() throws IOException {
    var option = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*(?<![\\w-])--[a-z](?:\\\\.|[^\"\\\\])*\"");
    for (var module : List.of("data", "nn", "optim", "formula", "tensor", "formats", "train")) {
      try (var files = Files.walk(Path.of("..", module, "src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file ->
                assertThat(text(file).lines().filter(line -> option.matcher(line).find()))
                    .as(file.toString())
                    .isEmpty());
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
