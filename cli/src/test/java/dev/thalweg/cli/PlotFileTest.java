package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `train --plot`.
class PlotFileTest {

  @TempDir Path folder;

  private Outcome train(String plot, String data) {
    return Outcome.of(
        "train",
        data,
        "--epochs",
        "2",
        "--quiet",
        "--out",
        folder.resolve("run").toString(),
        "--plot",
        folder.resolve(plot).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"iris", "auto-mpg"})
  void leavesAPicture(String data) throws IOException {
    var outcome = train("p.png", data);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    var image = ImageIO.read(folder.resolve("p.png").toFile());
    assertThat(image.getWidth()).isEqualTo(1600);
    assertThat(folder.resolve("run/model.json")).exists();
  }

  @Test
  void whatIsNoPngIsRefusedBeforeTheTraining() {
    var outcome = train("p.pdf", "iris");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).endsWith("p.pdf: expected a file that ends in .png\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /proc, a folder that takes no files")
  void aFolderThatTakesNoFilesIsNamedBeforeTheTraining() {
    var outcome = train("/proc/p.png", "iris");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("thalweg: --plot /proc/p.png: no file can be made in the folder /proc\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMissingFolderIsNamedBeforeTheTraining() throws IOException {
    var outcome = train("nowhere/p.png", "iris");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .endsWith("there is no folder " + folder.resolve("nowhere").toAbsolutePath() + "\n");
    assertThat(folder).isEmptyDirectory();
    Files.createDirectory(folder.resolve("a.png"));
    assertThat(train("a.png", "iris").err()).endsWith("expected a file, found a folder\n");
  }
}
