package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes features of the columns of a [Table].
final class TableEncoder {

  /// How many columns a message lists.
  private static final int LISTED = 6;

  static final String NO_FILL = "there is no mean of training rows to take its place";

  private final TableEncoding encoding;
  private final String source;
  private final List<Table.Column> columns;

  /// Of the features that are kept one by one: all but those of texts.
  private final int width;

  private final float[] x;
  private final List<Cells.Texts.Column> texts = new ArrayList<>();
  private final SortedMap<Integer, double[]> fine = new TreeMap<>();
  private final EncodingReport.Counter counter;

  private TableEncoder(
      TableEncoding encoding, String source, List<Table.Column> columns, int rows) {
    this.encoding = encoding;
    this.source = source;
    this.columns = columns;
    this.width =
        encoding.columns().stream()
            .filter(column -> !(column instanceof ColumnEncoding.OfText))
            .mapToInt(ColumnEncoding::width)
            .sum();
    this.x = new float[size(source, rows, width)];
    var needed = encoding.columns().stream().map(ColumnEncoding::name).toList();
    var found = columns.stream().map(Table.Column::name).toList();
    missing(source, needed, found);
    var ignored = new ArrayList<>(found);
    ignored.removeAll(new HashSet<>(needed));
    encoding.weight().ifPresent(ignored::remove);
    this.counter = new EncodingReport.Counter(encoding.columns(), ignored);
    counter.rows(rows);
  }

  static TableEncoding.Encoded encode(TableEncoding encoding, Table table) {
    var encoder = new TableEncoder(encoding, table.source(), table.columns(), table.rows());
    encoder.counter.unlabelled(table.origin().unlabelled());
    Cells cells = encoder.features();
    var data =
        Dataset.of(
            table.source(),
            cells,
            new FineColumns(encoder.fine),
            encoding.asFeatures().filled(encoder.counter.filled()),
            encoder.answers(table.answers()),
            table.weights());
    return new TableEncoding.Encoded(data, encoder.counter.report());
  }

  private Cells features() {
    var byName = new HashMap<String, Table.Column>();
    columns.forEach(column -> byName.put(column.name(), column));
    int feature = 0;
    int place = 0;
    for (int i = 0; i < encoding.columns().size(); i++) {
      ColumnEncoding how = encoding.columns().get(i);
      Table.Column column = Objects.requireNonNull(byName.get(how.name()));
      switch (how) {
        case ColumnEncoding.Numbers numbers -> numbers(column, numbers, place, feature, i);
        case ColumnEncoding.OneHot oneHot -> oneHot(column, oneHot, place, i);
        case ColumnEncoding.Dates dates -> dates(column, dates, place, i);
        case ColumnEncoding.OfText text -> texts.add(texts(column, text, feature, i));
      }
      place += how instanceof ColumnEncoding.OfText ? 0 : how.width();
      feature += how.width();
    }
    return texts.isEmpty()
        ? new Cells.Floats(x, width)
        : new Cells.Texts(encoding.features(), x, texts);
  }

  private Cells.Texts.Column texts(
      Table.Column column, ColumnEncoding.OfText how, int feature, int index) {
    if (!column.categorical()) {
      throw new DataException(
          "%s: expected texts in column %s, found %s; TableOptions.withTexts(%s) takes it for some"
              .formatted(
                  source,
                  CsvTable.quoted(column.name()),
                  column.dates().isPresent() ? "dates" : "numbers",
                  CsvTable.literals(List.of(column.name()))));
    }
    var features = Objects.requireNonNull(TextFeatures.of(how));
    var bags = new ArrayList<Bag>();
    for (int row = 0; row < column.values().length; row++) {
      if (Float.isNaN(column.values()[row])) {
        counter.missing(index);
      }
      Bag bag = features.of(column.text(row));
      counter.cut(index, bag.left());
      bags.add(bag);
    }
    return new Cells.Texts.Column(feature, how.width(), bags);
  }

