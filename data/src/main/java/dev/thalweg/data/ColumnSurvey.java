package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the values of a column are, whatever their order: all of them are counted before anything
/// is concluded.
///
/// A column holds **numbers** if all its values are numbers by one reading ([NumberShape]), and
/// **dates** if all are dates of one order ([DateText]). Otherwise it holds **texts**; but a few
/// texts among numbers are most likely missing values or mistakes, and are a problem: texts that
/// look like nothing (`-`, `none`), or make up no more than a tenth of the numbers, or are few
/// among more than twenty different numbers.
final class ColumnSurvey {

  private static final String CODE =
      "'NA' is taken for missing, though it may be a code as the others are;"
          + " CsvFormat.withMissing(\"?\") takes it for one";

  private final ColumnCounts counts;

  /// @param counts of all its values
  ColumnSurvey(ColumnCounts counts) {
    this.counts = counts;
  }

  /// What the column holds.
  ///
  /// @param signs those of the whole file
  /// @param separator what divides fields
  FoundColumn found(CsvFormat said, FileSigns signs, char separator) {
    var strays = new StrayTexts(counts);
    long numbers = counts.numbers();
    long dated = counts.dated();
    long others =
        counts.texts() + (numbers > 0 && counts.texts() + dated == 0 ? 0 : counts.infinities());
    if (counts.values() == counts.infinities() || (numbers > 0 && dated + others == 0)) {
      return new NumberSurvey(counts, said, signs, separator).found();
    }
    if (dated > 0 && numbers + others == 0) {
      return dates(said);
    }
    SeenField version = counts.version();
    if (version != null && 10 * (version.count + dated) >= 9 * counts.values()) {
      return FoundColumn.of(new FieldFormat.Texts(false))
          .with(
              "texts, as %s may be the number of a version; years of four digits make dates of them"
                  .formatted(CsvTable.quoted(version.text)));
    }
    if (numbers >= dated && strays.areFew(numbers, dated + others, counts.differentNumbers())) {
      FoundColumn found = new NumberSurvey(counts, said, signs, separator).found();
      return found.problem().isPresent()
          ? found
          : strays.problem(found.format(), "number", numbers);
    }
    if (dated > numbers && strays.areFew(dated, numbers + others, ColumnCounts.FEW + 1)) {
      FoundColumn found = dates(said);
      return found.problem().isPresent() ? found : strays.problem(found.format(), "date", dated);
    }
    FoundColumn texts = FoundColumn.of(new FieldFormat.Texts(false));
    return booleans().orElseGet(() -> isCodeMissing(said) ? texts.with(CODE) : texts);
  }

  /// Whether `NA`, which stands for a missing value, is beside codes like it: of countries, it is
  /// Namibia's.
  private boolean isCodeMissing(CsvFormat said) {
    int place = said.missing().indexOf("NA");
    return place >= 0
        && (counts.missingTexts() >> Math.min(place, 63) & 1) == 1
        && counts.otherTexts() == 0
        && counts.texts() == counts.values()
        && counts.different().keySet().stream().allMatch(ColumnSurvey::isCode);
  }

  private static boolean isCode(String text) {
    return text.length() == 2 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }

  private FoundColumn dates(CsvFormat said) {
    if (SeenField.count(counts.byOrder(), DateText.SHORT_YEAR) > 0) {
      return shortDates(said);
    }
    long dated = counts.dated();
    long byDay = SeenField.count(counts.byOrder(), DateText.DAY_FIRST);
    long byMonth = SeenField.count(counts.byOrder(), DateText.MONTH_FIRST);
    if (byDay == dated
        && byMonth == dated
        && SeenField.count(counts.byOrder(), DateText.YEAR_FIRST) < dated) {
      SeenField seen = counts.byOrder().get(DateText.DAY_FIRST | DateText.MONTH_FIRST);
      if (said.dayFirst().isEmpty() && seen != null) {
        return FoundColumn.problem(
            new FieldFormat.Dates(FieldFormat.Dates.Order.DAY_FIRST),
            seen.line,
            "%s begins with the day or with the month; CsvFormat.withDayFirst(true) or CsvFormat.withDayFirst(false) says which"
                .formatted(CsvTable.quoted(seen.text)));
      }
      return FoundColumn.of(
          new FieldFormat.Dates(
              said.dayFirst().orElse(true)
                  ? FieldFormat.Dates.Order.DAY_FIRST
                  : FieldFormat.Dates.Order.MONTH_FIRST));
    }
    for (var order : FieldFormat.Dates.Order.values()) {
      if (SeenField.count(counts.byOrder(), order.bit()) == dated) {
        return FoundColumn.of(new FieldFormat.Dates(order));
      }
    }
    return notAlike();
  }

  /// Where years have two digits, any number may be the year.
  private FoundColumn shortDates(CsvFormat said) {
    var orders = new ArrayList<FieldFormat.Dates.Order>();
    for (var order : FieldFormat.Dates.Order.values()) {
      boolean asSaid =
          order == FieldFormat.Dates.Order.DAY_FIRST
              ? said.dayFirst().orElse(true)
              : !said.dayFirst().orElse(false);
      if (asSaid && SeenField.count(counts.byOrder(), order.bit()) == counts.dated()) {
        orders.add(order);
      }
    }
    if (orders.isEmpty()) {
      return notAlike();
    }
    SeenField seen = counts.shortDate();
    var format =
        new FieldFormat.Dates(
            said.dayFirst().equals(Optional.of(false)) ? orders.getLast() : orders.getFirst());
    if (orders.size() > 1 && seen != null && said.dayFirst().isEmpty()) {
      return FoundColumn.problem(
          format,
          seen.line,
          "%s begins with %s; CsvFormat.withDayFirst(true) or CsvFormat.withDayFirst(false) says which, and years of four digits do"
              .formatted(
                  CsvTable.quoted(seen.text),
                  orders.stream().map(ColumnSurvey::first).collect(Collectors.joining(" or "))));
    }
    return FoundColumn.of(format).with("years of two digits are 1969 to 2068");
  }

  private static String first(FieldFormat.Dates.Order order) {
    return switch (order) {
      case YEAR_FIRST -> "the year";
      case DAY_FIRST -> "the day";
      case MONTH_FIRST -> "the month";
      case TIME -> "the hour";
    };
  }

  private FoundColumn notAlike() {
    var seen = new ArrayList<>(counts.byOrder().values());
    return FoundColumn.problem(
        new FieldFormat.Texts(false),
        seen.getFirst().line,
        "%s and %s are not written alike"
            .formatted(CsvTable.quoted(seen.get(0).text), seen.get(1)));
  }

  /// Yes and no in more than one spelling.
  private Optional<FoundColumn> booleans() {
    return counts.otherTexts() == 0
            && counts.texts() == counts.values()
            && YesNo.areInSeveralSpellings(counts.different().keySet())
        ? Optional.of(
            FoundColumn.of(new FieldFormat.Texts(true))
                .with(
                    "upper and lower case make no difference, as in "
                        + String.join(", ", counts.different().keySet())))
        : Optional.empty();
  }
}
