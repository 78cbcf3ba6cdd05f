package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How a column of a table becomes features.
public sealed interface ColumnEncoding {

  /// What a missing value of a column of categories is called among its features.
  String MISSING = "(missing)";

  /// The name of the column.
  String name();

  /// Where the column stood in the table that this was fitted on, counted from 0.
  int place();

  /// How many features it becomes.
  int width();

  /// What the features are called.
  List<String> featureNames();

  /// A number stays what it is.
  ///
  /// @param fill what a missing value becomes: the mean of the values that were there; where it is
  ///   empty, a missing value is refused
  record Numbers(String name, int place, OptionalDouble fill) implements ColumnEncoding {

    /// Checks that the fill is finite, also as a float.
    ///
    /// @throws IllegalArgumentException if not
    public Numbers {
      if (fill.isPresent() && !Float.isFinite((float) fill.getAsDouble())) {
        throw new IllegalArgumentException(
            "column '%s': expected a finite number to fill in, found %s"
                .formatted(name, fill.getAsDouble()));
      }
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public List<String> featureNames() {
      return List.of(name);
    }
  }

  /// A category becomes a feature for each of them, 1 for its own and 0 for the others; 0 in all of
  /// them for one that is not known.
  ///
  /// @param categories those there were, numbers by their size, texts by their letters
  /// @param missing whether there is one more feature for a value that is missing; without it, such
  ///   a value is as one that is not known
  record OneHot(String name, int place, List<String> categories, boolean missing)
      implements ColumnEncoding {

    /// Checks that there is at least one category, and none twice, and copies them.
    ///
    /// @throws IllegalArgumentException if not
    public OneHot {
      categories = List.copyOf(categories);
      Checks.names("category of column '" + name + "'", categories, categories.size());
    }

    @Override
    public int width() {
      return categories.size() + (missing ? 1 : 0);
    }

    @Override
    public List<String> featureNames() {
      return Stream.concat(categories.stream(), missing ? Stream.of(MISSING) : Stream.empty())
          .map(category -> name + "=" + category)
          .toList();
    }
  }

  /// How a column of texts becomes features.
  sealed interface OfText extends ColumnEncoding permits Text, Tokens {

    /// As it is written.
    TextForm form();
  }

  /// A text becomes a sequence: a feature for each of its first `length` tokens, the number of the
  /// token. 0 is behind the end of a text, 1 a token that the training did not know, and 2 + i the
  /// i-th of the tokenizer. A text that is missing, or has nothing in it, is 0 in all of them.
  ///
  /// @param form what tokens are
  /// @param tokenizer those that the training knew
  /// @param length how many features there are: tokens behind are left out
  record Tokens(String name, int place, TokenSequence form, Tokenizer tokenizer, int length)
      implements OfText {

    /// What stands for a token that the training did not know.
    public static final int UNKNOWN = 1;

    /// What stands for the first token of the tokenizer.
    public static final int FIRST = 2;

    /// Checks that tokens are what the form says, and that there is a feature.
    ///
    /// @throws IllegalArgumentException if not
    public Tokens {
      if (length < 1) {
        throw new IllegalArgumentException(
            "column '%s': expected a length of 1 or more, found %d".formatted(name, length));
      }
      boolean fits =
          switch (form.unit()) {
            case WORDS -> tokenizer instanceof WordTokenizer;
            case CHARACTERS -> tokenizer instanceof CharacterTokenizer;
            case BYTES -> tokenizer instanceof ByteTokenizer;
            case BPE -> tokenizer instanceof BytePairTokenizer;
          };
      if (!fits) {
        throw new IllegalArgumentException(
            "column '%s': expected tokens of %s, found %s".formatted(name, form, tokenizer));
      }
    }

    /// What is known of tokens, laid over a text: each token's number is divided evenly among its
    /// characters, so that the sum is that of the tokens that are not left out.
    ///
    /// @param values one a feature
    /// @return one a character (UTF-16) of the text
    /// @throws IllegalArgumentException if there is not a number for each feature
    public double[] spread(String text, double... values) {
      NotNull.check(text, "text");
      NotNull.check(values, "values");
      if (values.length != length) {
        throw new IllegalArgumentException(
            "spread: expected %d numbers, one a token, found %d".formatted(length, values.length));
      }
      double[] over = new double[text.length()];
      List<int[]> all = new TokenText(this).characters(text);
      for (int i = 0; i < Math.min(length, all.size()); i++) {
        for (int place : all.get(i)) {
          over[place] += values[i] / all.get(i).length;
        }
      }
      return over;
    }

    /// How many numbers a feature may be, those for the end and for what is not known among them.
    public int tokens() {
      return tokenizer.size() + FIRST;
    }

    @Override
    public int width() {
      return length;
    }

    /// `body#1`, `body#2`, …
    @Override
    public List<String> featureNames() {
      return IntStream.rangeClosed(1, length).mapToObj(step -> name + "#" + step).toList();
    }
  }

