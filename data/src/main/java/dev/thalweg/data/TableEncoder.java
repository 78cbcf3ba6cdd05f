package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Makes features of the columns of a [Table].
final class TableEncoder {

  private final TableEncoding encoding;
  private final Table table;
  private final int width;
  private final float[] x;
  private final EncodingReport.Counter counter;

  private TableEncoder(TableEncoding encoding, Table table) {
    this.encoding = encoding;
    this.table = table;
    this.width = encoding.features();
    this.x = new float[size(table.source(), table.rows(), width)];
    var names = encoding.columns().stream().map(ColumnEncoding::name).toList();
    missing(table.source(), names, table.columnNames());
    var ignored = new ArrayList<>(table.columnNames());
    ignored.removeAll(names);
    this.counter = new EncodingReport.Counter(encoding.columns(), ignored);
    counter.rows(table.rows());
    counter.unlabelled(table.origin().unlabelled());
  }

  static TableEncoding.Encoded encode(TableEncoding encoding, Table table) {
    return new TableEncoder(encoding, table).encode();
  }

  private TableEncoding.Encoded encode() {
    int feature = 0;
    for (int i = 0; i < encoding.columns().size(); i++) {
      ColumnEncoding how = encoding.columns().get(i);
      Table.Column column = table.columns().get(table.columnNames().indexOf(how.name()));
      switch (how) {
        case ColumnEncoding.Numbers numbers -> numbers(column, (float) numbers.fill(), feature, i);
        case ColumnEncoding.OneHot oneHot -> oneHot(column, oneHot, feature, i);
      }
      feature += how.width();
    }
    var data = Dataset.of(table.source(), x, encoding.asFeatures(), answers());
    return new TableEncoding.Encoded(data, counter.report());
  }

  private void numbers(Table.Column column, float fill, int feature, int index) {
    if (column.categorical()) {
      throw new DataException(
          "%s: expected numbers in column %s, found %s"
              .formatted(
                  table.source(),
                  CsvTable.quoted(column.name()),
                  CsvTable.quoted(column.categories().getFirst())));
    }
    float[] values = column.values();
    for (int row = 0, at = feature; row < values.length; row++, at += width) {
      if (Float.isNaN(values[row])) {
        counter.missing(index);
        x[at] = fill;
      } else {
        x[at] = values[row];
      }
    }
  }

  private void oneHot(Table.Column column, ColumnEncoding.OneHot how, int feature, int index) {
    var known = new Categories(how.categories());
    int[] places = column.categories().stream().mapToInt(known::find).toArray();
    float[] values = column.values();
    for (int row = 0, at = feature; row < values.length; row++, at += width) {
      if (Float.isNaN(values[row])) {
        counter.missing(index);
        if (how.missing()) {
          x[at + how.categories().size()] = 1;
        }
        continue;
      }
      String number = column.categorical() ? "" : TaskFinder.name(values[row]);
      int place = column.categorical() ? places[(int) values[row]] : known.find(number);
      if (place >= 0) {
        x[at + place] = 1;
      } else {
        counter.unseen(
            index, column.categorical() ? column.categories().get((int) values[row]) : number);
      }
    }
  }

  /// The answers with the labels of the encoding.
  private Answers answers() {
    if (encoding.task() == Task.REGRESSION) {
      return switch (table.answers()) {
        case Answers.Targets targets -> targets;
        case Answers.Labels labels -> numbers(labels);
      };
    }
    var known = new Categories(encoding.classNames());
    var labels = new int[table.rows()];
    switch (table.answers()) {
      case Answers.Labels found -> {
        int[] places = found.classNames().stream().mapToInt(name -> label(known, name)).toArray();
        for (int row = 0; row < labels.length; row++) {
          labels[row] = places[found.labels()[row]];
        }
      }
      case Answers.Targets found -> {
        for (int row = 0; row < labels.length; row++) {
          labels[row] = label(known, TaskFinder.name(found.targets()[row]));
        }
      }
    }
    return new Answers.Labels(labels, encoding.classNames(), encoding.target());
  }

  private int label(Categories known, String name) {
    int label = known.find(name);
    if (label < 0) {
      throw new DataException(
          "%s, column %s: %s"
              .formatted(
                  table.source(),
                  CsvTable.quoted(encoding.target()),
                  Nearest.sentence("class", CsvTable.shown(name), encoding.classNames())));
    }
    return label;
  }

  /// Few whole numbers were taken for classes.
  private Answers.Targets numbers(Answers.Labels labels) {
    var targets = new float[table.rows()];
    for (int row = 0; row < targets.length; row++) {
      String name = labels.classNames().get(labels.labels()[row]);
      targets[row] = (float) Numbers.parse(name, 0, name.length(), '.');
      if (!Float.isFinite(targets[row])) {
        throw new DataException(
            "%s: expected numbers in column %s, found %s"
                .formatted(
                    table.source(), CsvTable.quoted(encoding.target()), CsvTable.quoted(name)));
      }
    }
    return new Answers.Targets(targets, encoding.target());
  }

  /// @throws DataException if an array of so many numbers can't be
  static int size(String source, long rows, int width) {
    if (rows * width > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "%s: expected at most %d numbers, found %d rows of %d features"
              .formatted(source, Integer.MAX_VALUE - 8, rows, width));
    }
    return (int) rows * width;
  }

  /// Refuses a table that lacks columns.
  ///
  /// @throws DataException naming all of them
  static void missing(String source, List<String> needed, List<String> found) {
    var missing = needed.stream().filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s: expected column%s %s, found %s"
              .formatted(
                  source,
                  missing.size() == 1 ? "" : "s",
                  listed(missing.stream().map(name -> meant(name, found)).toList()),
                  listed(found.stream().map(CsvTable::shown).toList())));
    }
  }

  private static String meant(String name, List<String> found) {
    return CsvTable.shown(name)
        + Nearest.of(name, found).map(near -> " (or is it '%s'?)".formatted(near)).orElse("");
  }

  private static String listed(List<String> names) {
    int most = 30;
    return names.stream().limit(most).collect(Collectors.joining(", "))
        + (names.size() > most ? " and %d more".formatted(names.size() - most) : "");
  }
}
