package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Brings rows that were encoded by themselves into the terms of others, those that a model was
/// trained on: what has a name is found by it, and what can't be brought into line is refused.
///
/// * **Features** are found by their names, in any order; others are left out. Where one side has
///   no names (`x0`, `x1`, …), as arrays have none, they are taken as they stand.
/// * **Categories**: one that these rows lack is 0 in all of them, one that the others lack is 0 in
///   all features of its column, as a [TableEncoding] has it.
/// * **Classes** are found by their names; one that the others lack is refused when a row has it.
///   Classes of arrays, which are numbers, are taken as they stand where the others have texts.
/// * **Task**: of a table it may be a guess from few rows, and follows the others where the values
///   allow it.
/// * **Missing values** that became the mean of these rows can't be undone, and are refused where
///   the others fill in another number.
///
/// ```java
/// Dataset test = Alignment.of(mine.schema(), train.schema()).apply(mine);
/// ```
public final class Alignment {

  private static final int PART = 256;

  private final Schema from;
  private final Schema to;

  /// For each feature of `to` the one of `from`, -1 where it is always 0; null where all stay.
  private final int @Nullable [] sources;

  /// For each feature the number that stands for its category; NaN where it is the source itself.
  private final double[] categories;

  /// Classes by the class of `from`, -1 where there is none.
  private final int[] places;

  /// Numbers by the class of `from`.
  private final double[] numbers;

  private final boolean sameAnswers;
  private final Categories classes;

  private Alignment(Schema from, Schema to) {
    this.from = from;
    this.to = to;
    this.categories = new double[to.features()];
    Arrays.fill(categories, Double.NaN);
    checkTask();
    this.sources = sources();
    this.classes = new Categories(to.classNames());
    this.places = places();
    this.numbers = numbers();
    this.sameAnswers = from.task() == to.task() && from.classNames().equals(to.classNames());
    checkFills();
    checkDates();
    checkTexts();
  }

  /// How rows of one kind become rows of another.
  ///
  /// @param from what the rows are
  /// @param to what is expected
  /// @throws IllegalArgumentException if a feature is missing, the task is another, or missing
  ///   values were filled in otherwise; the sentence says how to read the rows
  public static Alignment of(Schema from, Schema to) {
    NotNull.check(from, "from");
    NotNull.check(to, "to");
    return new Alignment(from, to);
  }

  /// Whether everything stays as it is.
  public boolean isIdentity() {
    return sources == null && sameAnswers;
  }

