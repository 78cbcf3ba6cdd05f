package dev.thalweg.data;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import java.util.Arrays;
import java.util.Locale;

/// How a column of texts becomes features: its n-grams, counted in buckets.
///
/// A text in lower case is divided into words at white space, and each word, with a space before
/// and behind it, into all runs of `shortest` to `longest` characters. A run belongs to the bucket
/// that its hash says; two that share one are as one. What a bucket is worth in a text follows from
/// how often it comes there and in how many texts of the training it came, as scikit-learn's
/// `TfidfVectorizer(analyzer="char_wb", sublinear_tf=True)` weighs its n-grams: see
/// [ColumnEncoding.Text].
///
/// Each word as it is written has a bucket, too, where `words` says so: letters and digits in a
/// row, and every other sign by itself.
///
/// @param shortest how many characters the shortest runs have, at least 1
/// @param longest how many the longest have
/// @param words whether words as they are written count, too
/// @param buckets how many features there are
public record Ngrams(int shortest, int longest, boolean words, int buckets) implements TextForm {

  private static final int MOST_CHARACTERS = 16;
  private static final int MOST_BUCKETS = 1 << 20;

  /// Where the hash of a word begins, so that it is no run's.
  private static final int WORD = 0x57;

  private static final Argument<Integer> SHORTEST =
      Argument.of("shortest", Kind.whole(1, MOST_CHARACTERS), 2, "characters of the shortest runs");

  private static final Argument<Integer> LONGEST =
      Argument.of("longest", Kind.whole(1, MOST_CHARACTERS), 5, "characters of the longest runs");

  private static final Argument<Boolean> WORDS =
      Argument.of("words", Kind.flag(), true, "whether words as they are written count, too");

  private static final Argument<Integer> BUCKETS =
      Argument.of("buckets", Kind.whole(1, MOST_BUCKETS), 1 << 16, "features of a text");

