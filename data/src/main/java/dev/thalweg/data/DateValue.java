package dev.thalweg.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A date or time that a program has at hand, as the days that its text in a file would be.
final class DateValue {

  private static final List<Class<?>> DATES =
      List.of(
          LocalDate.class,
          LocalDateTime.class,
          Instant.class,
          OffsetDateTime.class,
          ZonedDateTime.class);

  private DateValue() {}

  /// Whether a component of this type may hold such values, be it as text.
  static boolean holds(Class<?> type, FieldFormat.Dates.Order order) {
    return type == String.class
        || (order == FieldFormat.Dates.Order.TIME ? type == LocalTime.class : DATES.contains(type));
  }

  /// How a file would write values of this type of java.time; null where it is none of these.
  static FieldFormat.@Nullable Dates order(Class<?> type) {
    if (type == LocalTime.class) {
      return new FieldFormat.Dates(FieldFormat.Dates.Order.TIME);
    }
    return DATES.contains(type) ? new FieldFormat.Dates(FieldFormat.Dates.Order.YEAR_FIRST) : null;
  }

  /// Days since the beginning of 1970, of UTC where there is a zone; of a time, the part of a day.
  /// NaN where it is no value of this kind.
  static double days(Object value, FieldFormat.Dates.Order order) {
    if (value instanceof String text) {
      String bare = text.strip();
      return new FieldFormat.Dates(order).days(bare, 0, bare.length(), new DateText());
    }
    if (!holds(value.getClass(), order)) {
      return Double.NaN;
    }
    return switch (value) {
      case LocalTime time -> ofDay(time);
      case LocalDate date -> date.toEpochDay();
      case LocalDateTime dateTime -> days(dateTime);
      case Instant instant -> days(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
      case OffsetDateTime dateTime -> days(dateTime.toInstant(), order);
      case ZonedDateTime dateTime -> days(dateTime.toInstant(), order);
      default -> Double.NaN;
    };
  }

  private static double days(LocalDateTime dateTime) {
    return dateTime.toLocalDate().toEpochDay() + ofDay(dateTime.toLocalTime());
  }

  /// In the order of operations of [DateText].
  private static double ofDay(LocalTime time) {
    double seconds = time.getSecond() + time.getNano() / 1e9;
    return (time.getHour() * 3600 + time.getMinute() * 60 + seconds) / 86_400;
  }
}
