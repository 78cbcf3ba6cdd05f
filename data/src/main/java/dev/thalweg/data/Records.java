package dev.thalweg.data;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A list of records as a [Table]: their components are its columns.
final class Records implements ColumnKinds {

  private static final Set<Class<?>> TEXTS =
      Set.of(String.class, boolean.class, Boolean.class, char.class, Character.class);

  private final Class<?> type;
  private final @Nullable Method[] accessors;
  private final List<String> names;
  private final Collection<String> said;
  private final Categories[] categories;
  private final boolean[] categorical;
  private final FieldFormat.@Nullable Dates[] dates;

  /// @param said the components that are said to be categories
  /// @param used whether a component is looked at; others may be of any type
  /// @param isName whether the dates of a component are names, as in a file
  private Records(
      Class<?> type, Collection<String> said, Predicate<String> used, Predicate<String> isName) {
    this.type = type;
    this.said = said;
    RecordComponent[] components = type.getRecordComponents();
    this.names = Arrays.stream(components).map(RecordComponent::getName).toList();
    this.accessors = new @Nullable Method[components.length];
    this.categories = new Categories[components.length];
    this.categorical = new boolean[components.length];
    this.dates = new FieldFormat.@Nullable Dates[components.length];
    for (int i = 0; i < components.length; i++) {
      Class<?> kind = components[i].getType();
      boolean text = isText(kind) || (isName.test(names.get(i)) && DateValue.order(kind) != null);
      categories[i] = new Categories();
      if (!used.test(names.get(i))) {
        continue;
      }
      dates[i] = text ? null : DateValue.order(kind);
      if (!text && !isNumber(kind) && dates[i] == null) {
        throw new IllegalArgumentException(
            "%s: expected numbers, texts, enums, booleans and dates of java.time, found component %s of type %s; TableOptions.withIgnored(\"%s\") leaves it out"
                .formatted(type.getSimpleName(), names.get(i), kind.getSimpleName(), names.get(i)));
      }
      categorical[i] = text || said.contains(names.get(i));
      accessors[i] = accessor(type, components[i]);
    }
  }

  static <T extends Record> Table table(List<T> records, TableOptions options) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("records: expected at least 2, found none");
    }
    try {
      var columns =
          new Records(
              records.getFirst().getClass(),
              Stream.concat(options.categorical().stream(), options.texts().stream()).toList(),
              name -> !options.ignored().contains(name),
              name ->
                  options.categorical().contains(name)
                      || name.equals(options.target())
                      || options.weight().equals(Optional.of(name)));
      var roles = new ColumnRoles(columns.type.getSimpleName(), columns.names, _ -> "", options);
      var reader = new TableReader(roles, options);
      for (int i = 0; i < records.size(); i++) {
        columns.check(records.get(i), i);
        if (roles.weight() >= 0 && columns.isZero(records.get(i), roles.weight(), i)) {
          reader.weightless();
          continue;
        }
        double[] fields = columns.values(records.get(i), i);
        if (roles.weight() >= 0 && !Double.isNaN(fields[roles.target()])) {
          columns.checkWeight(fields[roles.weight()], roles.weight(), i);
        }
        reader.add(fields);
      }
      return reader.table(
          columns, new FoundFormat(CsvFormat.found(), List.of(), List.of(), Optional.empty()));
    } catch (DataException e) {
      // A program handed it over.
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static boolean isText(Class<?> kind) {
    return TEXTS.contains(kind) || kind.isEnum();
  }

  static boolean isNumber(Class<?> kind) {
    return Number.class.isAssignableFrom(kind)
        || (kind.isPrimitive() && kind != boolean.class && kind != char.class);
  }

  /// @throws IllegalArgumentException if the class may not be looked into
  static Method accessor(Class<?> type, RecordComponent component) {
    Method accessor = component.getAccessor();
    try {
      accessor.setAccessible(true);
      return accessor;
    } catch (InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "%s: expected a record that may be looked into, found package %s closed; 'opens %s to dev.thalweg.data;' opens it"
              .formatted(type.getSimpleName(), type.getPackageName(), type.getPackageName()),
          e);
    }
  }

  private void check(Record record, int row) {
    if (record.getClass() != type) {
      throw new IllegalArgumentException(
          "records: expected a %s as the first one is, found a %s (row %d)"
              .formatted(type.getSimpleName(), record.getClass().getSimpleName(), row));
    }
  }

  private boolean isZero(Record record, int column, int row) {
    return !categorical[column] && (float) value(record, column, row) == 0;
  }

  private double[] values(Record record, int row) {
    var values = new double[accessors.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(record, i, row);
    }
    return values;
  }

  private double value(Record record, int column, int row) {
    Method accessor = accessors[column];
    Object value = accessor == null ? null : component(accessor, record, column);
    if (value == null
        || value.equals("")
        || (value instanceof Number n && Double.isNaN(n.doubleValue()))) {
      return Double.NaN;
    }
    FieldFormat.Dates date = dates[column];
    if (date != null) {
      return DateValue.days(value, date.order());
    }
    if (value instanceof Number number && !categorical[column]) {
      double exact = number.doubleValue();
      if (Float.isInfinite((float) exact)) {
        throw new IllegalArgumentException(
            "%s: expected a finite float, found %s (row %d, component %s)"
                .formatted(type.getSimpleName(), number, row, names.get(column)));
      }
      return exact;
    }
    return categories[column].add(name(value));
  }

  /// A number is named as a table of text would write it: 4, also where it is 4.0.
  private static String name(Object value) {
    return switch (value) {
      case Enum<?> e -> e.name();
      case Double number -> TaskFinder.name(number);
      case Float number -> TaskFinder.name(number);
      default -> value.toString().strip();
    };
  }

  private void checkWeight(double weight, int column, int row) {
    if (categorical[column] || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "%s: expected weights, numbers of at least 0, found %s (row %d, component %s)"
              .formatted(
                  type.getSimpleName(),
                  categorical[column] ? "text" : Double.isNaN(weight) ? "none" : weight,
                  row,
                  names.get(column)));
    }
  }

  private @Nullable Object component(Method accessor, Record record, int column) {
    try {
      return accessor.invoke(record);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("was made accessible", e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "%s: component %s cannot be read: %s"
              .formatted(type.getSimpleName(), names.get(column), e.getCause()),
          e);
    }
  }

  @Override
  public boolean isCategorical(int column) {
    return categorical[column];
  }

  @Override
  public Optional<FieldFormat.Dates> dates(int column) {
    return Optional.ofNullable(dates[column]);
  }

  @Override
  public boolean isText(int column) {
    return !said.contains(names.get(column)) && categories[column].size() > MOST_CATEGORIES;
  }

  @Override
  public List<String> categories(int column) {
    return categories[column].texts();
  }
}
