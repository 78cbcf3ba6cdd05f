package dev.thalweg.data;

import java.nio.charset.StandardCharsets;
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
    return spans(lower).stream().map(span -> lower.substring(span.from, span.to)).toList();
  }

  /// A word in a text in lower case.
  ///
  /// @param to behind its last character
  private record Span(int from, int to) {}

  private static List<Span> spans(String lower) {
    List<Span> found = new ArrayList<>();
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
      found.add(new Span(begin, i));
    }
    return found;
  }

  /// For each token of a text the characters (UTF-16) that it is made of, one as often as it has
  /// parts of it: bytes, or letters of a text in lower case.
  List<int[]> characters(String text) {
    List<int[]> found = new ArrayList<>();
    switch (unit) {
      case WORDS -> {
        String lower = text.toLowerCase(Locale.ROOT);
        int[] origins = Ngrams.origins(text, lower.length());
        spans(lower).forEach(span -> found.add(Arrays.copyOfRange(origins, span.from, span.to)));
      }
      case CHARACTERS -> {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
          found.add(IntStream.range(i, i + Character.charCount(text.codePointAt(i))).toArray());
        }
      }
      case BYTES, BPE -> {
        int[] bytes = ofBytes(text);
        int at = 0;
        for (int token : tokenizer.encode(text)) {
          int more = tokenizer instanceof BytePairTokenizer pairs ? pairs.bytes(token) : 1;
          found.add(Arrays.copyOfRange(bytes, at, at + more));
          at += more;
        }
      }
    }
    return found;
  }

  /// Of each byte of a text in UTF-8 the character that it is of.
  private static int[] ofBytes(String text) {
    int[] places = new int[text.getBytes(StandardCharsets.UTF_8).length];
    int at = 0;
    for (int i = 0; i < text.length(); ) {
      int wide = Character.charCount(text.codePointAt(i));
      int bytes = text.substring(i, i + wide).getBytes(StandardCharsets.UTF_8).length;
      for (int k = 0; k < bytes; k++) {
        places[at++] = i + k * wide / bytes;
      }
      i += wide;
    }
    return places;
  }
}
