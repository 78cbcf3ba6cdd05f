package dev.thalweg.kernels;

import java.util.Arrays;

/// Some rows of a table, ascending: the places along the first dimension of [Values] without which
/// all numbers are +0.
///
/// The gradient of a table of which a batch looked up a few rows is such: whoever knows the rows
/// need not look at the others. The list is of the values that it belongs to, and as old as they.
public final class UsedRows {
  private int[] places;
  private int count;

  /// No rows, with room for some.
  public UsedRows() {
    places = new int[16];
  }

  /// These rows.
  ///
  /// @throws IllegalArgumentException if they do not ascend from 0 on
  public static UsedRows of(int... places) {
    UsedRows rows = new UsedRows();
    for (int place : places) {
      if (place < 0 || (rows.count > 0 && place <= rows.places[rows.count - 1])) {
        throw new IllegalArgumentException(
            "rows: expected them to ascend from 0 on, found " + Arrays.toString(places));
      }
      rows.add(place);
    }
    return rows;
  }

  /// How many there are.
  public int count() {
    return count;
  }

  /// The place of one of them.
  ///
  /// @param i from 0 to below [#count]
  public int at(int i) {
    return places[i];
  }

  /// Behind the last of those that follow each other from one of them on.
  ///
  /// @param i from 0 to below [#count]
  /// @param most how far it may be at most
  public int runEnd(int i, int most) {
    int end = i + 1;
    while (end < most && places[end] == places[end - 1] + 1) {
      end++;
    }
    return end;
  }

  /// Adds one, in any order; see [#sort].
  public void add(int place) {
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
    }
    places[count++] = place;
  }

  /// Puts what was added in order. None may have been added twice.
  public void sort() {
    Arrays.sort(places, 0, count);
  }

  /// Takes all away.
  public void clear() {
    count = 0;
  }

  /// Becomes the rows of another list.
  public void set(UsedRows other) {
    places = places.length < other.count ? other.places.clone() : places;
    System.arraycopy(other.places, 0, places, 0, other.count);
    count = other.count;
  }

  /// Becomes the rows that are in one of two lists, or in both.
  public void union(UsedRows one, UsedRows other) {
    clear();
    int i = 0;
    int j = 0;
    while (i < one.count || j < other.count) {
      int left = i < one.count ? one.places[i] : Integer.MAX_VALUE;
      int right = j < other.count ? other.places[j] : Integer.MAX_VALUE;
      add(Math.min(left, right));
      i += left <= right ? 1 : 0;
      j += right <= left ? 1 : 0;
    }
  }

  /// The places: `3, 17, 18`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ").append(places[i]);
    }
    return text.toString();
  }
}
