package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What users thought of items: a user, an item and a number each.
///
/// ```java
/// Ratings all = Ratings.read(Path.of("ratings.csv"), CsvFormat.found());
/// List<Ratings> parts = all.split(0.8, seed);
/// ```
///
/// Users and items have numbers from 0 on, in the order in which they first come, the same in all
/// parts. An immutable value.
public final class Ratings {

  private static final List<String> USERS = List.of("user", "userid");
  private static final List<String> ITEMS =
      List.of("item", "itemid", "movie", "movieid", "product");
  private static final List<String> VALUES = List.of("rating", "value", "score", "stars");

  private final String name;
  private final List<String> users;
  private final List<String> items;
  private final int[] user;
  private final int[] item;
  private final float[] value;

  private Ratings(
      String name, List<String> users, List<String> items, int[] user, int[] item, float[] value) {
    this.name = name;
    this.users = users;
    this.items = items;
    this.user = user;
    this.item = item;
    this.value = value;
  }

  /// Ratings in memory.
  ///
  /// @param name what messages call them
  /// @param users the user of each
  /// @param items the item of each
  /// @throws IllegalArgumentException if there is none, numbers differ, or a value is not finite
  public static Ratings of(String name, List<String> users, List<String> items, double... values) {
    NotNull.check(name, "name");
    NotNull.check(users, "users");
    NotNull.check(items, "items");
    NotNull.check(values, "values");
    if (values.length == 0 || users.size() != values.length || items.size() != values.length) {
      throw new IllegalArgumentException(
          "%s: expected a user, an item and a value for each rating, found %d, %d and %d"
              .formatted(name, users.size(), items.size(), values.length));
    }
    var reading = new Reading();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite((float) values[i])) {
        throw new IllegalArgumentException(
            "%s: expected finite values, found %s (rating %d)".formatted(name, values[i], i));
      }
      reading.add(users.get(i), items.get(i), values[i]);
    }
    return reading.ratings(name);
  }

  /// The ratings of a CSV file, read a row at a time: the columns `user` (or `userId`, `user_id`),
  /// `item` (`movieId`, `product`, …) and `rating` (`value`, `score`, `stars`); where there is no
  /// line of names, or none of these, the first three columns. Others, such as times, are not
  /// looked at.
  ///
  /// @throws DataException if the file can't be read, has fewer columns, or a field is missing or
  ///   no number
  public static Ratings read(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    try (var rows = CsvRows.open(file, format)) {
      if (rows.names().size() < 3) {
        throw new DataException(
            "%s: expected the columns user, item and rating, found %s"
                .formatted(file, String.join(", ", rows.names())));
      }
      int u = place(rows.names(), USERS, 0);
      int i = place(rows.names(), ITEMS, 1);
      int v = place(rows.names(), VALUES, 2);
      var reading = new Reading();
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        for (int column : new int[] {u, i, v}) {
          if (rows.format().isMissing(row, column)) {
            throw rows.wrong(row, column, "expected a user, an item and a rating, found none");
          }
        }
        double number = rows.number(row, v);
        if (Double.isNaN(number)) {
          throw rows.wrong(row, v, CsvTable.quoted(row.field(v)) + " is not a number");
        }
        reading.add(row.field(u), row.field(i), number);
      }
      return reading.ratings(file.toString());
    }
  }

  private static int place(List<String> names, List<String> meant, int otherwise) {
    for (int column = 0; column < names.size(); column++) {
      String plain = names.get(column).toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
      if (meant.contains(plain)) {
        return column;
      }
    }
    return otherwise;
  }

  /// Collects ratings.
  private static final class Reading {

    private final Categories users = new Categories();
    private final Categories items = new Categories();
    private int[] user = new int[64];
    private int[] item = new int[64];
    private float[] value = new float[64];
    private int count;

    void add(String who, String what, double number) {
      if (count == value.length) {
        user = Arrays.copyOf(user, 2 * count);
        item = Arrays.copyOf(item, 2 * count);
        value = Arrays.copyOf(value, 2 * count);
      }
      user[count] = users.add(who);
      item[count] = items.add(what);
      value[count++] = (float) number;
    }

    Ratings ratings(String name) {
      return new Ratings(
          name,
          List.copyOf(users.texts()),
          List.copyOf(items.texts()),
          Arrays.copyOf(user, count),
          Arrays.copyOf(item, count),
          Arrays.copyOf(value, count));
    }
  }

  /// Two parts without a common rating, in an order that depends on the seed only.
  ///
  /// @param trainFraction above 0, below 1
  /// @throws IllegalArgumentException if it is not, or nothing would be left for a part
  public List<Ratings> split(double trainFraction, long seed) {
    var answers = new Answers.Targets(new double[value.length], "rating");
    int[][] parts = Splitting.split(answers, null, trainFraction, seed);
    return List.of(subset(parts[0]), subset(parts[1]));
  }

  private Ratings subset(int... rows) {
    var u = new int[rows.length];
    var i = new int[rows.length];
    var v = new float[rows.length];
    for (int k = 0; k < rows.length; k++) {
      u[k] = user[rows[k]];
      i[k] = item[rows[k]];
      v[k] = value[rows[k]];
    }
    return new Ratings(name, users, items, u, i, v);
  }

  /// What messages call them.
  public String name() {
    return name;
  }

  /// The users by number, also those who have no rating in this part.
  public List<String> users() {
    return users;
  }

  /// The items by number, also those that have no rating in this part.
  public List<String> items() {
    return items;
  }

  /// How many ratings there are, at least 1.
  public int size() {
    return value.length;
  }

  /// The number of the user of a rating.
  public int user(int rating) {
    return user[rating];
  }

  /// The number of the item of a rating.
  public int item(int rating) {
    return item[rating];
  }

  /// The number that the user gave the item.
  public float value(int rating) {
    return value[rating];
  }

  /// These ratings by the numbers of others: of users and items that these know.
  ///
  /// @return those of known users and items; nothing where there is none
  public List<Ratings> by(List<String> otherUsers, List<String> otherItems) {
    NotNull.check(otherUsers, "otherUsers");
    NotNull.check(otherItems, "otherItems");
    var knownUsers = new Categories(otherUsers);
    var knownItems = new Categories(otherItems);
    int[] u = users.stream().mapToInt(knownUsers::find).toArray();
    int[] i = items.stream().mapToInt(knownItems::find).toArray();
    var reading = new ArrayList<Integer>();
    for (int k = 0; k < value.length; k++) {
      if (u[user[k]] >= 0 && i[item[k]] >= 0) {
        reading.add(k);
      }
    }
    if (reading.isEmpty()) {
      return List.of();
    }
    Ratings kept = subset(reading.stream().mapToInt(Integer::intValue).toArray());
    for (int k = 0; k < kept.user.length; k++) {
      kept.user[k] = u[kept.user[k]];
      kept.item[k] = i[kept.item[k]];
    }
    return List.of(
        new Ratings(
            name,
            List.copyOf(otherUsers),
            List.copyOf(otherItems),
            kept.user,
            kept.item,
            kept.value));
  }

  /// `ratings.csv: 100,000 ratings of 1,682 items by 943 users`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d ratings of %,d items by %,d users",
        name,
        value.length,
        items.size(),
        users.size());
  }
}