  /// A text becomes a feature for each bucket of its n-grams, which says how much of it is there:
  ///
  /// (1 + ln n) (ln((1 + texts) / (1 + f)) + 1), where the text has n of the bucket's n-grams and f
  /// of the training's texts had some (Salton, Buckley 1988; smoothed as scikit-learn's
  /// `TfidfTransformer`), divided by the root of the sum of the squares of all buckets. A text that
  /// is missing is 0 in all of them.
  ///
  /// @param ngrams how n-grams are made, and how many buckets there are
  /// @param texts how many there were in the training
  /// @param frequencies of each bucket, in how many of these it came
  record Text(String name, int place, Ngrams ngrams, int texts, List<Integer> frequencies)
      implements OfText {

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there is not a number for each bucket, or one is not of
    ///   0 to all texts
    public Text {
      frequencies = List.copyOf(frequencies);
      if (frequencies.size() != ngrams.buckets()) {
        throw new IllegalArgumentException(
            "column '%s': expected %d frequencies, one of each bucket, found %d"
                .formatted(name, ngrams.buckets(), frequencies.size()));
      }
      for (int frequency : frequencies) {
        if (frequency < 0 || frequency > texts) {
          throw new IllegalArgumentException(
              "column '%s': expected frequencies of 0 to %d texts, found %d"
                  .formatted(name, texts, frequency));
        }
      }
    }

    @Override
    public Ngrams form() {
      return ngrams;
    }

    @Override
    public int width() {
      return ngrams.buckets();
    }

    /// `body~0`, `body~1`, …
    @Override
    public List<String> featureNames() {
      return IntStream.range(0, width()).mapToObj(bucket -> name + "~" + bucket).toList();
    }
  }

  /// A date becomes the days since the first one, with their fractions, and what the calendar says
  /// of it; a time alone has the part of the day that is over.
  ///
  /// Angles are two features, sine and cosine, so that December is beside January; a weekday is 1
  /// of seven. All of these are 0 for a value that is missing.
  ///
  /// @param order how dates are written
  /// @param first the day from which days are counted, in days since the beginning of 1970: the
  ///   first there was
  /// @param fill what a missing value becomes, in days since the first: the mean of the values that
  ///   were there
  /// @param parts what of the calendar makes features: what differed among the values
  record Dates(
      String name,
      int place,
      FieldFormat.Dates.Order order,
      double first,
      double fill,
      List<Part> parts)
      implements ColumnEncoding {

    private static final List<String> WEEKDAYS =
        List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    /// What the calendar says of a date.
    public enum Part {
      /// Where in the year it is, an angle.
      YEAR(2),
      /// The day of the week.
      WEEK(7),
      /// The time of day, an angle.
      DAY(2);

      private final int width;

      Part(int width) {
        this.width = width;
      }
    }

    /// Copies the parts.
    ///
    /// @throws IllegalArgumentException if a number is not finite, or a part comes twice
    public Dates {
      parts = List.copyOf(parts);
      if (!Double.isFinite(first) || !Float.isFinite((float) fill)) {
        throw new IllegalArgumentException(
            "column '%s': expected finite days, found %s and %s".formatted(name, first, fill));
      }
      if (EnumSet.copyOf(parts.isEmpty() ? List.of(Part.YEAR) : parts).size()
          != Math.max(1, parts.size())) {
        throw new IllegalArgumentException(
            "column '%s': expected different parts of dates, found %s".formatted(name, parts));
      }
    }

    @Override
    public int width() {
      return 1 + parts.stream().mapToInt(part -> part.width).sum();
    }

    @Override
    public List<String> featureNames() {
      var names = new ArrayList<String>();
      names.add(name);
      for (Part part : parts) {
        switch (part) {
          case YEAR, DAY -> {
            String angle = part == Part.YEAR ? "year" : "day";
            names.add(name + "=sin of " + angle);
            names.add(name + "=cos of " + angle);
          }
          case WEEK -> WEEKDAYS.forEach(day -> names.add(name + "=" + day));
        }
      }
      return names;
    }

    /// The features of a value.
    ///
    /// @param days since the beginning of 1970; NaN where it is missing
    /// @return as many as [#width]
    public double[] features(double days) {
      var features = new double[width()];
      if (Double.isNaN(days)) {
        features[0] = fill;
        return features;
      }
      features[0] = days - first;
      int at = 1;
      var date = LocalDate.ofEpochDay((long) Math.floor(days));
      double ofDay = days - Math.floor(days);
      for (Part part : parts) {
        switch (part) {
          case YEAR -> angle((date.getDayOfYear() - 1 + ofDay) / date.lengthOfYear(), features, at);
          case WEEK -> features[at + date.getDayOfWeek().getValue() - 1] = 1;
          case DAY -> angle(ofDay, features, at);
        }
        at += part.width;
      }
      return features;
    }

    private static void angle(double turn, double[] features, int at) {
      features[at] = StrictMath.sin(2 * Math.PI * turn);
      features[at + 1] = StrictMath.cos(2 * Math.PI * turn);
    }
  }
}
