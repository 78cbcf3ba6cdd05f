package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.CsvStream;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Schema;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableOptions;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that are passed through again in each epoch, as those of a file that is larger than the
/// memory.
class RowSourceTrainingTest {

  private static final Dataset IRIS = Datasets.named("iris");

  @TempDir Path folder;

  private static Trainer trainer(Sampling sampling) {
    return Trainer.defaults()
        .withEpochs(3)
        .withBatchSize(32)
        .withSeed(4)
        .withSampling(sampling)
        .withStandardize(false);
  }

  private static FittedModel fit(Trainer trainer, Loss loss, RowSource rows) {
    return trainer.fit(Models.parse("mlp(8)", 3), loss, Optimizers.adamw(0.01), rows);
  }

  private static FittedModel fit(Trainer trainer, Loss loss, Dataset rows) {
    return trainer.fit(Models.parse("mlp(8)", 3), loss, Optimizers.adamw(0.01), rows);
  }

  private static void assertSame(FittedModel found, FittedModel expected) {
    assertThat(found.network().sameWeights(expected.network())).isTrue();
    var epochs = found.history().orElseThrow().epochs();
    var others = expected.history().orElseThrow().epochs();
    assertThat(epochs)
        .extracting(epoch -> List.of(epoch.steps(), epoch.loss(), epoch.score()))
        .isEqualTo(
            others.stream()
                .map(epoch -> List.of(epoch.steps(), epoch.loss(), epoch.score()))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void batchesPreparedInTheBackgroundGiveTheBitsOfTheDataSet(Sampling sampling) {
    var trainer = trainer(sampling);
    var expected = fit(trainer, Losses.softmaxCrossEntropy(), IRIS);
    RowSource rows = IRIS.source(sampling, 4);
    assertSame(fit(trainer, Losses.softmaxCrossEntropy(), rows), expected);
    assertSame(fit(trainer, Losses.softmaxCrossEntropy(), rows.ahead(7, 2)), expected);
  }

  @Test
  void scalesAreThoseOfTheRows() {
    var trainer = trainer(Sampling.SEQUENTIAL).withStandardize(true);
    var fitted = fit(trainer, Losses.softmaxCrossEntropy(), IRIS.source(Sampling.SEQUENTIAL, 0));
    var expected = fit(trainer, Losses.softmaxCrossEntropy(), IRIS);
    assertSame(fitted, expected);
    assertThat(fitted.preprocessing()).isEqualTo(expected.preprocessing());
    assertThat(fitted.evaluate(IRIS.source(Sampling.SEQUENTIAL, 0)))
        .isEqualTo(expected.evaluate(IRIS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax_cross_entropy(class_weights=balanced)", "softmax_cross_entropy"})
  void weightsOfRowsAndClassesAreThoseOfTheDataSet(String text) {
    var loss = Losses.parse(text);
    var weights = new double[150];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 5 / 2.0;
    }
    int[] most = java.util.stream.IntStream.range(0, 130).toArray();
    var data = IRIS.withSampleWeights(weights).subset(most);
    var trainer = trainer(Sampling.SHUFFLE);
    var expected = fit(trainer, loss, data);
    assertSame(fit(trainer, loss, data.source(Sampling.SHUFFLE, 4)), expected);
    assertThat(expected.network().sameWeights(fit(trainer, loss, IRIS.subset(most)).network()))
        .isFalse();
  }

  /// y = x₁ + 2 for one category, − 2 for the other; some x missing.
  private Path file(int rows) throws IOException {
    var text = new StringBuilder("x,sign,y\n");
    for (int i = 0; i < rows; i++) {
      double x = i * 37 % 101 / 50.0 - 1;
      text.append(i % 50 == 13 ? "" : x).append(',').append(i % 3 == 0 ? "plus" : "minus");
      text.append(',').append(x + (i % 3 == 0 ? 2 : -2)).append('\n');
    }
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  @Test
  void aFileIsLearnedFromWithoutBeingHeld() throws IOException {
    var parts = CsvStream.open(file(3000), TableOptions.target("y")).split(0.8, 1);
    var fitted =
        Trainer.defaults()
            .withEpochs(8)
            .fit(
                Models.parse("linear", 1),
                Losses.mse(),
                Optimizers.adamw(0.05),
                parts.train().shuffled(1, 500),
                parts.test());
    var judged = fitted.evaluate(parts.test());
    assertThat(judged.r2()).isGreaterThan(0.98);
    var last = fitted.history().orElseThrow().epochs().getLast();
    assertThat(last.validationLoss().orElseThrow()).isEqualTo(judged.loss());
  }

  @Test
  void anEvaluationOfAFileIsThatOfItsRows() throws IOException {
    var file = file(2500);
    var table = Table.read(file, TableOptions.target("y"));
    var encoding = TableEncoding.fit(table);
    var fitted =
        Trainer.defaults()
            .withEpochs(2)
            .fit(
                Models.parse("linear", 1),
                Losses.mse(),
                Optimizers.adamw(0.05),
                encoding.apply(table));
    var expected = fitted.evaluate(encoding.apply(table));
    try (var rows = encoding.openLabelled(file, CsvFormat.found())) {
      assertThat(fitted.evaluate(rows)).isEqualTo(expected);
      assertThat(rows.report().missing()).hasSize(1);
    }
    Files.writeString(file, "x,sign,y\n1,plus,\n2,minus,NA\n");
    try (var rows = encoding.openLabelled(file, CsvFormat.found())) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> fitted.evaluate(rows))
          .withMessage(file + ": expected values in column 'y', found none");
    }
  }

  @Test
  void whatCannotBeReadEndsTheTraining() {
    RowSource rows = IRIS.source(Sampling.SHUFFLE, 0);
    RowSource failing =
        new RowSource() {
          @Override
          public Schema schema() {
            return rows.schema();
          }

          @Override
          public long rows() {
            return rows.rows();
          }

          @Override
          public BatchReader pass(int epoch) {
            if (epoch == 2) {
              throw new IllegalStateException("rows.csv: can't be read");
            }
            return rows.pass(epoch);
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(trainer(Sampling.SHUFFLE), Losses.softmaxCrossEntropy(), failing))
        .withMessage("rows.csv: can't be read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(trainer(Sampling.SHUFFLE), Losses.mse(), rows))
        .withMessageStartingWith("mse compares numbers, and iris has classes");
  }

  /// Milliseconds since 1970, which floats don't tell apart within two minutes.
  @Test
  void aStreamIsCentredBeforeItIsRounded(@TempDir Path folder) throws IOException {
    var text = new StringBuilder("t,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(1_700_000_000_000L + 1000L * i).append(i < 20 ? ",a\n" : ",b\n");
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    CsvStream stream = CsvStream.open(file, TableOptions.target("y"));
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(60)
            .withBatchSize(8)
            .fit(
                Models.linear(2),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.1),
                stream.shuffled(1, 40));
    assertThat(fitted.evaluate(stream).score()).isGreaterThan(0.9);
  }
}