  private void dates(Table.Column column, ColumnEncoding.Dates how, int feature, int index) {
    var format = new FieldFormat.Dates(how.order());
    var scanner = new DateText();
    boolean time = how.order() == FieldFormat.Dates.Order.TIME;
    boolean alike =
        column
            .dates()
            .map(dates -> time == (dates.order() == FieldFormat.Dates.Order.TIME))
            .orElse(column.categorical());
    if (!alike) {
      throw new DataException(
          "%s: expected %s in column %s, found %s"
              .formatted(
                  source,
                  time ? "times" : "dates",
                  CsvTable.quoted(column.name()),
                  column.dates().isPresent() ? (time ? "dates" : "times") : "numbers"));
    }
    float[] values = column.values();
    for (int row = 0, at = feature; row < values.length; row++, at += width) {
      double days = column.value(row);
      if (Double.isNaN(days)) {
        counter.missing(index);
      } else if (column.categorical()) {
        String text = column.categories().get((int) values[row]);
        days = format.days(text, 0, text.length(), scanner);
        if (Double.isNaN(days)) {
          throw new DataException(
              "%s: expected a date such as %s in column %s, found %s"
                  .formatted(
                      source,
                      format.sample(),
                      CsvTable.quoted(column.name()),
                      CsvTable.quoted(text)));
        }
      }
      double[] features = how.features(days);
      for (int i = 0; i < features.length; i++) {
        x[at + i] = (float) features[i];
      }
    }
  }

  /// A column of dates does not say what its texts were.
  private void refuseDates(Table.Column column, String expected) {
    if (column.dates().isPresent()) {
      throw new DataException(
          "%s: expected %s in column %s, found dates"
              .formatted(source, expected, CsvTable.quoted(column.name())));
    }
  }

  private void numbers(
      Table.Column column, ColumnEncoding.Numbers how, int place, int feature, int index) {
    refuseDates(column, "numbers");
    if (column.categorical()) {
      throw new DataException(
          "%s: expected numbers in column %s, found %s"
              .formatted(
                  source,
                  CsvTable.quoted(column.name()),
                  CsvTable.quoted(column.categories().getFirst())));
    }
    int rows = column.values().length;
    double[] exact = column.fine() == null ? null : new double[rows];
    for (int row = 0, at = place; row < rows; row++, at += width) {
      double value = column.value(row);
      if (Double.isNaN(value)) {
        int missing = row;
        value =
            how.fill()
                .orElseThrow(() ->
                    new DataException(
                        "%s, column %s: a value is missing (row %d), and %s"
                            .formatted(source, CsvTable.quoted(column.name()), missing, NO_FILL)));
        counter.missing(index);
      }
      x[at] = (float) value;
      if (exact != null) {
        exact[row] = value;
      }
    }
    if (exact != null) {
      fine.put(feature, exact);
    }
  }

  private void oneHot(Table.Column column, ColumnEncoding.OneHot how, int feature, int index) {
    refuseDates(column, "categories");
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
      String number = column.categorical() ? "" : TaskFinder.name(column.value(row));
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
  private Answers answers(Answers answers) {
    if (encoding.task() == Task.REGRESSION) {
      return switch (answers) {
        case Answers.Targets targets -> targets;
        case Answers.Labels labels -> numbers(labels);
      };
    }
    var known = new Categories(encoding.classNames());
    var labels = new int[answers.rows()];
    switch (answers) {
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
                  source,
                  CsvTable.quoted(encoding.target()),
                  Nearest.sentence("class", CsvTable.shown(name), encoding.classNames())));
    }
    return label;
  }

  /// Few whole numbers were taken for classes.
  private Answers.Targets numbers(Answers.Labels labels) {
    var targets = new double[labels.rows()];
    for (int row = 0; row < targets.length; row++) {
      String name = labels.classNames().get(labels.labels()[row]);
      targets[row] = Numbers.parse(name, 0, name.length(), '.');
      if (!Float.isFinite((float) targets[row])) {
        throw new DataException(
            "%s: expected numbers in column %s, found %s"
                .formatted(source, CsvTable.quoted(encoding.target()), CsvTable.quoted(name)));
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
    var there = new HashSet<>(found);
    var missing = needed.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      // A column that is needed itself is not meant by another name.
      var others = found.stream().filter(name -> !needed.contains(name)).toList();
      throw new DataException(
          "%s: expected column%s %s, found %s"
              .formatted(
                  source,
                  missing.size() == 1 ? "" : "s",
                  listed(missing.stream().map(name -> meant(name, others)).toList()),
                  listed(found.stream().map(CsvTable::shown).toList())));
    }
  }

  private static String meant(String name, List<String> others) {
    return CsvTable.shown(name)
        + Nearest.of(name, others).map(near -> " (or is it '%s'?)".formatted(near)).orElse("");
  }

  static String listed(List<String> names) {
    // One more takes no more room than to say that there is one.
    int most = names.size() == LISTED + 1 ? LISTED + 1 : LISTED;
    return names.stream().limit(most).collect(Collectors.joining(", "))
        + (names.size() > most ? " and %d more".formatted(names.size() - most) : "");
  }
}
