package dev.thalweg.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Fit;
import dev.thalweg.data.Split;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.TableSplit;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a model knows of the table it was trained on survives its folder.
class PreprocessingTest {

  private static final String CARS =
      """
      mpg,origin,weight,doors
      18.5,USA,3504,2
      15.25,USA,3693,4
      24,Japan,2372,?
      26,Europe,1835,2
      31.5,Japan,1773,2
      16.5,USA,,4
      """;

  @TempDir private Path place = Path.of("");

  private static Table cars() {
    return Table.parse(
        "cars.csv", CARS.getBytes(UTF_8), TableOptions.target("mpg").withCategorical("doors"));
  }

  private static FittedModel fit(Dataset train) {
    int outputs = train.task() == Task.CLASSIFICATION ? train.classes() : 1;
    return Trainer.defaults()
        .withEpochs(3)
        .withBatchSize(4)
        .fit(
            Models.parse("mlp(8)", outputs),
            Trainer.defaultLoss(train.task()),
            Optimizers.adamw(0.01),
            train);
  }

  private static double[] predictions(FittedModel fitted, String csv) {
    Preprocessing preprocessing = fitted.preprocessing();
    try (var reader =
        preprocessing.encoding().open("p.csv", csv.getBytes(UTF_8), CsvFormat.found())) {
      var x = new double[100 * preprocessing.features()];
      int rows = reader.read(x);
      return fitted.predictRows(Arrays.copyOf(x, rows * preprocessing.features()));
    }
  }

  @Test
  void aLoadedModelPredictsTheSameBitsFromATable() {
    TableSplit parts = cars().split(0.7, 1);
    FittedModel fitted = fit(parts.encoded().train());
    fitted.save(place.resolve("m"));
    FittedModel loaded = FittedModel.load(place.resolve("m"));
    assertThat(loaded.preprocessing()).isEqualTo(fitted.preprocessing());
    assertThat(loaded.preprocessing().encoding()).isEqualTo(TableEncoding.fit(parts.train()));
    assertThat(loaded.preprocessing().encoding().target()).isEqualTo("mpg");
    assertThat(predictions(loaded, CARS)).hasSize(6).isEqualTo(predictions(fitted, CARS));
    // Columns in another order, one more, a category that nobody knows, another way of writing.
    String other =
        "weight;doors;colour;origin\n3504,0;2,0;red;USA\n3693,0;4,0;red;USA\n1773,5;2;red;Mars\n";
    assertThat(Arrays.copyOf(predictions(loaded, other), 2))
        .isEqualTo(Arrays.copyOf(predictions(fitted, CARS), 2));
    // And as records.
    assertThat(
            loaded.predictRows(
                loaded.preprocessing().encoding().features(List.of(new Car("USA", 3504, 2)))))
        .containsExactly(predictions(fitted, CARS)[0]);
  }

  record Car(String origin, double weight, int doors) {}

  @Test
  void theTestPartIsEncodedByWhatTheTrainingPartHas() {
    Split parts = cars().split(0.7, 1).encoded();
    FittedModel fitted = fit(parts.train());
    assertThat(fitted.evaluate(parts.test()).rows()).isEqualTo(2);
    assertThat(fitted.preprocessing().features()).isEqualTo(parts.test().features());
  }

  @Test
  void aModelOfArraysReadsTablesWithItsFeatures() {
    Split iris = Datasets.named("digits").split(0.1, 0);
    FittedModel fitted = fit(iris.train());
    fitted.save(place.resolve("m"));
    FittedModel loaded = FittedModel.load(place.resolve("m"));
    assertThat(loaded.preprocessing()).isEqualTo(fitted.preprocessing());
    assertThat(place.resolve("m").resolve(RunFolder.MODEL))
        .content()
        .contains("\"target\": \"digit\"")
        .doesNotContain("\"table\"");
    var text = new StringBuilder();
    float[] row = iris.test().row(0);
    double[] pixels = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      pixels[i] = row[i];
      text.append((int) row[i]).append(',');
    }
    assertThat(predictions(loaded, text + "5\n")).isEqualTo(loaded.predictRows(pixels));
  }

  @Test
  void aDescriptionOfTheFirstFormatIsStillRead() throws IOException {
    Dataset iris =
        Dataset.classification(
                "iris",
                Datasets.named("iris").x(),
                4,
                Datasets.named("iris").labels(),
                Datasets.named("iris").classNames())
            .withFeatureNames(Datasets.named("iris").featureNames());
    FittedModel fitted = fit(iris);
    fitted.save(place.resolve("m"));
    Path file = place.resolve("m").resolve(RunFolder.MODEL);
    String text = Files.readString(file);
    assertThat(text).contains("\"format\": 4", "  \"target\": \"class\",\n");
    Files.writeString(
        file,
        text.replace("\"format\": 4", "\"format\": 1").replace("  \"target\": \"class\",\n", ""));
    FittedModel loaded = FittedModel.load(place.resolve("m"));
    assertThat(loaded.preprocessing()).isEqualTo(fitted.preprocessing());
    assertThat(predictions(loaded, "5.1,3.5,1.4,0.2\n"))
        .isEqualTo(fitted.predictRows(5.1, 3.5, 1.4, 0.2));
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    TableEncoding encoding = TableEncoding.fit(cars());
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Preprocessing(
                "cars",
                Task.REGRESSION,
                List.of("a"),
                Optional.empty(),
                Fit.CROP,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                encoding))
        .withMessage(
            "table: expected columns that become 1 features for regression, found 7 for"
                + " regression");
  }

  @Test
  void datesAreReadFromTheFolderAsTheyWereLearned() {
    String text =
        "sold,at,mpg\n1.2.2024,10:00,1.5\n13.2.2024,11:30,2\n14.3.2024,9:15,3\n2.4.2024,8:00,4.5\n";
    Table table = Table.parse("t.csv", text.getBytes(UTF_8), TableOptions.target("mpg"));
    FittedModel fitted = fit(table.dataset());
    fitted.save(place.resolve("run"));
    FittedModel loaded = FittedModel.load(place.resolve("run"));
    assertThat(loaded.preprocessing().encoding()).isEqualTo(TableEncoding.fit(table));
    String rows = "sold,at\n5.5.2024,23:59\n,10:00\n";
    assertThat(predictions(loaded, rows)).isEqualTo(predictions(fitted, rows));
  }
}
