package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.Arrays;

/// The characters of a text.
///
/// @param characters all there are, in their order
public record CharacterTokenizer(String characters) implements Tokenizer {

  /// Checks that the characters are in order, each there once.
  ///
  /// @throws IllegalArgumentException if not, or there is none
  public CharacterTokenizer {
    NotNull.check(characters, "characters");
    int[] each = characters.codePoints().toArray();
    for (int i = 1; i < each.length; i++) {
      if (each[i] <= each[i - 1]) {
        throw new IllegalArgumentException(
            "characters: expected each once, in their order, found "
                + shown(each[i])
                + " behind "
                + shown(each[i - 1]));
      }
    }
    if (each.length == 0) {
      throw new IllegalArgumentException("characters: expected one or more, found none");
    }
  }

  static CharacterTokenizer of(String text) {
    int[] each = text.codePoints().sorted().distinct().toArray();
    if (each.length == 0) {
      throw new DataException("text: expected one character or more, found none");
    }
    return new CharacterTokenizer(new String(each, 0, each.length));
  }

  @Override
  public int size() {
    return characters.codePointCount(0, characters.length());
  }

  @Override
  public int[] encode(String text) {
    NotNull.check(text, "text");
    int[] known = characters.codePoints().toArray();
    int[] tokens = text.codePoints().toArray();
    for (int i = 0; i < tokens.length; i++) {
      int token = Arrays.binarySearch(known, tokens[i]);
      if (token < 0) {
        throw new DataException(
            "text: expected the %d characters that the model knows, found %s at character %d"
                .formatted(known.length, shown(tokens[i]), i + 1));
      }
      tokens[i] = token;
    }
    return tokens;
  }

  private static String shown(int codePoint) {
    String text =
        Character.isISOControl(codePoint) ? "" : " '" + Character.toString(codePoint) + "'";
    return "U+%04X%s".formatted(codePoint, text);
  }

  @Override
  public String decode(int... tokens) {
    check(tokens);
    int[] known = characters.codePoints().toArray();
    int[] text = new int[tokens.length];
    for (int i = 0; i < text.length; i++) {
      text[i] = known[tokens[i]];
    }
    return new String(text, 0, text.length);
  }

  @Override
  public String toString() {
    return "characters";
  }
}
