package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsTest {

  enum Colour {
    RED,
    BLUE
  }

  record Car(
      double mpg,
      int gears,
      @Nullable Float hp,
      @Nullable String origin,
      Colour colour,
      boolean diesel) {}

  private static final List<Car> CARS =
      List.of(
          new Car(18.5, 3, 130f, "USA", Colour.RED, false),
          new Car(24, 4, null, "Japan", Colour.BLUE, true),
          new Car(31.5, 5, 90f, null, Colour.RED, false),
          new Car(30, 5, Float.NaN, "", Colour.RED, false));

  @Test
  void componentsAreColumns() {
    Dataset data = Dataset.ofRecords(CARS, "mpg");
    assertThat(data).hasToString("Car: 4 rows, 9 features, regression of mpg");
    assertThat(data.featureNames())
        .containsExactly(
            "gears",
            "hp",
            "origin=Japan",
            "origin=USA",
            "origin=(missing)",
            "colour=BLUE",
            "colour=RED",
            "diesel=false",
            "diesel=true");
    assertThat(data.row(0)).containsExactly(3, 130, 0, 1, 0, 0, 1, 1, 0);
    assertThat(data.row(1)).containsExactly(4, 110, 1, 0, 0, 1, 0, 0, 1);
    assertThat(data.row(2)).containsExactly(5, 90, 0, 0, 1, 0, 1, 1, 0);
    assertThat(data.row(3)).containsExactly(5, 110, 0, 0, 1, 0, 1, 1, 0);
    assertThat(data.targets()).containsExactly(18.5f, 24, 31.5f, 30);
  }

  @Test
  void theTargetMayBeACategory() {
    Table table =
        Table.ofRecords(
            CARS, TableOptions.target("diesel").withCategorical("gears").withIgnored("mpg"));
    assertThat(table.classNames()).containsExactly("false", "true");
    assertThat(table.taskReason()).isEqualTo("classification, as 'diesel' holds 2 different texts");
    assertThat(table.isCategorical("gears")).isTrue();
    Dataset data = table.dataset();
    assertThat(data.labels()).containsExactly(0, 1, 0, 0);
    assertThat(data.featureNames()).startsWith("gears=3", "gears=4", "gears=5", "hp");
  }

  @Test
  void aRecordIsEncodedAsItsTableWas() {
    TableEncoding encoding = TableEncoding.fit(Table.ofRecords(CARS, TableOptions.target("mpg")));
    var mars = new Car(0, 6, null, "Mars", Colour.BLUE, false);
    assertThat(encoding.features(List.of(CARS.getFirst(), mars)))
        .containsExactly(3, 130, 0, 1, 0, 0, 1, 1, 0, 6, 110, 0, 0, 0, 1, 0, 1, 0);
  }

  record Dated(double x, LocalDate when) {}

  record Timed(double x, Duration took) {}

  record Visit(LocalDate day, double x, double y) {}

  @Test
  void whatIsNotUsedMayBeOfAnyType() {
    var visits =
        List.of(new Visit(LocalDate.EPOCH, 1, 2.5), new Visit(LocalDate.EPOCH.plusDays(1), 2, 4));
    var table = Table.ofRecords(visits, TableOptions.target("y").withIgnored("day"));
    assertThat(table.columnNames()).containsExactly("x");
    assertThat(TableEncoding.fit(table).features(visits)).containsExactly(1, 2);
  }

  @Test
  void whatCannotBeAColumnIsOneSentence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.ofRecords(List.of(new Timed(1, Duration.ZERO)), "x"))
        .withMessage(
            "Timed: expected numbers, texts, enums, booleans and dates of java.time, found"
                + " component took of type Duration; TableOptions.withIgnored(\"took\") leaves it"
                + " out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.ofRecords(List.of(), "x"))
        .withMessage("records: expected at least 2, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.ofRecords(CARS, "mgp"))
        .withMessageStartingWith("Car: unknown column 'mgp' (did you mean 'mpg'?)");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Dataset.ofRecords(
                List.of(
                    CARS.getFirst(), new Car(1, 1, Float.NEGATIVE_INFINITY, "", Colour.RED, true)),
                "mpg"))
        .withMessage("Car: expected a finite float, found -Infinity (row 1, component hp)");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Dataset.<Record>ofRecords(
                List.of(CARS.getFirst(), new Dated(1, LocalDate.EPOCH)), "mpg"))
        .withMessage("records: expected a Car as the first one is, found a Dated (row 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.ofRecords(CARS.subList(0, 1), "mpg"))
        .withMessageContaining("expected at least 2 different numbers, found only 18.5");
  }
}
