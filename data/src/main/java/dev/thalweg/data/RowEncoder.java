package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes features of one row after the other, a record or a map, as a [TableEncoding] says: for
/// answers to single requests.
///
/// ```java
/// var encoder = new RowEncoder(encoding);
/// double[] x = new double[encoding.features()];
/// RowNotes notes = encoder.encode(new Offer(80, 3, "north"), x);
/// ```
///
/// How a class of records is read is found out once, when the first one comes. Safe from several
/// threads at once.
public final class RowEncoder {

  private final TableEncoding encoding;
  private final List<String> names;
  private final ColumnEncoding[] columns;
  private final Categories[] categories;
  private final @Nullable TextFeatures[] texts;
  private final ClassValue<Accessors> accessors =
      new ClassValue<>() {
        @Override
        protected Accessors computeValue(Class<?> type) {
          return new Accessors(type);
        }
      };

  /// An encoder for an encoding.
  public RowEncoder(TableEncoding encoding) {
    NotNull.check(encoding, "encoding");
    this.encoding = encoding;
    this.columns = encoding.columns().toArray(ColumnEncoding[]::new);
    this.names = encoding.columns().stream().map(ColumnEncoding::name).toList();
    this.categories = new Categories[columns.length];
    this.texts = new @Nullable TextFeatures[columns.length];
    for (int i = 0; i < columns.length; i++) {
      categories[i] =
          columns[i] instanceof ColumnEncoding.OneHot oneHot
              ? new Categories(oneHot.categories())
              : new Categories();
      texts[i] = TextFeatures.of(columns[i]);
    }
  }

  /// How the components of a class of records are read, by column.
  private final class Accessors {

    /// (Record)double, where the column holds numbers and the component is a primitive one.
    private final @Nullable MethodHandle[] numbers = new @Nullable MethodHandle[columns.length];

    /// (Record)Object, of all others.
    private final @Nullable MethodHandle[] values = new @Nullable MethodHandle[columns.length];

    Accessors(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      List<String> found = Arrays.stream(components).map(RecordComponent::getName).toList();
      checkThere(type.getSimpleName(), found);
      for (int i = 0; i < columns.length; i++) {
        RecordComponent component = components[found.indexOf(names.get(i))];
        Class<?> kind = component.getType();
        boolean number = columns[i] instanceof ColumnEncoding.Numbers;
        if (columns[i] instanceof ColumnEncoding.Dates dates) {
          if (!DateValue.holds(kind, dates.order())) {
            throw new IllegalArgumentException(
                "%s: expected %s in component %s, found type %s"
                    .formatted(
                        type.getSimpleName(), what(dates), names.get(i), kind.getSimpleName()));
          }
        } else if (!Records.isText(kind)
            && !Records.isNumber(kind)
            && (number || DateValue.order(kind) == null)) {
          throw new IllegalArgumentException(
              "%s: expected numbers, texts, enums, booleans and dates of java.time, found component %s of type %s"
                  .formatted(type.getSimpleName(), names.get(i), kind.getSimpleName()));
        }
        if (number && Records.isText(kind)) {
          throw new IllegalArgumentException(
              "%s: expected numbers in component %s, found type %s"
                  .formatted(type.getSimpleName(), names.get(i), kind.getSimpleName()));
        }
        MethodHandle accessor = handle(type, component);
        if (number && kind.isPrimitive()) {
          numbers[i] = accessor.asType(MethodType.methodType(double.class, Record.class));
        } else {
          values[i] = accessor.asType(MethodType.methodType(Object.class, Record.class));
        }
      }
    }

    private static MethodHandle handle(Class<?> type, RecordComponent component) {
      try {
        return MethodHandles.lookup().unreflect(Records.accessor(type, component));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("was made accessible", e);
      }
    }
  }