  private static final Signature SIGNATURE =
      Signature.of(
          "ngrams",
          "runs of characters within words, hashed",
          2,
          SHORTEST,
          LONGEST,
          WORDS,
          BUCKETS);

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if a number is out of range, or the longest runs are shorter
  ///   than the shortest
  public Ngrams {
    if (shortest < 1 || longest < shortest || longest > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "ngrams: expected runs of 1 to %d characters, the longest not shorter than the shortest, found %d to %d"
              .formatted(MOST_CHARACTERS, shortest, longest));
    }
    if (buckets < 1 || buckets > MOST_BUCKETS) {
      throw new IllegalArgumentException(
          "ngrams: expected 1 to %d buckets, found %d".formatted(MOST_BUCKETS, buckets));
    }
  }

  /// Runs of 2 to 5 characters, and words, in 65,536 buckets.
  public static Ngrams standard() {
    return new Ngrams(2, 5, true, 1 << 16);
  }

  /// Whether a text is written as n-grams are, right or wrong.
  public static boolean isMeant(String text) {
    NotNull.check(text, "text");
    return Call.parse(text).name().equals(SIGNATURE.name());
  }

  /// Reads `ngrams(2, 5, buckets=65536)`.
  ///
  /// @throws IllegalArgumentException with a caret under what is wrong
  public static Ngrams parse(String text) {
    NotNull.check(text, "text");
    var arguments = SIGNATURE.read(Call.parse(text));
    return new Ngrams(
        arguments.get(SHORTEST),
        arguments.get(LONGEST),
        arguments.get(WORDS),
        arguments.get(BUCKETS));
  }

  /// What is known of buckets, laid over a text: each bucket's number is divided evenly among its
  /// runs and words in the text, and what one of these gets among its characters, so that the sum
  /// is that of the buckets that the text has.
  ///
  /// @param values one a bucket
  /// @return one a character (UTF-16) of the text
  /// @throws IllegalArgumentException if there is not a number for each bucket
  public double[] spread(String text, double... values) {
    NotNull.check(text, "text");
    NotNull.check(values, "values");
    if (values.length != buckets) {
      throw new IllegalArgumentException(
          "spread: expected %d numbers, one a bucket, found %d".formatted(buckets, values.length));
    }
    int[] counts = new int[buckets];
    for (int place : places(text)) {
      counts[place]++;
    }
    double[] over = new double[text.length()];
    String lower = text.toLowerCase(Locale.ROOT);
    int[] origins = origins(text, lower.length());
    runs(
        lower,
        (place, from, to) -> {
          for (int i = from; i < to; i++) {
            over[origins[i]] += values[place] / counts[place] / (to - from);
          }
        });
    if (words) {
      words(
          text,
          (place, from, to) -> {
            for (int i = from; i < to; i++) {
              over[i] += values[place] / counts[place] / (to - from);
            }
          });
    }
    return over;
  }

  /// From which character of a text one in lower case comes: few become two.
  static int[] origins(String text, int length) {
    int[] origins = new int[length];
    int at = 0;
    for (int i = 0; i < text.length() && at < length; ) {
      int sign = text.codePointAt(i);
      int wide = Character.toString(sign).toLowerCase(Locale.ROOT).length();
      for (int k = 0; k < wide && at < length; k++) {
        origins[at++] = i + Math.min(k, Character.charCount(sign) - 1);
      }
      i += Character.charCount(sign);
    }
    return origins;
  }

  /// The buckets of a text in ascending order, one as often as it comes.
  int[] places(String text) {
    var found = new Found();
    runs(text.toLowerCase(Locale.ROOT), found);
    if (words) {
      words(text, found);
    }
    return found.sorted();
  }

  /// What is done with each run and each word.
  private interface Taker {
    /// @param from its first character in the text
    /// @param to behind its last one
    void take(int place, int from, int to);
  }

  /// Buckets as they are found.
  private static final class Found implements Taker {
    private int[] places = new int[64];
    private int count;

    @Override
    public void take(int place, int from, int to) {
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count++] = place;
    }

    int[] sorted() {
      Arrays.sort(places, 0, count);
      return Arrays.copyOf(places, count);
    }
  }

  private void words(String text, Taker found) {
    int end = text.length();
    for (int i = 0; i < end; ) {
      int hash = WORD;
      int begin = i;
      while (i < end && Character.isLetterOrDigit(text.charAt(i))) {
        hash = 31 * hash + text.charAt(i++);
      }
      if (i == begin) {
        hash = 31 * hash + text.charAt(i++);
      }
      if (!Character.isWhitespace(text.charAt(begin))) {
        found.take(bucket(hash, i - begin), begin, i);
      }
    }
  }

  private void runs(String lower, Taker found) {
    int end = lower.length();
    for (int i = 0; i < end; ) {
      if (Character.isWhitespace(lower.charAt(i))) {
        i++;
        continue;
      }
      int begin = i;
      while (i < end && !Character.isWhitespace(lower.charAt(i))) {
        i++;
      }
      int length = i - begin + 2;
      for (int from = 0; from + shortest <= length; from++) {
        int hash = 0;
        int most = Math.min(longest, length - from);
        for (int n = 1; n <= most; n++) {
          int at = begin + from + n - 2;
          hash = 31 * hash + (at < begin || at == i ? ' ' : lower.charAt(at));
          if (n >= shortest) {
            int first = begin + from - 1;
            // Without the spaces that are put around a word; of one of these alone its neighbour.
            found.take(
                bucket(hash, n),
                Math.clamp(first, begin, i - 1),
                Math.clamp(first + n, begin + 1, i));
          }
        }
      }
    }
  }

  /// The hash of a run, mixed as MurmurHash3 ends, and brought to the buckets.
  private int bucket(int hash, int length) {
    int h = hash ^ (length * 0x9e3779b9);
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return Integer.remainderUnsigned(h ^ (h >>> 16), buckets);
  }

  /// As it is read, all of it: what is usual may change.
  @Override
  public String toString() {
    return "%s(%d, %d, words=%s, buckets=%d)"
        .formatted(SIGNATURE.name(), shortest, longest, words, buckets);
  }
}
