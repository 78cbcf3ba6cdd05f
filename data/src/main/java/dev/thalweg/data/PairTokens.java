package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.List;

/// How both sides of [Pairs] become tokens. A target ends with a token more, [#end], with which its
/// reading also begins; what fills a shorter sequence up is token 0, and not seen.
///
/// A character that is known in the other case only is taken in that: `thalweg` is `THALWEG` where
/// there are only capitals.
///
/// @param source of the left side
/// @param target of the right side
public record PairTokens(Tokenizer source, Tokenizer target) {

  /// Checks that there are both.
  public PairTokens {
    NotNull.check(source, "source");
    NotNull.check(target, "target");
  }

  /// The characters of either side.
  public static PairTokens characters(Pairs pairs) {
    NotNull.check(pairs, "pairs");
    return new PairTokens(characters(pairs.sources()), characters(pairs.targets()));
  }

  /// The characters of the left side, the words of the right side: letters and phonemes.
  public static PairTokens spelled(Pairs pairs) {
    NotNull.check(pairs, "pairs");
    return new PairTokens(
        characters(pairs.sources()), Tokenizer.words(String.join(" ", pairs.targets())));
  }

  private static Tokenizer characters(List<String> texts) {
    return Tokenizer.characters(String.join("", texts));
  }

  /// How many tokens sources have.
  public int sources() {
    return source.size();
  }

  /// How many tokens targets have, their end included.
  public int targets() {
    return target.size() + 1;
  }

  /// The token that targets begin and end with: the last one.
  public int end() {
    return target.size();
  }

  /// The tokens of a left side.
  ///
  /// @throws DataException if it has something that no token stands for
  public int[] sourceOf(String text) {
    NotNull.check(text, "text");
    return source.encode(folded(source, text));
  }

  /// The tokens of the left side of each pair.
  ///
  /// @throws DataException if one has something that no token stands for
  public List<int[]> sourcesOf(Pairs pairs) {
    NotNull.check(pairs, "pairs");
    return encoded(pairs.name(), source, pairs.sources());
  }

  /// The tokens of the right side of each pair, without its end.
  ///
  /// @throws DataException if one has something that no token stands for
  public List<int[]> targetsOf(Pairs pairs) {
    NotNull.check(pairs, "pairs");
    return encoded(pairs.name(), target, pairs.targets());
  }

  private static List<int[]> encoded(String name, Tokenizer tokenizer, List<String> texts) {
    List<int[]> tokens = new ArrayList<>();
    for (String text : texts) {
      try {
        tokens.add(tokenizer.encode(folded(tokenizer, text)));
      } catch (DataException wrong) {
        throw new DataException(
            "%s, pair %d: %s".formatted(name, tokens.size() + 1, wrong.getMessage()), wrong);
      }
    }
    return tokens;
  }

  private static String folded(Tokenizer tokenizer, String text) {
    if (!(tokenizer instanceof CharacterTokenizer(String known))) {
      return text;
    }
    var folded = new StringBuilder();
    text.codePoints()
        .forEach(letter -> {
          int upper = Character.toUpperCase(letter);
          int lower = Character.toLowerCase(letter);
          int other = known.indexOf(upper) >= 0 ? upper : lower;
          boolean taken = known.indexOf(letter) < 0 && known.indexOf(other) >= 0;
          folded.appendCodePoint(taken ? other : letter);
        });
    return folded.toString();
  }

  /// `characters (31), words (69)`
  @Override
  public String toString() {
    return "%s (%d), %s (%d)".formatted(source, source.size(), target, target.size());
  }
}
