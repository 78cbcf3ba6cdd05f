package dev.thalweg.data;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumSet;

/// Takes the dates of a column, one after the other, and fits their encoding.
final class DateFitter {

  private final FieldFormat.Dates.Order order;
  private final EnumSet<Month> months = EnumSet.noneOf(Month.class);
  private final EnumSet<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
  private boolean times;
  private double first = Double.POSITIVE_INFINITY;
  private double sum;
  private long present;

  DateFitter(FieldFormat.Dates.Order order) {
    this.order = order;
  }

  /// Takes a date, in days since the beginning of 1970.
  void add(double days) {
    present++;
    sum += days;
    first = Math.min(first, Math.floor(days));
    times |= days != Math.floor(days);
    if (order != FieldFormat.Dates.Order.TIME && (months.size() < 12 || weekdays.size() < 7)) {
      var date = LocalDate.ofEpochDay((long) Math.floor(days));
      months.add(date.getMonth());
      weekdays.add(date.getDayOfWeek());
    }
  }

  /// The encoding: of the calendar, what differs.
  ColumnEncoding.Dates fitted(String name, int place) {
    var parts = new ArrayList<ColumnEncoding.Dates.Part>();
    if (months.size() > 1) {
      parts.add(ColumnEncoding.Dates.Part.YEAR);
    }
    if (weekdays.size() > 1) {
      parts.add(ColumnEncoding.Dates.Part.WEEK);
    }
    if (times) {
      parts.add(ColumnEncoding.Dates.Part.DAY);
    }
    return new ColumnEncoding.Dates(name, place, order, first, sum / present - first, parts);
  }
}
