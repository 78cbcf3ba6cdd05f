package dev.thalweg.data;

import static java.util.stream.Collectors.toSet;

import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file as the features of a [TableEncoding], a few at a time, so that the file
/// may be larger than the memory.
///
/// ```java
/// try (var reader = encoding.open(file, CsvFormat.found())) {
///   var x = new float[1024 * encoding.features()];
///   for (int rows = reader.read(x); rows > 0; rows = reader.read(x)) { … }
///   reader.report().notes().forEach(System.err::println);
/// }
/// ```
public final class FeatureReader implements BatchReader {

  private final TableEncoding encoding;
  private final CsvRows rows;
  private final int width;
  private final int[] places;
  private final int target;
  private final int weight;
  private final boolean weighted;
  private final @Nullable Categories[] categories;
  private final @Nullable TextFeatures[] weighed;
  private final Categories classes;
  private final EncodingReport.Counter counter;
  private final LongPredicate kept;
  private double[] exact = new double[0];
  private double[] exactAnswers = new double[0];
  private int[] keeping = {};
  private List<List<String>> texts = List.of();
  private long index;
  private long total;

  /// What there is to note of the row that is being read, where somebody asked.
  private RowNotes.@Nullable Collector noting;

  /// @param labelled whether what there is to predict has to be in the file
  FeatureReader(TableEncoding encoding, CsvRows rows, boolean labelled) {
    this(encoding, rows, labelled, false, _ -> true);
  }

  /// @param weighted whether the weights of rows are read, where the table had some
  /// @param kept which rows are read, counted from 0
  FeatureReader(
      TableEncoding encoding,
      CsvRows rows,
      boolean labelled,
      boolean weighted,
      LongPredicate kept) {
    this.encoding = encoding;
    this.kept = kept;
    this.rows = rows;
    this.width = encoding.features();
    try {
      List<ColumnEncoding> columns = encoding.columns();
      boolean named = rows.dialect().header();
      this.target = !labelled ? -1 : named ? targetByName() : encoding.targetPlace();
      this.weight =
          labelled && named ? encoding.weight().map(rows.names()::indexOf).orElse(-1) : -1;
      this.weighted = weighted && weight >= 0;
      this.places = named ? byName(labelled && target < 0) : byPlace(labelled);
      this.categories = new @Nullable Categories[columns.size()];
      this.weighed = new @Nullable TextFeatures[columns.size()];
      for (int i = 0; i < columns.size(); i++) {
        categories[i] =
            columns.get(i) instanceof ColumnEncoding.OneHot oneHot
                ? new Categories(oneHot.categories())
                : null;
        weighed[i] = TextFeatures.of(columns.get(i));
      }
      this.classes = new Categories(encoding.classNames());
      this.counter = new EncodingReport.Counter(columns, ignored());
      for (int i = 0; i < columns.size(); i++) {
        written(places[i], columns.get(i).name());
      }
      written(target, encoding.target());
      encoding.weight().ifPresent(name -> written(weight, name));
    } catch (RuntimeException e) {
      try (rows) {
        throw e;
      }
    }
  }

  /// A column is written as the one of this name was in the table, wherever it stands.
  private void written(int place, String name) {
    FieldFormat known = rows.format().columns().get(name);
    if (place >= 0 && known != null) {
      rows.written(place, known);
    }
  }

  /// The column of what there is to predict: by its name, or else the only one that is not used; -1
  /// where there is none.
  private int targetByName() {
    int named = rows.names().indexOf(encoding.target());
    var others = new ArrayList<>(rows.names());
    others.removeAll(encoding.columns().stream().map(ColumnEncoding::name).collect(toSet()));
    encoding.weight().ifPresent(others::remove);
    return named < 0 && others.size() == 1 ? rows.names().indexOf(others.getFirst()) : named;
  }

