package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.List;

/// How a text becomes whole numbers, tokens, and tokens a text again.
///
/// ```java
/// Tokenizer tokenizer = Tokenizer.characters(text);
/// int[] tokens = tokenizer.encode("Call me Ishmael.");
/// tokenizer.decode(tokens);                              // Call me Ishmael.
/// ```
///
/// An immutable value.
public sealed interface Tokenizer
    permits ByteTokenizer, CharacterTokenizer, WordTokenizer, BytePairTokenizer {

  /// How many tokens there are: they are 0 … size − 1.
  int size();

  /// The tokens of a text.
  ///
  /// @throws DataException if it has something that no token stands for
  int[] encode(String text);

  /// The text of tokens. Bytes that are no UTF-8, as where tokens end within a character, become
  /// U+FFFD.
  ///
  /// @throws IllegalArgumentException if there is no such token
  String decode(int... tokens);

  /// The bytes of UTF-8, 256 tokens: any text has some.
  static Tokenizer bytes() {
    return ByteTokenizer.INSTANCE;
  }

  /// The characters of a text (code points), in their order.
  ///
  /// @throws DataException if the text is empty
  static Tokenizer characters(String text) {
    NotNull.check(text, "text");
    return CharacterTokenizer.of(text);
  }

  /// The words of a text that blanks part, in their order. A text of tokens has one blank between
  /// them.
  ///
  /// @throws DataException if the text has none
  static Tokenizer words(String text) {
    NotNull.check(text, "text");
    return WordTokenizer.of(text);
  }

  /// Byte-pair encoding, learned of a text: beginning with the 256 bytes, the pair of neighbouring
  /// tokens that is found most often, within words as GPT-2 divides a text, becomes a token, until
  /// there are so many (Sennrich et al. 2016, arXiv 1508.07909; Radford et al. 2019). Any text has
  /// tokens. Of pairs that are found equally often the one of smaller tokens comes first, as in
  /// Hugging Face's `tokenizers`.
  ///
  /// @param size how many tokens, 256 or more; fewer are made where no pair is left
  /// @throws IllegalArgumentException if it is less than 256
  static Tokenizer bytePairs(String text, int size) {
    NotNull.check(text, "text");
    return BytePairTokenizer.learn(text, size);
  }

  /// Byte-pair encoding of these merges, in their order.
  ///
  /// @param merges pairs of tokens, bytes being 0 … 255 and the i-th merge 256 + i
  /// @throws IllegalArgumentException if one is of a token that is not there yet, or there twice
  static Tokenizer bytePairs(List<List<Integer>> merges) {
    NotNull.check(merges, "merges");
    return BytePairTokenizer.of(merges);
  }

  /// That a token is one of these.
  ///
  /// @throws IllegalArgumentException if not
  private static void check(int token, int size) {
    if (token < 0 || token >= size) {
      throw new IllegalArgumentException(
          "decode: expected tokens of 0 to " + (size - 1) + ", found " + token);
    }
  }

  /// Refuses tokens that are none.
  ///
  /// @throws IllegalArgumentException if one is none
  default void check(int... tokens) {
    NotNull.check(tokens, "tokens");
    for (int token : tokens) {
      check(token, size());
    }
  }
}
