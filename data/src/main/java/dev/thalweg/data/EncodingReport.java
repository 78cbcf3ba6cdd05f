package dev.thalweg.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What was done to the rows of a table while they became features, for the user to know.
///
/// @param rows how many rows were encoded
/// @param unlabelled how many were left out because what is to be predicted is missing
/// @param missing the columns with missing values, in the order of the encoding
/// @param unseen the columns with categories that the encoding does not know, in the same order
/// @param cut the columns with texts that were longer than is looked at
/// @param ignored columns of the table that the encoding does not use
public record EncodingReport(
    long rows,
    long unlabelled,
    List<Missing> missing,
    List<Unseen> unseen,
    List<Cut> cut,
    List<String> ignored) {

  /// Missing values of a column.
  ///
  /// @param column its name
  /// @param count how many
  /// @param becomes what they became, in words
  public record Missing(String column, long count, String becomes) {}

  /// Values that are none of the categories of a column.
  ///
  /// @param column its name
  /// @param count how many
  /// @param example the first of them
  public record Unseen(String column, long count, String example) {}

  /// Texts that are longer than is looked at.
  ///
  /// @param column its name
  /// @param count how many texts
  /// @param left how many tokens of these were left out, all in all
  /// @param length how many tokens of a text are looked at
  public record Cut(String column, long count, long left, int length) {}

  /// Copies the lists.
  public EncodingReport {
    missing = List.copyOf(missing);
    unseen = List.copyOf(unseen);
    cut = List.copyOf(cut);
    ignored = List.copyOf(ignored);
  }

  /// A sentence for each thing that a user should know; none where all went in as it stood.
  public List<String> notes() {
    var notes = new ArrayList<String>();
    if (unlabelled > 0) {
      notes.add(count(unlabelled, "row") + " left out, as there is nothing in it to be predicted");
    }
    for (Missing column : missing) {
      notes.add(
          CsvTable.shown(column.column)
              + ": "
              + count(column.count, "missing value")
              + " became "
              + column.becomes);
    }
    for (Unseen column : unseen) {
      notes.add(
          "%s: %s not known from training (%s): 0 in all of the column's features"
              .formatted(
                  CsvTable.shown(column.column),
                  count(column.count, "value"),
                  CsvTable.quoted(column.example)));
    }
    for (Cut column : cut) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %s longer than %,d tokens, %s of the end left out",
              CsvTable.shown(column.column),
              count(column.count, "text"),
              column.length,
              count(column.left, "token")));
    }
    if (!ignored.isEmpty()) {
      notes.add(
          (ignored.size() == 1 ? "not used: column " : "not used: columns ")
              + String.join(", ", ignored.stream().map(CsvTable::shown).toList()));
    }
    return notes;
  }

  private static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  /// Counts while rows are encoded.
  static final class Counter {

    private final List<ColumnEncoding> columns;
    private final List<String> ignored;
    private final long[] missing;
    private final long[] unseen;
    private final String[] examples;
    private final long[] cut;
    private final long[] left;
    private long rows;
    private long unlabelled;

    Counter(List<ColumnEncoding> columns, List<String> ignored) {
      this.columns = columns;
      this.ignored = ignored;
      this.missing = new long[columns.size()];
      this.unseen = new long[columns.size()];
      this.examples = new String[columns.size()];
      this.cut = new long[columns.size()];
      this.left = new long[columns.size()];
      java.util.Arrays.fill(examples, "");
    }

    void rows(long more) {
      rows += more;
    }

    void unlabelled(long more) {
      unlabelled += more;
    }

    void missing(int column) {
      missing[column]++;
    }

    void unseen(int column, String value) {
      if (unseen[column]++ == 0) {
        examples[column] = value;
      }
    }

    /// @param tokens how many of a text were left out
    void cut(int column, int tokens) {
      cut[column] += tokens > 0 ? 1 : 0;
      left[column] += tokens;
    }

    /// The columns of numbers in which values were missing so far.
    List<String> filled() {
      return IntStream.range(0, columns.size())
          .filter(i -> missing[i] > 0 && columns.get(i) instanceof ColumnEncoding.Numbers)
          .mapToObj(i -> columns.get(i).name())
          .toList();
    }

    EncodingReport report() {
      var missingColumns = new ArrayList<Missing>();
      var unseenColumns = new ArrayList<Unseen>();
      var cutColumns = new ArrayList<Cut>();
      for (int i = 0; i < columns.size(); i++) {
        ColumnEncoding column = columns.get(i);
        if (missing[i] > 0) {
          missingColumns.add(new Missing(column.name(), missing[i], becomes(column)));
        }
        if (unseen[i] > 0) {
          unseenColumns.add(new Unseen(column.name(), unseen[i], examples[i]));
        }
        if (cut[i] > 0) {
          cutColumns.add(new Cut(column.name(), cut[i], left[i], column.width()));
        }
      }
      return new EncodingReport(
          rows, unlabelled, missingColumns, unseenColumns, cutColumns, ignored);
    }

    private static String becomes(ColumnEncoding column) {
      return switch (column) {
        case ColumnEncoding.Numbers numbers ->
            String.format(
                Locale.ROOT,
                "%s, the mean of the training rows",
                (float) numbers.fill().orElse(Double.NaN));
        case ColumnEncoding.Dates dates ->
            String.format(
                Locale.ROOT,
                "%s days after the first, the mean of the training rows",
                (float) dates.fill());
        case ColumnEncoding.OfText _ -> "texts without words";
        case ColumnEncoding.OneHot oneHot when oneHot.missing() -> "a category of their own";
        case ColumnEncoding.OneHot _ -> "0 in all of the column's features";
      };
    }
  }
}