  private int[] byName(boolean targetIsMissing) {
    var needed = new ArrayList<>(encoding.columns().stream().map(ColumnEncoding::name).toList());
    if (targetIsMissing) {
      needed.add(encoding.target());
    }
    TableEncoder.missing(rows.source(), needed, rows.names());
    var places = new HashMap<String, Integer>();
    for (int i = 0; i < rows.names().size(); i++) {
      places.put(rows.names().get(i), i);
    }
    return encoding.columns().stream()
        .mapToInt(column -> Objects.requireNonNull(places.get(column.name())))
        .toArray();
  }

  private int[] byPlace(boolean labelled) {
    int found = rows.names().size();
    int used = encoding.columns().size();
    if (found == encoding.width()) {
      return encoding.columns().stream().mapToInt(ColumnEncoding::place).toArray();
    }
    if (found == used && !labelled) {
      return IntStream.range(0, used).toArray();
    }
    throw new DataException(
        "%s: expected %d columns%s as there is no line of names, found %d"
            .formatted(
                rows.source(),
                encoding.width(),
                labelled || used == encoding.width()
                    ? ""
                    : " (or %d, those that the model uses)".formatted(used),
                found));
  }

  /// The columns that are neither used, nor to be predicted, nor weights.
  private List<String> ignored() {
    var used = Arrays.stream(places).boxed().collect(toSet());
    return IntStream.range(0, rows.names().size())
        .filter(column -> column != target && !used.contains(column))
        .mapToObj(rows.names()::get)
        .filter(name -> rows.dialect().header() && !name.equals(encoding.target()))
        .filter(name -> !encoding.weight().equals(Optional.of(name)))
        .toList();
  }

  /// This reader, which also keeps the texts of some columns of the rows that it reads, whether
  /// they are features or not: an identifier to stand beside a prediction.
  ///
  /// @param columns by name
  /// @throws IllegalArgumentException if the file has no such column, or no line of names
  public FeatureReader keeping(List<String> columns) {
    if (!rows.dialect().header()) {
      throw new IllegalArgumentException(
          rows.source() + ": expected a line of names, by which columns are kept, found none");
    }
    for (String column : columns) {
      if (!rows.names().contains(column)) {
        throw new IllegalArgumentException(
            rows.source() + ": " + Nearest.sentence("column", column, rows.names()));
      }
    }
    keeping = columns.stream().mapToInt(rows.names()::indexOf).toArray();
    return this;
  }

  /// The texts of the columns that are kept, of each row of the last call of [#read(float[])], as
  /// they stand in the file; empty where none are.
  public List<List<String>> kept() {
    return List.copyOf(texts);
  }

  /// Reads the next rows as features, row-major.
  ///
  /// @param x takes `x.length / features` rows, fewer at the end
  /// @return how many; 0 after the last
  /// @throws IllegalArgumentException if there is no room for a row
  /// @throws DataException if a row can't be read, or holds text for a number
  public int read(float[] x) {
    checkRoom(x.length);
    return read(x, null, null, x.length / width);
  }

  /// Reads the next rows as features before they are rounded to float, row-major; see
  /// [#read(float...)].
  ///
  /// @param x takes `x.length / features` rows, fewer at the end
  /// @return how many; 0 after the last
  public int read(double[] x) {
    checkRoom(x.length);
    return read(x, null, null, x.length / width);
  }

  /// Reads the next row as features.
  ///
  /// @param x takes them
  /// @return what of it did not come as the rows to train on did; nothing after the last row
  /// @throws IllegalArgumentException if there is no room for a row
  /// @throws DataException as [#read(double[])]
  public Optional<RowNotes> next(double[] x) {
    var collector = new RowNotes.Collector();
    noting = collector;
    try {
      int rows = read(x, null, null, Math.min(1, x.length / width));
      return rows == 0 ? Optional.empty() : Optional.of(collector.notes());
    } finally {
      noting = null;
    }
  }

  /// Reads the next rows with what there is to predict of them; those without it are left out, and
  /// so are those of weight 0 where the file has the column of weights.
  ///
  /// @throws DataException if a row can't be read, or no row of the file has it
  /// @throws IllegalStateException if it was opened without ([TableEncoding#openLabelled] opens it
  ///   with)
  @Override
  public int read(float[] x, float[] answers) {
    return read(x, answers, null, answers.length);
  }

