package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

  @Test
  void whatFailsForTooManyOpenFilesIsFoundWhereverItIsSaid() {
    var full = new FileSystemException("t.csv", null, "Too many open files");
    assertThat(OpenFiles.exhausted(full)).isTrue();
    assertThat(
            OpenFiles.exhausted(
                new IllegalStateException("run: can't be read", new IOException(full))))
        .isTrue();
    var masked = new IllegalStateException(".run.draft: can't be removed");
    assertThat(OpenFiles.exhausted(masked)).isFalse();
    masked.addSuppressed(full);
    assertThat(OpenFiles.exhausted(masked)).isTrue();
    assertThat(OpenFiles.exhausted(new FileSystemException("t", null, "No space left on device")))
        .isFalse();
  }
}
