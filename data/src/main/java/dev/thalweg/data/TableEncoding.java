package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How the columns of a table become the features of a data set: fitted on the training part, then
/// applied to whatever comes.
///
/// * A number stays what it is. One that is **missing** becomes the mean of those that the training
///   part has: a [Standardizer] makes 0 of it.
/// * A category becomes a feature for each category of the training part, in the order of their
///   numbers or letters: 1 for its own, 0 for the others. A **missing** one has a feature of its
///   own if one was missing in the training part. One that the training part does **not have** is 0
///   in all of them, and so is a missing one where none was missing in training.
///
/// * A text becomes a feature for each bucket of its n-grams, or for each of its tokens: see
///   [ColumnEncoding.Text] and [ColumnEncoding.Tokens].
///
/// * A date becomes the days since the first of the training part, and what the calendar says of
///   it: see [ColumnEncoding.Dates].
///
/// Columns are found by their names, in any order, where a file has names; others of the file are
/// ignored. Their fields mean what they meant in the table that this was fitted on: see [#format].
/// What was filled, not known or ignored is counted: [EncodingReport].
///
/// An immutable value, equal by what is in it; a model's description has all of it.
///
/// @param target the name of what there is to predict
/// @param targetPlace where it stood in the table, counted from 0; for files without names
/// @param task what there is to predict
/// @param classNames the names of the classes; empty in a regression
/// @param width how many columns the table had, all in all; for files without names
/// @param columns the columns that become features
/// @param weight the column that said how much rows count in training; it need not be there to
///   predict or to evaluate, where rows count alike
/// @param format what the table's file showed or was said to be, for other files to be read alike:
///   the texts for missing values, signs and dates by column. Where nothing is known of a column,
///   or the first rows of a file have numbers that can't be written so, it is as the file shows
public record TableEncoding(
    String target,
    int targetPlace,
    Task task,
    List<String> classNames,
    int width,
    List<ColumnEncoding> columns,
    Optional<String> weight,
    CsvFormat format) {

  private static final int MOST_FEATURES = 1 << 22;

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if there is no column, two of one name or at one place, a
  ///   place that is not in the table, a class twice, a regression with classes, or one of these
  ///   without
  public TableEncoding {
    classNames = List.copyOf(classNames);
    columns = List.copyOf(columns);
    Checks.names("column", columns.stream().map(ColumnEncoding::name).toList(), columns.size());
    if (task == Task.CLASSIFICATION) {
      Checks.names("class", classNames, classNames.size());
    } else if (!classNames.isEmpty()) {
      throw new IllegalArgumentException(
          "encoding: expected no classes in a regression, found " + classNames.size());
    }
    var places = new HashSet<Integer>();
    places.add(targetPlace);
    for (ColumnEncoding column : columns) {
      if (!places.add(column.place())) {
        throw new IllegalArgumentException(
            "encoding: expected columns at different places, found two at " + column.place());
      }
    }
    for (int place : places) {
      if (place < 0 || place >= width) {
        throw new IllegalArgumentException(
            "encoding: expected places from 0 to %d, found %d".formatted(width - 1, place));
      }
    }
  }

  /// Means and categories of the rows of a table.
  ///
  /// @throws DataException if all values of a column are missing, or there are more than four
  ///   million features
  public static TableEncoding fit(Table train) {
    NotNull.check(train, "train");
    var columns = new ArrayList<ColumnEncoding>();
    for (Table.Column column : train.columns()) {
      var fitter = new ColumnFitter(column.dates(), column.texts());
      for (int row = 0; row < train.rows(); row++) {
        if (train.counts(row) && column.texts().isPresent()) {
          fitter.add(column.text(row));
        } else if (train.counts(row)) {
          fitter.add(column.value(row), column.categorical());
        }
      }
      columns.add(
          fitter.fitted(
              train.source(),
              column.name(),
              column.place(),
              column.categorical(),
              column.categories()));
    }
    return new TableEncoding(
            train.targetName(),
            train.origin().targetPlace(),
            train.task(),
            train.classNames(),
            train.origin().width(),
            columns,
            train.origin().weight(),
            train.origin().written().learned())
        .checked(train.source());
  }

  /// This encoding, with the tokens that another knows in columns of texts of the same name: for
  /// rows that a model of that one's is to be trained on further.
  public TableEncoding withTokensOf(TableEncoding other) {
    NotNull.check(other, "other");
    var known = new ArrayList<ColumnEncoding>();
    for (ColumnEncoding own : columns) {
      known.add(
          other.columns.stream()
              .filter(ColumnEncoding.Tokens.class::isInstance)
              .map(ColumnEncoding.Tokens.class::cast)
              .filter(tokens ->
                  own instanceof ColumnEncoding.Tokens && tokens.name().equals(own.name()))
              .<ColumnEncoding>map(tokens ->
                  new ColumnEncoding.Tokens(
                      own.name(), own.place(), tokens.form(), tokens.tokenizer(), tokens.length()))
              .findFirst()
              .orElse(own));
    }
    return new TableEncoding(target, targetPlace, task, classNames, width, known, weight, format);
  }

  /// This, if it has no more features than an array of weights can follow.
  TableEncoding checked(String source) {
    checkAlone(source);
    long features = 0;
    for (ColumnEncoding column : columns) {
      features += column.width();
      if (features > MOST_FEATURES) {
        throw new DataException(
            "%s: expected at most %d features, found more with the categories of column %s"
                .formatted(source, MOST_FEATURES, CsvTable.quoted(column.name())));
      }
    }
    return this;
  }

  /// A sequence is a row by itself.
  private void checkAlone(String source) {
    List<String> names = columns.stream().map(ColumnEncoding::name).toList();
    for (ColumnEncoding column : columns) {
      if (columns.size() > 1 && column instanceof ColumnEncoding.Tokens tokens) {
        List<String> others = names.stream().filter(name -> !name.equals(column.name())).toList();
        throw new DataException(
            "%s: expected no column beside %s, which is a sequence of tokens (%s), found %s; TableOptions.withIgnored(%s) leaves out what is not to be learned from"
                .formatted(
                    source,
                    CsvTable.quoted(column.name()),
                    tokens.form().unit(),
                    TableEncoder.listed(others.stream().map(CsvTable::shown).toList()),
                    CsvTable.literals(others)));
      }
    }
  }

  /// Columns that are features themselves, as those of a data set that came of no table: in a file
  /// without names they stand in their order, and what there is to predict after them. A value that
  /// is missing is refused.
  ///
  /// @throws IllegalArgumentException if two names are the same, or there is none
  public static TableEncoding ofNumbers(
      List<String> featureNames, String target, Task task, List<String> classNames) {
    NotNull.check(featureNames, "featureNames");
    NotNull.check(target, "target");
    NotNull.check(task, "task");
    NotNull.check(classNames, "classNames");
    var columns = new ArrayList<ColumnEncoding>();
    for (String name : featureNames) {
      columns.add(new ColumnEncoding.Numbers(name, columns.size(), OptionalDouble.empty()));
    }
    return new TableEncoding(
        target,
        columns.size(),
        task,
        classNames,
        columns.size() + 1,
        columns,
        Optional.empty(),
        CsvFormat.found());
  }

  /// How many features a row has.
  public int features() {
    long features = columns.stream().mapToLong(ColumnEncoding::width).sum();
    return (int) Math.min(features, Integer.MAX_VALUE);
  }

  /// The names of the features: `weight`, `origin=Europe`, `origin=Japan`.
  public List<String> featureNames() {
    var names = new ArrayList<String>();
    var different = new HashSet<String>();
    for (ColumnEncoding column : columns) {
      for (String name : column.featureNames()) {
        String free = name;
        // Column `a=b` with category `c`, and column `a` with category `b=c`.
        while (!different.add(free)) {
          free = free + "'";
        }
        names.add(free);
      }
    }
    return names;
  }

  /// A table as a data set.
  ///
  /// @throws DataException if a column is missing, holds text for numbers, or a class is not known
  public Dataset apply(Table table) {
    NotNull.check(table, "table");
    return encode(table).data();
  }

  /// A table as a data set, and what was done to it.
  ///
  /// @throws DataException as [#apply]
  public Encoded encode(Table table) {
    NotNull.check(table, "table");
    return TableEncoder.encode(this, table);
  }

  /// Records as features, row-major; what there is to predict in them is not looked at.
  ///
  /// @param records of a class with a component for each column, as [Table#ofRecords] takes them
  /// @throws IllegalArgumentException if a component is missing or of another type
  public double[] features(List<? extends Record> records) {
    NotNull.check(records, "records");
    var encoder = new RowEncoder(this);
    int width = features();
    var x = new double[Math.multiplyExact(records.size(), width)];
    var row = new double[width];
    for (int i = 0; i < records.size(); i++) {
      encoder.encode(records.get(i), row);
      System.arraycopy(row, 0, x, i * width, width);
    }
    return x;
  }

  /// A CSV file with a column to predict as a data set, and what was done to it. Without a line of
  /// names it has the columns of the table that this was fitted on, in their places.
  ///
  /// @param format how the file is written; what it does not say is as in the table's file, but for
  ///   a separator that did not have to be said, which is found
  /// @throws DataException if the file can't be read, a column is missing, holds text for numbers,
  ///   or a class is not known
  public Encoded read(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    try (var reader = open(file, format, true)) {
      return reader.all();
    }
  }

  /// The rows of a CSV file as features, a few at a time; what there is to predict need not be in
  /// it. Without a line of names, the file has the columns of the table that this was fitted on, in
  /// their places, or only those that become features, in their order.
  ///
  /// @param format how the file is written; what it does not say is as in the table's file, but for
  ///   a separator that did not have to be said, which is found
  /// @throws DataException if the file can't be read, or a column is missing
  public FeatureReader open(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    return open(file, format, false);
  }

  /// The rows in the bytes of a CSV file as features; see [#open(Path, CsvFormat)].
  ///
  /// @param source what messages call it
  /// @throws DataException as [#open(Path, CsvFormat)]
  public FeatureReader open(String source, byte[] bytes, CsvFormat format) {
    NotNull.check(source, "source");
    NotNull.check(bytes, "bytes");
    NotNull.check(format, "format");
    return new FeatureReader(this, CsvRows.of(source, bytes, asKnown(format)), false);
  }

  /// The rows in a stream of the bytes of a CSV file as features; see [#open(Path, CsvFormat)].
  ///
  /// @param source what messages call it
  /// @param bytes closed with the reader
  /// @throws DataException as [#open(Path, CsvFormat)]
  public FeatureReader open(String source, InputStream bytes, CsvFormat format) {
    NotNull.check(source, "source");
    NotNull.check(bytes, "bytes");
    NotNull.check(format, "format");
    return new FeatureReader(this, CsvRows.of(source, bytes, asKnown(format)), false);
  }

  /// The rows of a CSV file with what there is to predict, a few at a time; those without it are
  /// left out. Without a line of names, the file has the columns of the table that this was fitted
  /// on, in their places.
  ///
  /// @throws DataException if the file can't be read, or a column is missing
  public FeatureReader openLabelled(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    return open(file, format, true);
  }

  private FeatureReader open(Path file, CsvFormat format, boolean labelled) {
    return new FeatureReader(this, CsvRows.open(file, asKnown(format)), labelled);
  }

  /// What is said of a file, with what is known of its columns.
  private CsvFormat asKnown(CsvFormat said) {
    var known = new LinkedHashMap<>(format.columns());
    for (ColumnEncoding column : columns) {
      if (column instanceof ColumnEncoding.Dates dates) {
        known.putIfAbsent(column.name(), new FieldFormat.Dates(dates.order()));
      }
    }
    return said.orAs(format.withColumns(known));
  }

  /// A data set that came of a table.
  ///
  /// @param data its rows
  /// @param report what was done to them
  public record Encoded(Dataset data, EncodingReport report) {}

  /// What a data set knows of its columns.
  Features asFeatures() {
    var ready = new BitSet();
    int feature = 0;
    for (ColumnEncoding column : columns) {
      switch (column) {
        case ColumnEncoding.Numbers _ -> {}
        case ColumnEncoding.OneHot _, ColumnEncoding.OfText _ ->
            ready.set(feature, feature + column.width());
        case ColumnEncoding.Dates _ -> ready.set(feature + 1, feature + column.width());
      }
      feature += column.width();
    }
    return Features.of(featureNames()).ready(ready).encoded(Optional.of(this));
  }

  /// `encoding of 7 columns into 9 features`
  @Override
  public String toString() {
    return "encoding of %d columns into %d features".formatted(columns.size(), features());
  }
}
