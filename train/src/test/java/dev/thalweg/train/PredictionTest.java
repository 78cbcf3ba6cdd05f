package dev.thalweg.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableOptions;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionTest {

  private static final String HOUSES =
      """
      area,rooms,district,price
      62,2,north,171.5
      118,5,old town,402
      75,3,north,205
      54,2,old town,188
      93,4,south,260
      ,4,south,255
      81,3,,219
      70,3,north,199.5
      """;

  enum District {
    north,
    south,
    heath
  }

  record Offer(double area, int rooms, String district) {}

  record Boxed(@Nullable Double area, Integer rooms, District district, String note) {}

  record Other(double area, String rooms, String district) {}

  @TempDir Path folder;

  private static FittedModel houses(Sequential model) {
    Table table = Table.parse("houses.csv", HOUSES.getBytes(UTF_8), TableOptions.target("price"));
    return Trainer.defaults()
        .withEpochs(20)
        .fit(model, Losses.mse(), Optimizers.adam(0.01), table.dataset());
  }

  private static final FittedModel PRICES = houses(Models.parse("mlp(8)", 1));

  @Test
  void aRecordAMapAndALineOfAFileGiveTheSameBits() throws IOException {
    Path file = folder.resolve("offers.csv");
    Files.writeString(file, "district,rooms,area\nnorth,3,80\nheath,2,\n,5,120\n");
    List<Prediction> ofFile = PRICES.predict(file);
    Map<String, @Nullable Object> second = new HashMap<>();
    second.put("area", null);
    second.put("rooms", 2L);
    second.put("district", District.heath);
    second.put("garden", "large");
    List<Prediction> ofMaps =
        List.of(
            PRICES.predict(Map.of("area", 80, "rooms", 3, "district", "north")),
            PRICES.predict(second),
            PRICES.predict(Map.of("area", 120.0, "rooms", 5, "district", "")));
    List<Prediction> ofRecords =
        List.of(
            PRICES.predict(new Offer(80, 3, "north")),
            PRICES.predict(new Boxed(null, 2, District.heath, "")),
            PRICES.predict(new Offer(120, 5, " ")));
    assertThat(ofMaps).isEqualTo(ofFile);
    assertThat(ofRecords).isEqualTo(ofFile);
    assertThat(ofFile.get(0).missing()).isEmpty();
    assertThat(ofFile.get(0).unknown()).isEmpty();
    assertThat(ofFile.get(1).missing()).containsExactly("area");
    assertThat(ofFile.get(1).unknown()).containsExactly(Map.entry("district", "heath"));
    assertThat(ofFile.get(1).toString()).endsWith(", missing: area, unknown: district heath");
    assertThat(ofFile.get(2).missing()).containsExactly("district");
    float[] rows =
        PRICES.predictRows(List.of(new Offer(80, 3, "north"), new Offer(Double.NaN, 2, "heath")));
    assertThat((float) ofFile.get(0).value()).isEqualTo(rows[0]);
    assertThat((float) ofFile.get(1).value()).isEqualTo(rows[1]);
    // A layer of one's own knows no quick way.
    FittedModel slow =
        houses(
            Sequential.of(Layer.of("same", (x, training) -> x), Layers.flatten(), Layers.dense(1)));
    assertThat((float) slow.predict(new Offer(80, 3, "north")).value())
        .isEqualTo(slow.predictRows(List.of(new Offer(80, 3, "north")))[0]);
  }

  @Test
  void aClassificationHasALabelAndProbabilities() {
    FittedModel iris =
        Trainer.defaults()
            .withEpochs(40)
            .fit(
                Models.parse("mlp(8)", 3),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.01),
                Datasets.named("iris"));
    Prediction answer =
        iris.predict(
            Map.of(
                "sepal_length_cm", 5.1,
                "sepal_width_cm", 3.5,
                "petal_length_cm", 1.4,
                "petal_width_cm", 0.2));
    double[] p = iris.predict(5.1, 3.5, 1.4, 0.2);
    assertThat(answer.label()).isEqualTo("setosa");
    assertThat(answer.labelIndex()).isZero();
    assertThat(answer.probability()).isEqualTo(p[0]);
    assertThat(new ArrayList<>(answer.probabilities().values())).containsExactly(p[0], p[1], p[2]);
    assertThat(answer.probabilities().sequencedKeySet())
        .containsExactlyElementsOf(iris.classNames());
    assertThat(answer.probability("virginica")).isEqualTo(p[2]);
    assertThat(answer.toString()).startsWith("setosa (0.");
    FittedModel sure = iris.withPositive("setosa").withThreshold(Math.nextUp(p[0]));
    assertThat(
            sure.predict(
                    Map.of(
                        "sepal_length_cm", 5.1,
                        "sepal_width_cm", 3.5,
                        "petal_length_cm", 1.4,
                        "petal_width_cm", 0.2))
                .label())
        .isEqualTo(iris.classNames().get(sure.decide(p)))
        .isNotEqualTo("setosa");
    assertThatIllegalStateException()
        .isThrownBy(answer::value)
        .withMessageStartingWith("value: expected a regression, found classes; label()");
    assertThatIllegalStateException()
        .isThrownBy(PRICES.predict(new Offer(80, 3, "north"))::label)
        .withMessage("label: expected classes, found a regression; value() is its answer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answer.probability("sotosa"))
        .withMessageContaining("did you mean 'setosa'?");
  }

  record Trip(Object when, String at) {}

  record Moment(LocalDateTime when, LocalTime at) {}

  record Day(@Nullable LocalDate when, String at) {}

  @Test
  void datesOfARecordAreAsInAFile() throws IOException {
    var text = new StringBuilder("when,at,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(LocalDateTime.of(2023, 1, 1, 7, 5, 9).plusHours(31L * i).plusMinutes(i))
          .append(",%d:%02d,%d.5\n".formatted(7 + i % 9, i % 60, 3 * i));
    }
    Path file = folder.resolve("trips.csv");
    Files.writeString(file, text);
    FittedModel trips =
        Trainer.defaults()
            .withEpochs(2)
            .fit(
                Models.parse("mlp(4)", 1),
                Losses.mse(),
                Optimizers.adam(0.01),
                Table.read(file, TableOptions.target("y")).dataset());
    assertThat(trips.preprocessing().featureNames()).contains("when=monday", "at=sin of day");
    List<Prediction> ofFile = trips.predict(file);
    for (int i = 0; i < 40; i++) {
      LocalDateTime when = LocalDateTime.of(2023, 1, 1, 7, 5, 9).plusHours(31L * i).plusMinutes(i);
      LocalTime at = LocalTime.of(7 + i % 9, i % 60);
      assertThat(trips.predict(new Moment(when, at))).isEqualTo(ofFile.get(i));
      assertThat(trips.predict(Map.of("when", when.toInstant(ZoneOffset.UTC), "at", at.toString())))
          .isEqualTo(ofFile.get(i));
    }
    assertThat(trips.predict(new Day(LocalDate.of(2023, 5, 1), "12:00")))
        .isEqualTo(trips.predict(Map.of("when", "2023-05-01", "at", LocalTime.NOON)));
    assertThat(trips.predict(new Day(null, "")).missing()).containsExactly("when", "at");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trips.predict(new Trip(LocalDate.EPOCH, "12:00")))
        .withMessage(
            "Trip: expected texts, LocalDate, LocalDateTime or Instant in component when, found"
                + " type Object");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trips.predict(Map.of("when", 7, "at", "12:00")))
        .withMessage("predict: expected a date such as 2024-12-31 for 'when', found Integer '7'");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRICES.predict(80, 3, 1))
        .withMessage(
            "predict: the model takes rows of a table, area, rooms, district, of whose column"
                + " district it makes features by itself; call predict(record) or"
                + " predict(Map.of(\"area\", …))");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRICES.predict(Map.of("area", 80, "room", 3, "district", "north")))
        .withMessageContaining("expected column rooms (or is it 'room'?), found ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRICES.predict(Map.of("area", "80", "rooms", 3, "district", "north")))
        .withMessage("predict: expected a number for 'area', found String '80'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRICES.predict(new Other(80, "3", "north")))
        .withMessage("Other: expected numbers in component rooms, found type String");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRICES.predict(new Offer(1e300, 3, "north")))
        .withMessage("predict: expected a finite float for 'area', found 1.0E300");
  }

  @Test
  void aFileIsEvaluatedAsTheCommandDoes() throws IOException {
    Path file = folder.resolve("sold.csv");
    Files.writeString(
        file, "price,district,area,rooms\n180,north,66,2\n260,heath,,4\n199,south,70,3\n");
    Evaluation found = PRICES.evaluate(file);
    assertThat(found.rows()).isEqualTo(3);
    assertThat(PRICES.evaluate(PRICES.read(file))).isEqualTo(found);
    try (var rows = PRICES.preprocessing().encoding().openLabelled(file, CsvFormat.found())) {
      assertThat(PRICES.evaluate(rows)).isEqualTo(found);
    }
  }
}
