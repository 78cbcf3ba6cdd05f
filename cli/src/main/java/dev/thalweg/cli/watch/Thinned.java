package dev.thalweg.cli.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of numbers that come one after the other without an end, of which at most so many are kept:
/// when there are more, two neighbours become their mean, and from then on each row is the mean of
/// twice as many. A number that is not there is NaN and counts in no mean.
///
/// Safe for use by several threads.
public final class Thinned {

  private final int most;
  private final List<double[]> rows = new ArrayList<>();
  private long each = 1;
  private double[] sums = {};
  private int[] counts = {};
  private long added;

  /// How often rows were thinned: whoever has seen them before has to read all again.
  private int generation;

  /// @param most rows that are kept, an even number
  public Thinned(int most) {
    if (most < 2 || most % 2 != 0) {
      throw new IllegalArgumentException("expected an even number of rows, found " + most);
    }
    this.most = most;
  }

  /// What a reader has seen.
  ///
  /// @param generation how often rows had been thinned
  /// @param rows how many there were
  public record Place(int generation, int rows) {
    /// Nothing yet.
    public static final Place NOTHING = new Place(-1, 0);
  }

  /// What is new to a reader.
  ///
  /// @param all whether it replaces what was seen before
  /// @param rows that are new
  /// @param seen where the reader is then
  public record News(boolean all, List<double[]> rows, Place seen) {
    /// Copies the list.
    public News {
      rows = List.copyOf(rows);
    }
  }

  /// Adds a row; all have as many numbers.
  public synchronized void add(double... row) {
    if (sums.length != row.length) {
      sums = new double[row.length];
      counts = new int[row.length];
    }
    for (int i = 0; i < row.length; i++) {
      if (!Double.isNaN(row[i])) {
        sums[i] += row[i];
        counts[i]++;
      }
    }
    if (++added < each) {
      return;
    }
    var mean = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      mean[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
    }
    Arrays.fill(sums, 0);
    Arrays.fill(counts, 0);
    added = 0;
    rows.add(mean);
    if (rows.size() == most) {
      thin();
    }
  }

  private void thin() {
    List<double[]> half = new ArrayList<>();
    for (int i = 0; i < most; i += 2) {
      double[] one = rows.get(i);
      double[] other = rows.get(i + 1);
      var mean = new double[one.length];
      for (int j = 0; j < mean.length; j++) {
        mean[j] =
            Double.isNaN(one[j])
                ? other[j]
                : Double.isNaN(other[j]) ? one[j] : (one[j] + other[j]) / 2;
      }
      half.add(mean);
    }
    rows.clear();
    rows.addAll(half);
    each *= 2;
    generation++;
  }

  /// What there is beyond what a reader has seen.
  public synchronized News since(Place seen) {
    boolean all = seen.generation != generation;
    int from = all ? 0 : seen.rows;
    return new News(all, rows.subList(from, rows.size()), new Place(generation, rows.size()));
  }

  /// How many rows are kept.
  public synchronized int size() {
    return rows.size();
  }
}
