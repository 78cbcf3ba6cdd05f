package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Code that `docs/api.md` shows is the code that [ApiSnippetsTest] runs, letter by letter.
class DocumentedSnippetsTest {

  /// Maven runs tests in the module's folder.
  private static final Path SOURCES = Path.of("src/test/java/dev/thalweg/examples");

  @ParameterizedTest
  @CsvSource({
    "coming-from.md, ComingFromTest.java",
    "concepts.md, ConceptsTest.java",
    "first-hour.md, FirstHourTest.java"
  })
  void aPageShowsWhatRuns(String page, String source) throws IOException {
    assertThat(Snippets.ofPage(Files.readString(Path.of("../docs", page))))
        .isNotEmpty()
        .containsExactlyEntriesOf(Snippets.ofSource(Files.readString(SOURCES.resolve(source))));
  }

  @Test
  void thePageShowsWhatRuns() throws IOException {
    String source = Files.readString(SOURCES.resolve("ApiSnippetsTest.java"));
    var page = Snippets.ofPage(Files.readString(Path.of("../docs/api.md")));
    String imports = Objects.requireNonNull(page.remove("imports"), "imports");
    thesePackagesHaveTheirTypes(Objects.requireNonNull(page.remove("packages"), "packages"));
    assertThat(page)
        .hasSizeGreaterThanOrEqualTo(5)
        .containsExactlyEntriesOf(Snippets.ofSource(source));
    assertThat(source.lines().toList())
        .containsAll(imports.lines().filter(line -> !line.isEmpty()).toList());
  }

  /// Lines such as `import dev.thalweg.nn.*; // Sequential, Layers`.
  private static void thesePackagesHaveTheirTypes(String imports) {
    for (String line : imports.lines().toList()) {
      String[] parts = line.split("import |\\*; // ");
      assertThat(parts).as(line).hasSize(3);
      for (String type : parts[2].split(", ", -1)) {
        assertThatCode(() -> Class.forName(parts[1] + type)).as(line).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void regionsOfASourceLoseTheirIndentation() {
    String source =
        """
            before();
            // snippet: one
            if (x) {
              y();
            }
            // end
            // snippet: two
            z();
            // end
        """;
    assertThat(Snippets.ofSource(source))
        .containsEntry("one", "if (x) {\n  y();\n}")
        .containsEntry("two", "z();")
        .hasSize(2);
  }

  @Test
  void aBlockWithoutANameOrARegionWithoutAnEndFails() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Snippets.ofPage("text\n```java\nx();\n```\n"))
        .withMessage("the block in line 2 has no name");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Snippets.ofSource("// snippet: one\nx();\n"))
        .withMessage("snippet one has no end");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Snippets.ofSource("// snippet: a\n// end\n// snippet: a\n// end\n"))
        .withMessage("two snippets have the name a");
    assertThat(Snippets.ofPage("<!-- snippet: one -->\n```java\nx();\n```\n"))
        .containsEntry("one", "x();");
  }
}
