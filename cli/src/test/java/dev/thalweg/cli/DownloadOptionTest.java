package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Datasets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What has no leave to be downloaded is not.
class DownloadOptionTest {

  @TempDir Path folder;

  @Test
  void nothingIsDownloadedThatIsForbidden() {
    Assumptions.assumeTrue(
        Datasets.all(DataPlaces.standard()).stream()
            .anyMatch(info -> info.name().equals("mnist") && !info.present()),
        "mnist is on this machine");
    var out = folder.resolve("run").toString();
    var words = "mnist: its four files (train-images-idx3-ubyte.gz, …) are in none of the folders";
    for (var outcome :
        new Outcome[] {
          Outcome.of("train", "mnist", "--download", "no", "--out", out),
          Outcome.in(Map.of("THALWEG_DOWNLOAD", "no"), "train", "mnist", "--out", out),
          Outcome.of("train", "mnist", "--folder", folder.toString(), "--out", out)
        }) {
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err()).contains(words).doesNotContain("downloading");
    }
    assertThat(Outcome.in(Map.of("THALWEG_DOWNLOAD", "maybe"), "train", "iris").err())
        .isEqualTo("thalweg: THALWEG_DOWNLOAD=maybe: expected yes or no\n");
  }
}
