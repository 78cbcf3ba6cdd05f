package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/// What `./mvnw` downloads is one file, known by its digest.
class MavenWrapperTest {

  @Test
  void mavenIsKnownByItsDigest() throws IOException {
    var properties = new Properties();
    try (Reader in =
        Files.newBufferedReader(Path.of("..", ".mvn/wrapper/maven-wrapper.properties"))) {
      properties.load(in);
    }
    assertThat(properties.getProperty("distributionUrl")).startsWith("https://");
    assertThat(properties.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
  }
}
