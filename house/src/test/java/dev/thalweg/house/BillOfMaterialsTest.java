package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `bom/pom.xml` has what is shipped, and nothing else.
class BillOfMaterialsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(thalweg.*)</artifactId>");

  @Test
  void namesEveryArtifactThatIsInstalled() {
    List<String> shipped =
        matches(MODULE, ROOT.resolve("pom.xml")).stream()
            .filter(module -> !module.equals("bom") && isInstalled(module))
            .map(BillOfMaterialsTest::artifact)
            .toList();
    assertThat(shipped).contains("thalweg", "thalweg-cli").doesNotContain("thalweg-house");
    List<String> named = matches(ARTIFACT, ROOT.resolve("bom/pom.xml"));
    assertThat(named.subList(1, named.size())).containsExactlyElementsOf(shipped);
  }

  private static boolean isInstalled(String module) {
    return !text(ROOT.resolve(module).resolve("pom.xml"))
        .contains("<maven.install.skip>true</maven.install.skip>");
  }

  /// The module's own, after its parent's.
  private static String artifact(String module) {
    return matches(ARTIFACT, ROOT.resolve(module).resolve("pom.xml")).get(1);
  }

  private static List<String> matches(Pattern pattern, Path file) {
    return pattern.matcher(text(file)).results().map(found -> found.group(1)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