  private void checkTask() {
    // What is said of arrays is said, and of a table it may have been found out.
    if (from.task() != to.task() && from.encoding().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected %d features for %s, found %d for %s"
              .formatted(from.name(), to.features(), to.task(), from.features(), from.task()));
    }
  }

  private int @Nullable [] sources() {
    if (from.featureNames().equals(to.featureNames())) {
      return null;
    }
    if (isUnnamed(from) || isUnnamed(to)) {
      if (from.features() != to.features()) {
        throw new IllegalArgumentException(
            "%s: expected %d features for %s, found %d for %s"
                .formatted(from.name(), to.features(), to.task(), from.features(), from.task()));
      }
      return null;
    }
    Map<String, Integer> places = new HashMap<>();
    for (String name : from.featureNames()) {
      places.put(name, places.size());
    }
    List<ColumnEncoding> owners = owners();
    var missing = new LinkedHashSet<String>();
    var found = new int[to.features()];
    for (int i = 0, first = 0; i < found.length; i++) {
      String name = to.featureNames().get(i);
      ColumnEncoding owner = owners.isEmpty() ? null : owners.get(i);
      first = i > 0 && owner != null && owner.equals(owners.get(i - 1)) ? first : i;
      Integer place = places.get(name);
      if (place != null) {
        found[i] = place;
      } else if (!(owner instanceof ColumnEncoding.OneHot oneHot)
          || !isCategory(oneHot, i, i - first, found, places)) {
        String column = owner == null ? name : owner.name();
        missing.add(column);
      }
    }
    if (!missing.isEmpty()) {
      throw missing(List.copyOf(missing));
    }
    return found;
  }

  /// The column of each feature; empty where the others came of no table.
  private List<ColumnEncoding> owners() {
    var owners = new ArrayList<ColumnEncoding>();
    to.encoding()
        .ifPresent(encoding -> {
          for (ColumnEncoding column : encoding.columns()) {
            for (int i = 0; i < column.width(); i++) {
              owners.add(column);
            }
          }
        });
    return owners;
  }

  /// A category that these rows lack, or have as a number; false if they lack its column.
  private boolean isCategory(
      ColumnEncoding.OneHot column,
      int feature,
      int index,
      int[] found,
      Map<String, Integer> places) {
    found[feature] = -1;
    String category = index < column.categories().size() ? column.categories().get(index) : "";
    if (from.encoding().isEmpty()) {
      String prefix = column.name() + "=";
      return places.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }
    int first = 0;
    for (ColumnEncoding own : from.encoding().orElseThrow().columns()) {
      if (own.name().equals(column.name())) {
        if (own instanceof ColumnEncoding.OneHot oneHot) {
          int place = new Categories(oneHot.categories()).find(category);
          found[feature] = place < 0 ? -1 : first + place;
        } else {
          double number = Numbers.parse(category, 0, category.length(), '.');
          categories[feature] = number;
          found[feature] = Double.isNaN(number) ? -1 : first;
        }
        return true;
      }
      first += own.width();
    }
    return false;
  }

  private IllegalArgumentException missing(List<String> missing) {
    List<String> names =
        from.encoding()
            .map(e -> e.columns().stream().map(ColumnEncoding::name).toList())
            .orElse(from.featureNames());
    if (names.contains(missing.getFirst())) {
      return new IllegalArgumentException(
          "%s: expected numbers in column %s, found categories"
              .formatted(from.name(), CsvTable.quoted(missing.getFirst())));
    }
    try {
      TableEncoder.missing(from.name(), missing, names);
    } catch (DataException e) {
      return new IllegalArgumentException(e.getMessage(), e);
    }
    return new IllegalArgumentException(from.name() + ": lacks " + missing);
  }

  private static boolean isUnnamed(Schema schema) {
    return schema.featureNames().equals(Features.unnamed(schema.features()).names());
  }

  /// A mean that was filled in is in the rows for good.
  private void checkFills() {
    for (String column : from.columns().filled()) {
      OptionalDouble own = fill(from, column);
      OptionalDouble expected = fill(to, column);
      boolean used =
          to.encoding()
              .map(e -> e.columns().stream().anyMatch(c -> c.name().equals(column)))
              .orElse(to.featureNames().contains(column));
      boolean same =
          own.isPresent()
              && expected.isPresent()
              && (float) own.getAsDouble() == (float) expected.getAsDouble();
      if (used && !same) {
        throw new IllegalArgumentException(
            "%s: missing values of column %s became %s, the mean of these rows, where %s; read them by FittedModel.read(file), or encode them by the training's TableEncoding.apply(table)"
                .formatted(
                    from.name(),
                    CsvTable.quoted(column),
                    (float) own.orElse(Double.NaN),
                    expected.isPresent()
                        ? "the training has " + (float) expected.getAsDouble()
                        : "the training knows none"));
      }
    }
  }

  /// Days that were counted from other days are other numbers.
  private void checkDates() {
    Map<String, ColumnEncoding> known = encodings(to);
    for (ColumnEncoding own : encodings(from).values()) {
      if (known.get(own.name()) instanceof ColumnEncoding.Dates training
          && own instanceof ColumnEncoding.Dates dates
          && training.first() != dates.first()) {
        throw new IllegalArgumentException(
            "%s: dates of column %s were counted from %s, where the training has %s; read them by FittedModel.read(file), or encode them by the training's TableEncoding.apply(table)"
                .formatted(
                    from.name(),
                    CsvTable.quoted(own.name()),
                    LocalDate.ofEpochDay((long) dates.first()),
                    LocalDate.ofEpochDay((long) training.first())));
      }
    }
  }

  /// N-grams are worth something else where they were counted in other texts.
  private void checkTexts() {
    Map<String, ColumnEncoding> known = encodings(to);
    for (ColumnEncoding own : encodings(from).values()) {
      if (own instanceof ColumnEncoding.OfText
          && known.get(own.name()) instanceof ColumnEncoding.OfText training
          && !own.equals(training)) {
        throw new IllegalArgumentException(
            "%s: texts of column %s became features by other texts than those of the training; read them by FittedModel.read(file), or encode them by the training's TableEncoding.apply(table)"
                .formatted(from.name(), CsvTable.quoted(own.name())));
      }
    }
  }

  /// How columns became features, by name.
  private static Map<String, ColumnEncoding> encodings(Schema schema) {
    var byName = new LinkedHashMap<String, ColumnEncoding>();
    for (ColumnEncoding column : schema.encoding().map(TableEncoding::columns).orElse(List.of())) {
      byName.putIfAbsent(column.name(), column);
    }
    return byName;
  }

  private static OptionalDouble fill(Schema schema, String column) {
    return schema.encoding().stream()
        .flatMap(e -> e.columns().stream())
        .filter(c -> c.name().equals(column))
        .map(c -> c instanceof ColumnEncoding.Numbers n ? n.fill() : OptionalDouble.empty())
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  private int[] places() {
    List<String> names = from.classNames();
    if (from.encoding().isEmpty() && areCounted(names) && !areCounted(to.classNames())) {
      return IntStream.range(0, names.size()).map(i -> i < classes.size() ? i : -1).toArray();
    }
    return names.stream().mapToInt(classes::find).toArray();
  }

  /// `0`, `1`, …: where nobody said, classes are called so.
  private static boolean areCounted(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(Integer.toString(i)));
  }

  private double[] numbers() {
    double[] values = new double[from.classNames().size()];
    for (int i = 0; i < values.length; i++) {
      String name = from.classNames().get(i);
      values[i] = Numbers.parse(name, 0, name.length(), '.');
    }
    return values;
  }

  /// The answer of a row in the terms of the others.
  private double answer(double answer) {
    if (sameAnswers) {
      return answer;
    }
    if (to.task() == Task.REGRESSION) {
      double number = numbers[(int) answer];
      if (!Float.isFinite((float) number)) {
        throw new IllegalArgumentException(
            "%s: expected numbers in column %s, found %s"
                .formatted(
                    from.name(),
                    CsvTable.quoted(from.targetName()),
                    CsvTable.quoted(from.classNames().get((int) answer))));
      }
      return number;
    }
    boolean classified = from.task() == Task.CLASSIFICATION;
    int place = classified ? places[(int) answer] : classes.find(TaskFinder.name(answer));
    if (place < 0) {
      String name = classified ? from.classNames().get((int) answer) : TaskFinder.name(answer);
      throw new IllegalArgumentException(
          "%s: %s"
              .formatted(
                  from.name(), Nearest.sentence("class", CsvTable.shown(name), to.classNames())));
    }
    return place;
  }

  /// A fraction may have been rounded to float, a whole number of a category not.
  private static boolean isSame(double value, double category) {
    return value == category || (value == (float) category && category != Math.rint(category));
  }

  /// Features of rows, from one array into another.
  private void features(double[] x, double[] aligned, int rows) {
    if (sources == null) {
      System.arraycopy(x, 0, aligned, 0, rows * to.features());
      return;
    }
    int width = from.features();
    int n = sources.length;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < n; i++) {
        double value = sources[i] < 0 ? 0 : x[row * width + sources[i]];
        aligned[row * n + i] =
            Double.isNaN(categories[i]) ? value : isSame(value, categories[i]) ? 1 : 0;
      }
    }
  }

  /// A data set in the terms of the others; itself where everything stays.
  ///
  /// @throws IllegalArgumentException if a row has a class that the others lack
  public Dataset apply(Dataset data) {
    NotNull.check(data, "data");
    if (isIdentity()) {
      return data;
    }
    int[] order = IntStream.range(0, data.rows()).toArray();
    var x = new double[data.rows() * from.features()];
    var answers = new double[data.rows()];
    data.gatherExact(order, 0, order.length, x, answers);
    var aligned = new double[Math.multiplyExact(data.rows(), to.features())];
    features(x, aligned, data.rows());
    for (int row = 0; row < answers.length; row++) {
      answers[row] = answer(answers[row]);
    }
    return data.withAligned(
        aligned, to.columns(), Answers.of(to.task(), to.classNames(), to.targetName(), answers));
  }

  /// The rows of a source in the terms of the others; itself where everything stays.
  ///
  /// A row that has a class that the others lack is refused when it is read.
  public RowSource apply(RowSource source) {
    NotNull.check(source, "source");
    return isIdentity() ? source : new Aligned(source);
  }

  private final class Aligned implements RowSource {

    private final RowSource source;

    Aligned(RowSource source) {
      this.source = source;
    }

    @Override
    public Schema schema() {
      return new Schema(from.name(), to.task(), to.columns(), to.targetName(), to.classNames());
    }

    @Override
    public long rows() {
      return source.rows();
    }

    @Override
    public boolean weighted() {
      return source.weighted();
    }

    @Override
    public BatchReader pass(int epoch) {
      BatchReader raw = source.pass(epoch);
      var part = new double[PART * from.features()];
      var answersOfPart = new double[PART];
      var weightsOfPart = new float[PART];
      return new BatchReader() {
        @Override
        public int read(float[] x, float[] answers) {
          return read(x, answers, new float[answers.length]);
        }

        @Override
        public int read(float[] x, float[] answers, float[] weights) {
          Checks.room(x, answers, to.features());
          var exact = new double[answers.length * to.features()];
          var exactAnswers = new double[answers.length];
          int rows = read(exact, exactAnswers, weights);
          for (int i = 0; i < rows * to.features(); i++) {
            x[i] = (float) exact[i];
          }
          for (int row = 0; row < rows; row++) {
            answers[row] = (float) exactAnswers[row];
          }
          return rows;
        }

        @Override
        public int read(double[] x, double[] answers, float[] weights) {
          Checks.room(x, answers, weights, to.features());
          int rows = 0;
          while (rows < answers.length) {
            int room = Math.min(PART, answers.length - rows);
            var a = room == PART ? answersOfPart : new double[room];
            int count = raw.read(part, a, weightsOfPart);
            if (count == 0) {
              break;
            }
            var aligned = new double[count * to.features()];
            features(part, aligned, count);
            System.arraycopy(aligned, 0, x, rows * to.features(), aligned.length);
            System.arraycopy(weightsOfPart, 0, weights, rows, count);
            for (int i = 0; i < count; i++) {
              answers[rows + i] = answer(a[i]);
            }
            rows += count;
          }
          return rows;
        }

        @Override
        public void close() {
          raw.close();
        }
      };
    }
  }

  /// `test.csv as 9 features for regression`
  @Override
  public String toString() {
    return "%s as %d features for %s".formatted(from.name(), to.features(), to.task());
  }
}
