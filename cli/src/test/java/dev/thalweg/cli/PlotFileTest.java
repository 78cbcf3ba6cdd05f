package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.picture.TrainingPicture;
import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.History;
import dev.thalweg.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /// Whoever cleans up while a training runs loses nothing of it.
  @Test
  void aFolderThatGoesDuringTheTrainingIsMadeAgain() throws IOException {
    var picture = Files.createDirectory(folder.resolve("gone")).resolve("p.png");
    var plot = PlotFile.at(picture);
    Files.delete(folder.resolve("gone"));
    plot.write(
        new TrainingPicture(
                "iris",
                List.of(),
                history(),
                "accuracy",
                Optional.empty(),
                Optional.empty(),
                false,
                List.of())
            ::write);
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1600);
  }

  private static History history() {
    return Trainer.defaults()
        .withEpochs(2)
        .fit(
            Models.parse("linear", 3),
            Losses.softmaxCrossEntropy(),
            Optimizers.sgd(0.1),
            Datasets.named("iris"))
        .history()
        .orElseThrow();
  }

  /// The run is there then, and so is its report.
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
  void aPictureThatCannotBeWrittenTakesNothingWithIt() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("p.png"), Path.of("/dev/full"));
    var outcome = train("p.png", "iris");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("thalweg: " + link + ": cannot be written: No space left on device\n");
    assertThat(outcome.out()).contains("test accuracy");
    assertThat(folder.resolve("run/model.json")).exists();
  }
}
