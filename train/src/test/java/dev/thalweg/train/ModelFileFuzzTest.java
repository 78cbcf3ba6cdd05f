package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whatever `model.json` holds, loading gives a model or a [RunException] that names the folder.
class ModelFileFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void description(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("thalweg-fuzz");
    try {
      Files.write(folder.resolve(RunFolder.MODEL), bytes);
      Files.write(folder.resolve(RunFolder.WEIGHTS), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
      FittedModel.load(folder);
    } catch (RunException documented) {
      assertThat(documented.getMessage()).contains(folder.toString());
    } finally {
      Files.deleteIfExists(folder.resolve(RunFolder.MODEL));
      Files.deleteIfExists(folder.resolve(RunFolder.WEIGHTS));
      Files.delete(folder);
    }
  }
}