  private void checkThere(String source, List<String> found) {
    try {
      TableEncoder.missing(source, names, found);
    } catch (DataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// The features of a record: numbers, as categories texts, enums, booleans and characters, and as
  /// dates texts and `java.time`'s, by UTC where they have a zone; null, NaN and an empty text are
  /// missing. Components that are no columns of the encoding are not looked at.
  ///
  /// @param x takes the features
  /// @return what was missing or not known
  /// @throws IllegalArgumentException if a column has no component, or one of another type, a
  ///   number is infinite, or one is missing and no mean is known to take its place
  public RowNotes encode(Record row, double[] x) {
    NotNull.check(row, "row");
    NotNull.check(x, "x");
    Accessors of = accessors.get(row.getClass());
    RowNotes.Collector notes = null;
    int at = 0;
    for (int i = 0; i < columns.length; i++) {
      MethodHandle primitive = of.numbers[i];
      if (primitive != null) {
        double number = number(primitive, row);
        if (!Double.isNaN(number)) {
          x[at] = finite(number, i);
        } else {
          notes = missing(notes, i, x, at);
        }
      } else {
        notes = put(notes, value(of.values[i], row, i), i, x, at);
      }
      at += columns[i].width();
    }
    return notes == null ? RowNotes.NONE : notes.notes();
  }

  private static double number(MethodHandle handle, Record row) {
    try {
      return (double) handle.invokeExact(row);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException("record: cannot be read: " + e, e);
    }
  }

  private @Nullable Object value(@Nullable MethodHandle handle, Record row, int column) {
    if (handle == null) {
      throw new IllegalStateException("no accessor of " + names.get(column));
    }
    try {
      return (Object) handle.invokeExact(row);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException("record: cannot be read: " + e, e);
    }
  }

  /// The features of a map from the names of columns to values as in a record. A value that is
  /// missing is null; a column that is not there is refused, since it may be a slip of the pen.
  ///
  /// @param x takes the features
  /// @return what was missing or not known
  /// @throws IllegalArgumentException as of a record
  public RowNotes encode(Map<String, ? extends @Nullable Object> row, double[] x) {
    NotNull.check(row, "row");
    NotNull.check(x, "x");
    RowNotes.Collector notes = null;
    int at = 0;
    for (int i = 0; i < columns.length; i++) {
      String name = names.get(i);
      Object value = row.get(name);
      if (value == null && !row.containsKey(name)) {
        checkThere("map", new ArrayList<>(row.keySet()));
      }
      notes = put(notes, value, i, x, at);
      at += columns[i].width();
    }
    return notes == null ? RowNotes.NONE : notes.notes();
  }

  private RowNotes.@Nullable Collector put(
      RowNotes.@Nullable Collector notes, @Nullable Object value, int column, double[] x, int at) {
    boolean isMissing =
        value == null
            || (value instanceof Double d && Double.isNaN(d))
            || (value instanceof Float f && Float.isNaN(f))
            || (value instanceof CharSequence text && text.toString().isBlank());
    if (isMissing) {
      return missing(notes, column, x, at);
    }
    switch (columns[column]) {
      case ColumnEncoding.Numbers _ -> x[at] = number(value, column);
      case ColumnEncoding.Dates dates -> put(dates, days(value, dates), x, at);
      case ColumnEncoding.OfText text -> {
        Arrays.fill(x, at, at + text.width(), 0);
        TextFeatures weighed = texts[column];
        if (weighed != null) {
          weighed.of(text(value)).addTo(x, at);
        }
      }
      case ColumnEncoding.OneHot oneHot -> {
        Arrays.fill(x, at, at + oneHot.width(), 0);
        int place = find(categories[column], value);
        if (place < 0) {
          RowNotes.Collector more = notes == null ? new RowNotes.Collector() : notes;
          more.unknown(names.get(column), text(value));
          return more;
        }
        x[at + place] = 1;
      }
    }
    return notes;
  }

  private static void put(ColumnEncoding.Dates how, double days, double[] x, int at) {
    double[] features = how.features(days);
    System.arraycopy(features, 0, x, at, features.length);
  }

  private static String what(ColumnEncoding.Dates how) {
    return how.order() == FieldFormat.Dates.Order.TIME
        ? "texts or LocalTime"
        : "texts, LocalDate, LocalDateTime or Instant";
  }

  private static double days(@Nullable Object value, ColumnEncoding.Dates how) {
    double days = value == null ? Double.NaN : DateValue.days(value, how.order());
    if (Double.isNaN(days)) {
      throw new IllegalArgumentException(
          "predict: expected a date such as %s for '%s', found %s '%s'"
              .formatted(
                  new FieldFormat.Dates(how.order()).sample(),
                  how.name(),
                  value == null ? "none" : value.getClass().getSimpleName(),
                  CsvTable.shown(String.valueOf(value))));
    }
    return days;
  }

  private double number(@Nullable Object value, int column) {
    if (value instanceof Number number) {
      return finite(number.doubleValue(), column);
    }
    throw new IllegalArgumentException(
        "predict: expected a number for '%s', found %s '%s'"
            .formatted(
                names.get(column),
                value == null ? "none" : value.getClass().getSimpleName(),
                CsvTable.shown(String.valueOf(value))));
  }

  private double finite(double number, int column) {
    if (!Float.isFinite((float) number)) {
      throw new IllegalArgumentException(
          "predict: expected a finite float for '%s', found %s"
              .formatted(names.get(column), number));
    }
    return number;
  }

  private static String text(@Nullable Object value) {
    return value instanceof Enum<?> constant ? constant.name() : String.valueOf(value).strip();
  }

  /// A number that is computed is the category of its value, however it is written.
  private static int find(Categories known, @Nullable Object value) {
    int place = known.find(text(value));
    return place < 0 && (value instanceof Double || value instanceof Float)
        ? known.find(TaskFinder.name(((Number) value).doubleValue()))
        : place;
  }

  private RowNotes.Collector missing(
      RowNotes.@Nullable Collector notes, int column, double[] x, int at) {
    switch (columns[column]) {
      case ColumnEncoding.Numbers numbers ->
          x[at] =
              numbers
                  .fill()
                  .orElseThrow(() ->
                      new IllegalArgumentException(
                          "predict: '%s' is missing, and %s"
                              .formatted(numbers.name(), TableEncoder.NO_FILL)));
      case ColumnEncoding.Dates dates -> put(dates, Double.NaN, x, at);
      case ColumnEncoding.OfText text -> Arrays.fill(x, at, at + text.width(), 0);
      case ColumnEncoding.OneHot oneHot -> {
        Arrays.fill(x, at, at + oneHot.width(), 0);
        if (oneHot.missing()) {
          x[at + oneHot.categories().size()] = 1;
        }
      }
    }
    RowNotes.Collector more = notes == null ? new RowNotes.Collector() : notes;
    more.missing(names.get(column));
    return more;
  }

  /// `rows of 3 columns into 5 features`
  @Override
  public String toString() {
    return "rows of %d columns into %d features".formatted(columns.length, encoding.features());
  }
}
