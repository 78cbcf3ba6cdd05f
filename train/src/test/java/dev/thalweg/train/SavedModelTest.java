package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.Dataset;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelTest {

  private static final Dataset LINE =
      Dataset.regression(new double[][] {{1}, {2}, {3}, {4}}, new double[] {3, 5, 7, 9});

  private static final Layer SCALED = Layer.of("scaled", (x, training) -> x.times(2));
  private static final Loss QUARTIC =
      Loss.of("quartic", (prediction, target) -> prediction.minus(target).pow(4));

  @TempDir Path folder;

  private static FittedModel fit(Loss loss, Layer... layers) {
    return Trainer.defaults()
        .withEpochs(3)
        .fit(Sequential.of(layers), loss, Optimizers.adam(0.01), LINE);
  }

  @Test
  void whatIsCodeIsGivenBackByItsName() {
    FittedModel fitted = fit(QUARTIC, SCALED, Layers.dense(1));
    Path place = folder.resolve("own");
    fitted.save(place);
    FittedModel again = FittedModel.load(place, Known.NOTHING.withLayer(SCALED).withLoss(QUARTIC));
    assertThat(again.loss()).isSameAs(QUARTIC);
    assertThat(again.predict(2.5)).isEqualTo(fitted.predict(2.5));
    assertThat(again.evaluate(LINE)).isEqualTo(fitted.evaluate(LINE));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> FittedModel.load(place))
        .withMessageEndingWith(
            "layer 'scaled' is code of somebody's own, which no file has; FittedModel.load(folder,"
                + " Known.NOTHING.withLayer(…)) gives it back");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> FittedModel.load(place, Known.NOTHING.withLayer(SCALED)))
        .withMessageContaining("loss 'quartic' is code of somebody's own");
  }

  @Test
  void whatHasNoNameOfItsOwnIsNotSaved() {
    Path place = folder.resolve("unnamed");
    Loss lambda = (prediction, target) -> prediction.minus(target).pow(4).mean();
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> fit(lambda, Layers.dense(1)).save(place))
        .withMessage(
            "loss: a lambda has no name that a model could be saved with; Loss.of(name, terms)"
                + " gives it one");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(
            () -> fit(Losses.mse(), Layer.of("tanh()", (x, t) -> x), Layers.dense(1)).save(place))
        .withMessage(
            "layer 'tanh()': expected a name of its own, found that of another layer; it would be"
                + " read as this");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() ->
            fit(
                    Losses.mse(),
                    SCALED,
                    Layer.of("scaled", (x, training) -> x.times(3)),
                    Layers.dense(1))
                .save(place))
        .withMessage("layer 'scaled': expected one of this name, found two");
    assertThat(place).doesNotExist();
    assertThatIllegalArgumentException().isThrownBy(() -> Known.NOTHING.withLoss(lambda));
  }

  @Test
  void aFormulaNeedsNoHelp() {
    FittedModel fitted = fit(Loss.of("(p - y)^4"), Layers.parse("dense(1, 'x * sigmoid(x)')"));
    fitted.save(folder.resolve("formula"));
    FittedModel again = FittedModel.load(folder.resolve("formula"));
    assertThat(again.loss()).isEqualTo(fitted.loss());
    assertThat(again.predict(2.5)).isEqualTo(fitted.predict(2.5));
  }

  @Test
  void aModelIsReadFromAnArchive() throws IOException {
    FittedModel fitted = fit(Losses.mse(), Layers.dense(4), Layers.dense(1));
    Path place = folder.resolve("model");
    fitted.save(place);
    Path archive = folder.resolve("model.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : new String[] {RunFolder.WEIGHTS, RunFolder.MODEL}) {
        zip.putNextEntry(new ZipEntry("some/where/" + name));
        zip.write(Files.readAllBytes(place.resolve(name)));
      }
    }
    try (InputStream in = Files.newInputStream(archive)) {
      assertThat(FittedModel.load(in).predict(2.5)).isEqualTo(fitted.predict(2.5));
    }
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> FittedModel.load(new ByteArrayInputStream(new byte[] {1, 2, 3})))
        .withMessage("archive: expected the files of a saved model, found no model.json");
  }

  @Test
  void aModelIsReadFromTheClassPath() {
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> FittedModel.load(SavedModelTest.class, "/nowhere"))
        .withMessage("resource /nowhere: expected the files of a saved model, found no model.json");
    FittedModel found = FittedModel.load(SavedModelTest.class, "line");
    assertThat(found.predict(10)[0]).isEqualTo(21);
  }

  @Test
  void aModelIsSavedToAnyFileSystem() throws IOException {
    FittedModel fitted = fit(Losses.mse(), Layers.dense(1));
    Path archive = folder.resolve("saved.zip");
    try (var zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      fitted.save(zip.getPath("/models/line"));
      assertThat(FittedModel.load(zip.getPath("/models/line")).predict(2.5))
          .isEqualTo(fitted.predict(2.5));
    }
    try (InputStream in = Files.newInputStream(archive)) {
      assertThat(FittedModel.load(in).predict(2.5)).isEqualTo(fitted.predict(2.5));
    }
  }
}
