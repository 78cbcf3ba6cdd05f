package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// The tokens of a text, one a feature; see [ColumnEncoding.Tokens]. Safe from several threads at
/// once.
final class TokenText implements TextFeatures {

  private final TokenSequence.Unit unit;
  private final Tokenizer tokenizer;
  private final int length;

  /// The numbers of words.
  private final Map<String, Integer> words = new HashMap<>();

  /// The characters in their order.
  private final int[] characters;

  /// 0, 1, 2, …, shared by texts of the full length.
  private final int[] places;

  TokenText(ColumnEncoding.Tokens column) {
    this.unit = column.form().unit();
    this.tokenizer = column.tokenizer();
    this.length = column.length();
    this.places = IntStream.range(0, length).toArray();
    if (tokenizer instanceof WordTokenizer known) {
      for (String word : known.words()) {
        words.put(word, words.size());
      }
    }
    this.characters =
        tokenizer instanceof CharacterTokenizer known
            ? known.characters().codePoints().toArray()
            : new int[0];
  }

  @Override
  public Bag of(String text) {
    int[] tokens = tokens(text);
    int kept = Math.min(length, tokens.length);
    float[] values = new float[kept];
    for (int i = 0; i < kept; i++) {
      values[i] =
          tokens[i] < 0 ? ColumnEncoding.Tokens.UNKNOWN : tokens[i] + ColumnEncoding.Tokens.FIRST;
    }
    return new Bag(
        kept == length ? places : Arrays.copyOf(places, kept), values, tokens.length - kept);
  }

  /// The tokens of the tokenizer, negative where it has none.
  private int[] tokens(String text) {
    return switch (unit) {
      case WORDS -> words(text).stream().mapToInt(word -> words.getOrDefault(word, -1)).toArray();
      case CHARACTERS ->
          text.codePoints().map(sign -> Arrays.binarySearch(characters, sign)).toArray();
      case BYTES, BPE -> tokenizer.encode(text);
    };
  }

  /// Letters and digits in a row, in lower case, and every other sign by itself.
  static List<String> words(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    int end = lower.length();
    for (int i = 0; i < end; ) {
      int begin = i;
      while (i < end && Character.isLetterOrDigit(lower.codePointAt(i))) {
        i += Character.charCount(lower.codePointAt(i));
      }
      if (i == begin) {
        int sign = lower.codePointAt(i);
        i += Character.charCount(sign);
        if (Character.isWhitespace(sign)) {
          continue;
        }
      }
      found.add(lower.substring(begin, i));
    }
    return found;
  }
}
