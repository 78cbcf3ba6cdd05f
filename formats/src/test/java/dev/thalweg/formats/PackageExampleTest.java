package dev.thalweg.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageExampleTest {

  @Test
  void theExampleOfThePackageRuns(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    float[] weights = Golden.floatRamp(640);
    Safetensors.write(
        file,
        Map.of("dense1.weight", SafetensorsArray.of(weights, 64, 10)),
        Map.of("epochs", "20"));
    Safetensors run = Safetensors.read(file);
    float[] again = run.array("dense1.weight").floats();
    String digest = Sha256.of(file);

    assertThat(again).isEqualTo(weights);
    assertThat(run.array("dense1.weight").shape()).containsExactly(64, 10);
    assertThat(run.metadata()).containsEntry("epochs", "20");
    assertThat(digest).isEqualTo(Sha256.of(Files.readAllBytes(file)));
  }
}
