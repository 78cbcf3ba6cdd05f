package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/// The words of a text that blanks part: phonemes, or the words of sentences.
///
/// @param words all there are, in the order of their characters
public record WordTokenizer(List<String> words) implements Tokenizer {

  /// Checks that the words are in order, each there once, and have no blanks.
  ///
  /// @throws IllegalArgumentException if not, or there is none
  public WordTokenizer {
    words = List.copyOf(words);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.isEmpty() || word.chars().anyMatch(WordTokenizer::parts)) {
        throw new IllegalArgumentException(
            "words: expected words without blanks, found '" + word + "'");
      }
      if (i > 0 && word.compareTo(words.get(i - 1)) <= 0) {
        throw new IllegalArgumentException(
            "words: expected each once, in their order, found '%s' behind '%s'"
                .formatted(word, words.get(i - 1)));
      }
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("words: expected one or more, found none");
    }
  }

  static WordTokenizer of(String text) {
    List<String> words = new HashSet<>(parted(text)).stream().sorted().toList();
    if (words.isEmpty()) {
      throw new DataException("text: expected one word or more, found none");
    }
    return new WordTokenizer(words);
  }

  private static boolean parts(int character) {
    return Character.isWhitespace(character);
  }

  private static List<String> parted(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || parts(text.charAt(i))) {
        if (i > from) {
          words.add(text.substring(from, i));
        }
        from = i + 1;
      }
    }
    return words;
  }

  @Override
  public int size() {
    return words.size();
  }

  @Override
  public int[] encode(String text) {
    NotNull.check(text, "text");
    List<String> given = parted(text);
    int[] tokens = new int[given.size()];
    String[] known = words.toArray(String[]::new);
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = Arrays.binarySearch(known, given.get(i));
      if (tokens[i] < 0) {
        throw new DataException(
            "text: expected the %d words that the model knows, found '%s' (word %d)"
                .formatted(known.length, given.get(i), i + 1));
      }
    }
    return tokens;
  }

  /// The words, a blank between them.
  @Override
  public String decode(int... tokens) {
    check(tokens);
    List<String> text = new ArrayList<>();
    for (int token : tokens) {
      text.add(words.get(token));
    }
    return String.join(" ", text);
  }

  @Override
  public String toString() {
    return "words";
  }
}
