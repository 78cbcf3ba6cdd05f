package dev.thalweg.data;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Takes the values of a column, one after the other, and fits its encoding.
final class ColumnFitter {

  private final @Nullable DateFitter dates;
  private final @Nullable TextFitter texts;
  private final BitSet seen = new BitSet();
  private double sum;
  private double roundedSum;
  private double smallest = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;
  private double rounding;
  private long present;
  private long missing;

  /// @param dates how dates were written, where the column has dates
  /// @param texts how its texts become features, where the column has texts
  ColumnFitter(Optional<FieldFormat.Dates> dates, Optional<TextForm> texts) {
    this.texts = texts.map(TextFitter::of).orElse(null);
    this.dates = dates.map(how -> new DateFitter(how.order())).orElse(null);
  }

  /// Takes a number, days of a date, or the number of a category; NaN is a missing one.
  void add(double value, boolean categorical) {
    if (Double.isNaN(value)) {
      missing++;
      return;
    }
    present++;
    if (dates != null) {
      dates.add(value);
    } else if (categorical) {
      seen.set((int) value);
    } else {
      sum += value;
      roundedSum += (float) value;
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
      rounding = Math.max(rounding, Math.abs(value - (float) value));
    }
  }

  /// Takes a text of a column of texts.
  void add(String text) {
    present++;
    if (texts != null) {
      texts.add(text);
    }
  }

  /// The mean of the numbers as the floats that they become, but where rounding might be seen.
  private double mean() {
    return (rounding <= 0x1p-20 * (largest - smallest) ? roundedSum : sum) / present;
  }

  /// The encoding.
  ///
  /// @param categorical whether the values were numbers of categories
  /// @param categories by number, where the column has them
  /// @throws DataException if all values were missing
  ColumnEncoding fitted(
      String source, String name, int place, boolean categorical, List<String> categories) {
    if (present == 0) {
      throw new DataException(
          "%s, column %d (%s): expected values to learn from, found none in the %d rows to train on"
              .formatted(source, place + 1, CsvTable.quoted(name), missing));
    }
    if (texts != null) {
      return texts.fitted(source, name, place);
    }
    if (dates != null) {
      return dates.fitted(name, place);
    }
    if (!categorical) {
      return new ColumnEncoding.Numbers(name, place, OptionalDouble.of(mean()));
    }
    List<String> sorted = Categories.sorted(seen.stream().mapToObj(categories::get).toList());
    // A text of that name is a category by itself.
    boolean own = missing > 0 && !new HashSet<>(sorted).contains(ColumnEncoding.MISSING);
    return new ColumnEncoding.OneHot(name, place, sorted, own);
  }
}
