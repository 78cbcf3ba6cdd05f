package dev.thalweg.data;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A list of records as a [Table]: their components are its columns.
final class Records implements ColumnKinds {

  private static final Set<Class<?>> TEXTS =
      Set.of(String.class, boolean.class, Boolean.class, char.class, Character.class);

  private final Class<?> type;
  private final Method[] accessors;
  private final ColumnRoles roles;
  private final Categories[] categories;
  private final boolean[] categorical;

  private Records(Class<?> type, TableOptions options) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    this.roles = new ColumnRoles(type.getSimpleName(), names, options);
    this.accessors = new Method[components.length];
    this.categories = new Categories[components.length];
    this.categorical = new boolean[components.length];
    for (int i = 0; i < components.length; i++) {
      Class<?> kind = components[i].getType();
      boolean text = TEXTS.contains(kind) || kind.isEnum();
      if (!text && !isNumber(kind)) {
        throw new IllegalArgumentException(
            "%s: expected numbers, texts, enums and booleans, found component %s of type %s"
                .formatted(type.getSimpleName(), names.get(i), kind.getSimpleName()));
      }
      categorical[i] = text || roles.isCategorical(i);
      categories[i] = new Categories();
      accessors[i] = accessor(components[i]);
    }
  }

  static <T extends Record> Table table(List<T> records, TableOptions options) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("records: expected at least 2, found none");
    }
    try {
      var columns = new Records(records.getFirst().getClass(), options);
      var reader = new TableReader(columns.roles, options);
      for (int i = 0; i < records.size(); i++) {
        reader.add(columns.values(records.get(i), i));
      }
      return reader.table(columns);
    } catch (DataException e) {
      // A program handed it over.
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static boolean isNumber(Class<?> kind) {
    return Number.class.isAssignableFrom(kind)
        || (kind.isPrimitive() && kind != boolean.class && kind != char.class);
  }

  private Method accessor(RecordComponent component) {
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

  private double[] values(Record record, int row) {
    if (record.getClass() != type) {
      throw new IllegalArgumentException(
          "records: expected a %s as the first one is, found a %s (row %d)"
              .formatted(type.getSimpleName(), record.getClass().getSimpleName(), row));
    }
    var values = new double[accessors.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(record, i, row);
    }
    return values;
  }

  private double value(Record record, int column, int row) {
    Object value = component(record, column);
    if (value == null
        || value.equals("")
        || (value instanceof Number n && Double.isNaN(n.doubleValue()))) {
      return Double.NaN;
    }
    if (value instanceof Number number && !categorical[column]) {
      double exact = number.doubleValue();
      if (Float.isInfinite((float) exact)) {
        throw new IllegalArgumentException(
            "%s: expected a finite float, found %s (row %d, component %s)"
                .formatted(type.getSimpleName(), number, row, roles.names().get(column)));
      }
      return exact;
    }
    return categories[column].add(value instanceof Enum<?> e ? e.name() : value.toString().strip());
  }

  private @Nullable Object component(Record record, int column) {
    try {
      return accessors[column].invoke(record);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("was made accessible", e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "%s: component %s cannot be read: %s"
              .formatted(type.getSimpleName(), roles.names().get(column), e.getCause()),
          e);
    }
  }

  @Override
  public boolean isCategorical(int column) {
    return categorical[column];
  }

  @Override
  public boolean isText(int column) {
    return !roles.isCategorical(column) && categories[column].size() > MOST_CATEGORIES;
  }

  @Override
  public List<String> categories(int column) {
    return categories[column].texts();
  }
}