  @Override
  public int read(float[] x, float[] answers, float[] weights) {
    Checks.room(weights, answers);
    Arrays.fill(weights, 1);
    return read(x, answers, weighted ? weights : null, answers.length);
  }

  @Override
  public int read(double[] x, double[] answers, float[] weights) {
    Checks.room(x, answers, weights, width);
    Arrays.fill(weights, 1);
    return read(x, answers, weighted ? weights : null, answers.length);
  }

  private void checkRoom(int found) {
    if (found < width) {
      throw new IllegalArgumentException(
          "read: expected room for a row of %d features, found %d".formatted(width, found));
    }
  }

  private int read(float[] x, float @Nullable [] answers, float @Nullable [] weights, int most) {
    if (answers != null) {
      Checks.room(x, answers, width);
    }
    if (exactAnswers.length < most) {
      exact = new double[most * width];
      exactAnswers = new double[most];
    }
    int read = read(exact, answers == null ? null : exactAnswers, weights, most);
    for (int i = 0; i < read * width; i++) {
      x[i] = (float) exact[i];
    }
    for (int row = 0; answers != null && row < read; row++) {
      answers[row] = (float) exactAnswers[row];
    }
    return read;
  }

  private int read(double[] x, double @Nullable [] answers, float @Nullable [] weights, int most) {
    if (answers != null && target < 0) {
      throw new IllegalStateException(
          rows.source() + ": was opened for its features, found somebody who asks for answers");
    }
    int read = 0;
    if (keeping.length > 0) {
      texts = new ArrayList<>();
    }
    while (read < most) {
      CsvRow row = rows.next();
      if (row == null) {
        break;
      }
      if ((weight >= 0 && isWeightless(row)) || !kept.test(index++)) {
        continue;
      }
      if (target >= 0) {
        if (rows.format().isMissing(row, target)) {
          counter.unlabelled(1);
          continue;
        }
        if (answers != null) {
          answers[read] = answer(row);
        }
        if (weights != null) {
          weights[read] = weight(row);
        }
      }
      features(row, x, read * width);
      if (keeping.length > 0) {
        texts.add(Arrays.stream(keeping).mapToObj(row::field).toList());
      }
      read++;
    }
    counter.rows(read);
    total += read;
    if (total == 0 && answers != null) {
      throw new DataException(
          "%s: expected values in column %s, found none"
              .formatted(rows.source(), CsvTable.quoted(encoding.target())));
    }
    return read;
  }

  private boolean isWeightless(CsvRow row) {
    return (float) rows.anyNumber(row, weight) == 0;
  }

  /// The column was read when the table was.
  private float weight(CsvRow row) {
    double number = rows.anyNumber(row, weight);
    if (!(number >= 0)) {
      throw rows.wrong(
          row,
          weight,
          "expected the weight of the row, a number of at least 0, found "
              + CsvTable.quoted(row.field(weight)));
    }
    return (float) number;
  }

  private double answer(CsvRow row) {
    if (encoding.task() == Task.REGRESSION) {
      return number(row, target);
    }
    String name = rows.category(row, target);
    int label = classes.find(name);
    if (label < 0 && rows.fieldFormat(target) instanceof FieldFormat.Numbers) {
      // The classes may be numbers, which are named alike however they are written.
      double number = rows.number(row, target);
      label = Double.isNaN(number) ? -1 : classes.find(TaskFinder.name(number + 0.0));
    }
    if (label < 0) {
      throw rows.wrong(
          row, target, Nearest.sentence("class", CsvTable.shown(name), encoding.classNames()));
    }
    return label;
  }

