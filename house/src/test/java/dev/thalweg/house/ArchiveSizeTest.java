package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An application that wants the optimizers alone takes three archives. `./mvnw verify` has them;
/// with folders of classes on the path (`./mvnw test`) there is nothing to weigh.
class ArchiveSizeTest {
  private static final long MOST = 900 * 1024;

  @Test
  void theOptimizersAreLessThanNineHundredKilobytes() throws IOException {
    List<Path> archives =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path ->
                path.getFileName()
                    .toString()
                    .matches("thalweg-(kernels|formula|optim)-[0-9].*\\.jar"))
            .toList();
    assumeThat(archives).as("archives").isNotEmpty();
    long bytes = 0;
    for (Path archive : archives) {
      bytes += Files.size(archive);
    }
    assertThat(archives).hasSize(3);
    assertThat(bytes).as("bytes of %s", archives).isLessThan(MOST);
  }
}
