package dev.thalweg.examples;

import static dev.thalweg.nn.Activation.RELU;
import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Losses.mse;
import static dev.thalweg.nn.Losses.softmaxCrossEntropy;
import static dev.thalweg.optim.Optimizers.adamw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module dev.thalweg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java of `docs/first-hour.md`; see [DocumentedSnippetsTest].
class FirstHourTest {

  @Test
  void aModelThatWasSavedPredicts(@TempDir Path place) {
    Path folder = place.resolve("model");
    Trainer.defaults()
        .fit(
            Sequential.of(dense(16, RELU), dense(3)),
            softmaxCrossEntropy(),
            adamw(1e-2),
            Datasets.named("iris"))
        .save(folder);
    // snippet: predict
    FittedModel model = FittedModel.load(folder);
    double[] probabilities = model.predict(5.1, 3.5, 1.4, 0.2);
    List<String> species = model.classNames();
    // end
    assertThat(species).containsExactly("setosa", "versicolor", "virginica");
    assertThat(probabilities[0]).isGreaterThan(0.9);
  }

  @Test
  void recordsBecomeADataSet() {
    // snippet: records
    record House(double area, int rooms, String district, double price) {}
    List<House> sold =
        List.of(
            new House(62, 2, "north", 171),
            new House(118, 5, "old town", 402),
            new House(75, 3, "north", 205),
            new House(54, 2, "old town", 188));
    Dataset data = Dataset.ofRecords(sold, "price");
    // end
    assertThat(data.rows()).isEqualTo(4);
    assertThat(data.featureNames()).hasSize(4).contains("area", "rooms");
    assertThat(data.task()).isEqualTo(Task.REGRESSION);
  }

  /// Area, rooms, district and price of 300 houses; an area is missing now and then.
  private static String houses() {
    var text = new StringBuilder("area,rooms,district,price\n");
    String[] districts = {"north", "south", "old town"};
    for (int i = 0; i < 300; i++) {
      int area = 40 + i * 37 % 120;
      int district = i % 3;
      double price = area * (2.5 + 0.4 * district) + i * 7919 % 5000 / 1000.0;
      String shown = i % 50 == 49 ? "" : String.valueOf(area);
      text.append("%s,%d,%s,%s%n".formatted(shown, 1 + area / 30, districts[district], price));
    }
    return text.toString();
  }

  @Test
  void aCsvFileOfYourOwn(@TempDir Path place) throws IOException {
    Path file = Files.writeString(place.resolve("houses.csv"), houses());
    long seed = 7;
    // snippet: csv
    Table table = Table.read(file, TableOptions.target("price"));
    TableSplit parts = table.split(0.8, seed);
    TableEncoding encoding = TableEncoding.fit(parts.train());
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(200)
            .withSeed(seed)
            .fit(
                Sequential.of(dense(32, RELU), dense(1)),
                mse(),
                adamw(1e-2),
                encoding.apply(parts.train()));
    Evaluation judged = fitted.evaluate(encoding.apply(parts.test()));
    double r2 = judged.r2();

    record Offer(double area, int rooms, String district) {}
    Prediction answer = fitted.predict(new Offer(80, 3, "north"));
    double price = answer.value();
    var same = fitted.predict(Map.of("area", 80, "rooms", 3, "district", "north"));
    // end
    assertThat(r2).isGreaterThan(0.9);
    assertThat(price).isCloseTo(80 * 2.5 + 2.5, within(20.0));
    assertThat(same).isEqualTo(answer);
    Path other = Files.writeString(place.resolve("other.csv"), houses());
    Path folder = place.resolve("model");
    // snippet: files
    fitted.save(folder);
    FittedModel loaded = FittedModel.load(folder);
    Evaluation ofFile = loaded.evaluate(other); // as ./thalweg evaluate
    List<Prediction> ofRows = loaded.predict(other); // as ./thalweg predict
    Dataset rows = loaded.read(other); // as features, in the model's own terms
    // end
    assertThat(ofFile.rows()).isEqualTo(300);
    assertThat(ofRows).hasSize(300);
    assertThat(loaded.evaluate(rows)).isEqualTo(ofFile);
  }

  @Test
  void aFileThatIsLargerThanTheMemory(@TempDir Path place) throws IOException {
    Path file = Files.writeString(place.resolve("houses.csv"), houses());
    long seed = 7;
    // snippet: stream
    CsvStream.Parts halves = CsvStream.open(file, TableOptions.target("price")).split(0.5, seed);
    FittedModel streamed =
        Trainer.defaults()
            .withEpochs(200)
            .fit(
                Sequential.of(dense(32, RELU), dense(1)),
                mse(),
                adamw(1e-2),
                halves.train().shuffled(seed, 10_000));
    double r2 = streamed.evaluate(halves.test()).r2();
    // end
    assertThat(r2).isGreaterThan(0.9);
  }
}