  private void features(CsvRow row, double[] x, int start) {
    int at = start;
    for (int i = 0; i < places.length; i++) {
      ColumnEncoding column = encoding.columns().get(i);
      boolean missing = rows.format().isMissing(row, places[i]);
      if (missing) {
        counter.missing(i);
        if (noting != null) {
          noting.missing(column.name());
        }
      }
      switch (column) {
        case ColumnEncoding.Numbers numbers ->
            x[at] = missing ? fill(row, places[i], numbers) : number(row, places[i]);
        case ColumnEncoding.OneHot oneHot -> {
          Arrays.fill(x, at, at + column.width(), 0);
          int place = missing ? oneHot.missing() ? oneHot.categories().size() : -1 : known(row, i);
          if (place >= 0) {
            x[at + place] = 1;
          }
        }
        case ColumnEncoding.OfText _ -> {
          Arrays.fill(x, at, at + column.width(), 0);
          TextFeatures worth = weighed[i];
          if (worth != null && !missing) {
            Bag bag = worth.of(row.field(places[i]));
            bag.addTo(x, at);
            counter.cut(i, bag.left());
          }
        }
        case ColumnEncoding.Dates dates -> {
          double[] features = dates.features(missing ? Double.NaN : days(row, places[i]));
          for (int f = 0; f < features.length; f++) {
            x[at + f] = features[f];
          }
        }
      }
      at += column.width();
    }
  }

  private double fill(CsvRow row, int column, ColumnEncoding.Numbers numbers) {
    return numbers
        .fill()
        .orElseThrow(() -> rows.wrong(row, column, "is missing, and " + TableEncoder.NO_FILL));
  }

  private double days(CsvRow row, int column) {
    double days = rows.anyNumber(row, column);
    if (Double.isNaN(days)) {
      throw rows.wrong(
          row,
          column,
          "expected a date such as %s, found %s"
              .formatted(rows.fieldFormat(column).sample(), CsvTable.quoted(row.field(column))));
    }
    return days;
  }

  private int known(CsvRow row, int index) {
    String text = rows.category(row, places[index]);
    Categories known = categories[index];
    int place = known == null ? -1 : known.find(text);
    if (place < 0) {
      counter.unseen(index, text);
      if (noting != null) {
        noting.unknown(encoding.columns().get(index).name(), text);
      }
    }
    return place;
  }

  private double number(CsvRow row, int column) {
    double number = rows.number(row, column);
    if (Double.isNaN(number)) {
      throw rows.wrong(row, column, CsvTable.quoted(row.field(column)) + " is not a number");
    }
    return number;
  }

  /// All rows that are left, with their answers.
  TableEncoding.Encoded all() {
    var x = new double[64 * width];
    var answers = new double[64];
    int count = 0;
    try {
      for (boolean more = true; more; ) {
        if (count == answers.length) {
          int rows = Math.min(2 * count, (Integer.MAX_VALUE - 8) / width);
          TableEncoder.size(this.rows.source(), rows == count ? count + 1L : rows, width);
          x = Arrays.copyOf(x, rows * width);
          answers = Arrays.copyOf(answers, rows);
        }
        var partX = new double[Math.min(1024, answers.length - count) * width];
        var partAnswers = new double[partX.length / width];
        int read = read(partX, partAnswers, null, partAnswers.length);
        System.arraycopy(partX, 0, x, count * width, read * width);
        System.arraycopy(partAnswers, 0, answers, count, read);
        count += read;
        more = read > 0;
      }
    } catch (OutOfMemoryError e) {
      throw new DataException(rows.source() + ": larger than the memory", e);
    }
    double[] all = Arrays.copyOf(x, count * width);
    var data =
        Dataset.of(
            rows.source(),
            Checks.rounded(all),
            FineColumns.of(all, width),
            encoding.asFeatures().filled(counter.filled()),
            Answers.of(encoding, Arrays.copyOf(answers, count)),
            null);
    return new TableEncoding.Encoded(data, counter.report());
  }

  /// By which columns become features.
  public TableEncoding encoding() {
    return encoding;
  }

  /// What was done to the rows read so far.
  public EncodingReport report() {
    return counter.report();
  }

  /// Closes the file.
  @Override
  public void close() {
    rows.close();
  }
}
