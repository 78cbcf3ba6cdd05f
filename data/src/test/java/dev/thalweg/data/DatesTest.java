package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Dates and times of a text table, against java.time.
class DatesTest {

  private static Table table(String text) {
    return Table.parse("t.csv", text.getBytes(UTF_8), TableOptions.target("y"));
  }

  private static double days(String text, int order) {
    var scanner = new DateText();
    return (scanner.scan(text, 0, text.length()) & order) == 0 ? Double.NaN : scanner.days(order);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd|1",
        "yyyy/M/d|1",
        "yyyy.MM.dd|1",
        "dd.MM.yyyy|2",
        "d/M/yyyy|2",
        "dd-MM-yyyy|2",
        "MM/dd/yyyy|4",
        "M-d-yyyy|4",
        "d MMM yyyy|1",
        "dd-MMM-yyyy|2",
        "MMMM d, yyyy|4",
        "MMM d yyyy|2",
        "MMM d,yyyy|4",
        "yyyy-MM-dd'T'HH:mm|1",
        "yyyy-MM-dd HH:mm:ss|1",
        "dd.MM.yyyy HH:mm:ss.SSS|2",
        "M/d/yyyy h:mm a|4",
        "M/d/yyyy h:mm:ssa|4"
      })
  void aDateIsReadAsJavaReadsIt(String pattern, int order) {
    var format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    var random = new Random(pattern.hashCode());
    boolean timed = pattern.contains("m:") || pattern.contains("mm");
    for (int i = 0; i < 2000; i++) {
      LocalDateTime date =
          LocalDateTime.ofEpochSecond(
              random.nextLong(-6_000_000_000L, 6_000_000_000L), 0, ZoneOffset.UTC);
      date = pattern.contains("s") ? date : date.withSecond(0);
      date = timed ? date : date.toLocalDate().atStartOfDay();
      double expected =
          date.toLocalDate().toEpochDay() + date.toLocalTime().toSecondOfDay() / 86_400.0;
      assertThat(days(date.format(format), order)).as(date.format(format)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yy-MM-dd|1",
        "yy/M/dd|1",
        "dd.MM.yy|2",
        "d/M/yy|2",
        "M/d/yy|4",
        "M-d-yy|4",
        "dd-MMM-yy|1",
        "d MMM yy|2",
        "MMM d, yy|4",
        "M/d/yy h:mm a|4",
        "dd.MM.yy HH:mm:ss|2"
      })
  void aYearOfTwoDigitsIsAsInPosix(String pattern, int order) {
    int year = pattern.indexOf("yy");
    var format =
        new DateTimeFormatterBuilder()
            .appendPattern(pattern.substring(0, year))
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1969)
            .appendPattern(pattern.substring(year + 2))
            .toFormatter(Locale.ENGLISH);
    for (int day = -365; day < 36_159; day += 7) {
      LocalDateTime date = LocalDate.ofEpochDay(day).atTime(9, 30);
      double ofDay = pattern.contains("mm") ? 9.5 / 24 : 0;
      String text = date.format(format);
      assertThat(days(text, order)).as(text).isEqualTo(day + ofDay);
      assertThat(new DateText().scan(text, 0, text.length()) & DateText.SHORT_YEAR).isNotZero();
    }
  }

  @Test
  void whichNumberIsTheYearIsFoundOrAsked() {
    // Months of 13 and more there are none, days of the year 31 neither.
    Table us = table("d,y\n12/31/24,1.5\n2/29/24,2\n");
    assertThat(us.notes()).containsExactly("d: years of two digits are 1969 to 2068");
    assertThat(us.dataset().row(0)[0])
        .isEqualTo((float) (LocalDate.of(2024, 12, 31).toEpochDay() - 19782));
    assertThat(table("d,y\n70-12-31,1.5\n68-02-29,2\n").isCategorical("d")).isFalse();
    assertThatThrownBy(() -> table("d,y\n15/01/24,1.5\n20/02/24,2\n"))
        .hasMessage(
            "t.csv, line 2, column 1 ('d'): '15/01/24' begins with the year or the day;"
                + " CsvFormat.withDayFirst(true) or CsvFormat.withDayFirst(false) says which, and"
                + " years of four digits do; TableOptions.withCategorical(\"d\") takes all values"
                + " of the column for names, TableOptions.withIgnored(\"d\") leaves it out");
    byte[] text = "d,y\n15/01/24,1.5\n20/02/24,2\n".getBytes(UTF_8);
    for (boolean day : new boolean[] {true, false}) {
      CsvTable read = CsvTable.parse("t", text, CsvFormat.found().withDayFirst(day));
      assertThat(read.value(0, 0))
          .isEqualTo(
              (double) (day ? LocalDate.of(2024, 1, 15) : LocalDate.of(2015, 1, 24)).toEpochDay());
    }
    // Where the month has a name, nothing is in doubt.
    assertThat(table("d,y\n01-Feb-03,1.5\n02-Mar-04,2\n").notes())
        .containsExactly("d: years of two digits are 1969 to 2068");
    assertThatThrownBy(() -> table("d,y\n12/31/24,1.5\n31/12/24,2\n"))
        .hasMessageContaining("'31/12/24' and '12/31/24' (line 2) are not written alike");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-12-31T23:30:00Z, 20088.979166666668",
    "2024-12-31T23:30:00+02:00, 20088.895833333332",
    "2024-12-31 23:30:00 -0130, 20089.041666666668",
    "2024-12-31T23:30+01, 20088.9375",
    "2024-12-31 23:30 UTC, 20088.979166666668",
    "2024-12, 20058"
  })
  void aZoneIsTakenIntoAccount(String text, double expected) {
    assertThat(days(text, DateText.YEAR_FIRST)).isEqualTo(expected, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-13-01",
        "2023-02-29",
        "31.11.2024",
        "2024-1",
        "2024-01-01x",
        "2024-01-01T",
        "24-13-32",
        "1.2.24",
        "31.6.24",
        "12.31.24",
        "1/2/3",
        "1/2/024",
        "1.2.3",
        "2024-01/02",
        "2024-01-01T25:00",
        "2024-01-01T10:60",
        "2024-01-01T10:00+1",
        "13:00 PM",
        "May",
        "Mai 5, 2024",
        "5 May",
        "1:2:3",
        "",
        "2024"
      })
  void thisIsNoDate(String text) {
    var scanner = new DateText();
    assertThat(scanner.scan(text, 0, text.length())).isZero();
  }

  @Test
  void aDateBecomesDaysAndWhatTheCalendarSays() {
    var text = new StringBuilder("sold,y\n");
    for (int i = 0; i < 83; i++) {
      text.append(LocalDate.of(2024, 1, 1).plusDays(i)).append(',').append(i * 0.5).append('\n');
    }
    Table table = table(text.toString());
    TableEncoding encoding = TableEncoding.fit(table);
    assertThat(encoding.featureNames())
        .containsExactly(
            "sold",
            "sold=sin of year",
            "sold=cos of year",
            "sold=monday",
            "sold=tuesday",
            "sold=wednesday",
            "sold=thursday",
            "sold=friday",
            "sold=saturday",
            "sold=sunday");
    Dataset data = encoding.apply(table);
    assertThat(data.row(0)).containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 0, 0);
    double turn = 2 * Math.PI * 40 / 366;
    assertThat(data.row(40))
        .containsExactly(40, (float) Math.sin(turn), (float) Math.cos(turn), 0, 0, 0, 0, 0, 1, 0);
    // The days are scaled, what the calendar says has its scale already.
    Standardizer standardizer = Standardizer.fit(data);
    float[] scaled = standardizer.apply(data).row(40);
    assertThat(scaled[0]).isBetween(-1f, 0f);
    assertThat(scaled[8]).isEqualTo(1);
    // Other rows, written otherwise, by the training's beginning.
    try (var reader =
        encoding.open(
            "p.csv", "sold\n2023-12-31\n\n2024-02-10\n?\n".getBytes(UTF_8), table.format())) {
      var x = new float[30];
      assertThat(reader.read(x)).isEqualTo(3);
      assertThat(x[0]).isEqualTo(-1);
      assertThat(x[10]).isEqualTo(40);
      assertThat(x[20]).isEqualTo(41);
      assertThat(x[21]).isZero();
      assertThat(reader.report().notes())
          .containsExactly(
              "sold: 1 missing value became 41.0 days after the first, the mean of the training"
                  + " rows");
    }
    assertThatThrownBy(
            () -> {
              try (var reader =
                  encoding.open("p.csv", "sold\n7\n".getBytes(UTF_8), table.format())) {
                reader.read(new float[10]);
              }
            })
        .hasMessage(
            "p.csv, line 2, column 1 ('sold'): expected a date such as 2024-12-31, found '7'");
  }

  @Test
  void onlyWhatDiffersMakesFeatures() {
    assertThat(
            TableEncoding.fit(table("d,y\n1.1.2024,1.5\n8.1.2024,2\n22.1.2024,3\n")).featureNames())
        .containsExactly("d");
    assertThat(TableEncoding.fit(table("d,y\n10:00,1.5\n8:30 PM,2\n22:15:30,3\n")).featureNames())
        .containsExactly("d", "d=sin of day", "d=cos of day");
  }

  @Test
  void aStreamHasTheSameFeaturesAndRecordsTheSameTexts() throws Exception {
    record Sale(String d) {}
    String text = "d,y\n1/2/2024,1.5\n13/2/2024,2\n,3\n4/3/2024,4\n";
    Table table = table(text);
    var file = Files.createTempFile("dates", ".csv");
    try {
      Files.writeString(file, text);
      CsvStream stream = CsvStream.open(file, TableOptions.target("y"));
      assertThat(stream.encoding()).isEqualTo(TableEncoding.fit(table));
      var x = new float[4 * stream.encoding().features()];
      try (var pass = stream.pass(0)) {
        pass.read(x, new float[4]);
      }
      assertThat(x).isEqualTo(table.dataset().x());
    } finally {
      Files.delete(file);
    }
    assertThat(TableEncoding.fit(table).features(List.of(new Sale("13/2/2024")))[0]).isEqualTo(12);
  }

  private record Visit(
      @Nullable LocalDate day,
      LocalDateTime at,
      Instant seen,
      LocalTime opens,
      LocalDate label,
      double y) {}

  @Test
  void componentsOfJavaTimeAreReadAsTheirTextsInAFile() {
    var visits = new ArrayList<Visit>();
    var text = new StringBuilder("day,at,seen,opens,label,y\n");
    for (int i = 0; i < 400; i += 3) {
      LocalDateTime at = LocalDateTime.of(2023, 11, 5, 8, 30).plusDays(i).plusSeconds(401L * i);
      Instant seen = at.toInstant(ZoneOffset.ofHours(2));
      LocalDate label = LocalDate.of(2024, 1, 1 + i % 2);
      var visit =
          new Visit(i == 9 ? null : at.toLocalDate(), at, seen, at.toLocalTime(), label, i + 0.5);
      visits.add(visit);
      text.append(i == 9 ? "" : visit.day()).append(',').append(at).append(',').append(seen);
      text.append(',').append(visit.opens()).append(',').append(label).append(',');
      text.append(visit.y()).append('\n');
    }
    TableOptions options = TableOptions.target("y").withCategorical("label");
    Table file = Table.parse("t.csv", text.toString().getBytes(UTF_8), options);
    Table records = Table.ofRecords(visits, options);
    TableEncoding encoding = TableEncoding.fit(records);
    assertThat(encoding.columns()).isEqualTo(TableEncoding.fit(file).columns());
    assertThat(encoding.featureNames()).contains("day", "label=2024-01-02");
    assertThat(records.dataset().x()).isEqualTo(file.dataset().x());
    double[] features = encoding.features(visits);
    for (int i = 0; i < features.length; i++) {
      assertThat((float) features[i]).isEqualTo(records.dataset().x()[i]);
    }
    assertThat(Table.ofRecords(visits, TableOptions.target("label")).classNames())
        .containsExactly("2024-01-01", "2024-01-02");
  }

  @Test
  void aMonthAndAYearAreTheFirstDayOfIt() {
    for (String text : List.of("Dec 2024", "december 2024", "Dec. 2024", "Dec-2024")) {
      assertThat(days(text, 2)).isEqualTo((double) LocalDate.of(2024, 12, 1).toEpochDay());
    }
    assertThat(days("Dec 24", 2)).isNaN();
    assertThat(days("Dec-24-2024", 2)).isNaN();
    assertThat(days("Dec 123", 2)).isNaN();
  }

  @Test
  void whatIsNoDateAsAPersonReadsItIsSaid() {
    Table shortYears = table("d,x,y\n" + "1.2.24,1,1.5\n13.2.24,2,2\n".repeat(20));
    assertThat(shortYears.isCategorical("d")).isTrue();
    assertThat(shortYears.notes())
        .containsExactly(
            "d: texts, as '1.2.24' may be the number of a version; years of four digits make dates"
                + " of them");
    assertThatThrownBy(() -> table("d,y\n1/2/2024,1.5\n3/4/2024,2\n"))
        .hasMessage(
            "t.csv, line 2, column 1 ('d'): '1/2/2024' begins with the day or with the month;"
                + " CsvFormat.withDayFirst(true) or CsvFormat.withDayFirst(false) says which");
    assertThatThrownBy(() -> table("d,y\n2024-01-05,1.5\n2024-01-06,2\nsoon,3\n"))
        .hasMessage(
            "t.csv, line 4, column 1 ('d'): 'soon' is not a date, and 2 values of the column are;"
                + " CsvFormat.withMissing(\"soon\") takes it for missing,"
                + " TableOptions.withCategorical(\"d\") takes all values of the column for names");
    // To be predicted, they are names.
    assertThat(
            Table.parse(
                    "t",
                    "y,x\n2024-01-05,1\n2024-01-06,2\n".getBytes(UTF_8),
                    TableOptions.target("y"))
                .classNames())
        .containsExactly("2024-01-05", "2024-01-06");
  }
}
