package dev.thalweg.data;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import java.util.List;
import java.util.Locale;

/// How a column of texts becomes a sequence: a feature for each of its first tokens, for a model
/// that begins with an embedding. 0 fills up what is behind the end of a text, 1 is a token that
/// the training does not know, and the others follow: see [ColumnEncoding.Tokens].
///
/// | text | tokens |
/// |---|---|
/// | `words(20000)` | letters and digits in a row, in lower case, and every other sign by itself: as many as are the most frequent |
/// | `characters` | code points |
/// | `bytes` | those of UTF-8 |
/// | `bpe(4000)` | byte pairs, learned of the part to train on ([Tokenizer#bytePairs(String, int)]) |
///
/// Of words and characters those that come once in all texts to train on count as not known, so
/// that there is something to learn of these, too; unless none comes twice.
///
/// @param unit what tokens are
/// @param size how many there are at most; 0 where that is not asked, of bytes and characters
/// @param length how many tokens of a text are looked at; 0: as many as the longest of the training
///   has, at most [#LONGEST]
public record TokenSequence(Unit unit, int size, int length) implements TextForm {

  /// How long sequences are at most where no length is said.
  public static final int LONGEST = 512;

  private static final int MOST_TOKENS = 1 << 16;
  private static final int WORDS_AT_MOST = 20_000;

  /// What tokens are.
  public enum Unit {
    /// Letters and digits in a row, in lower case, and every other sign by itself.
    WORDS,
    /// Code points.
    CHARACTERS,
    /// The bytes of UTF-8.
    BYTES,
    /// Byte pairs, learned.
    BPE;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean isSized() {
      return this == WORDS || this == BPE;
    }
  }

  private static final Argument<Integer> WORDS =
      Argument.of(
          "size", Kind.whole(1, MOST_TOKENS), WORDS_AT_MOST, "how many words are known at most");

  private static final Argument<Integer> PAIRS =
      Argument.of("size", Kind.whole(256, MOST_TOKENS), 4_000, "how many tokens there are at most");

  private static final Argument<Integer> LENGTH =
      Argument.of(
          "length",
          Kind.whole(0, MOST_TOKENS),
          0,
          "how many tokens of a text are looked at; 0: all of the longest, at most 512");

  private static final List<Signature> SIGNATURES =
      List.of(
          Signature.of("words", "the most frequent words", 1, WORDS, LENGTH),
          Signature.of("characters", "code points", 0, LENGTH),
          Signature.of("bytes", "of UTF-8", 0, LENGTH),
          Signature.of("bpe", "byte pairs, learned", 1, PAIRS, LENGTH));

  /// What it may be called in a text.
  public static final List<String> NAMES = SIGNATURES.stream().map(Signature::name).toList();

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if one is out of range, or bytes or characters have a size
  public TokenSequence {
    NotNull.check(unit, "unit");
    int least = unit == Unit.BPE ? ByteTokenizer.BYTES : 1;
    if (unit.isSized() ? size < least || size > MOST_TOKENS : size != 0) {
      throw new IllegalArgumentException(
          "%s: expected a size of %s, found %d"
              .formatted(unit, unit.isSized() ? least + " to " + MOST_TOKENS : "0", size));
    }
    if (length < 0 || length > MOST_TOKENS) {
      throw new IllegalArgumentException(
          "%s: expected a length of 0 to %d, found %d".formatted(unit, MOST_TOKENS, length));
    }
  }

  /// The 20,000 most frequent words, of a text as many as the longest has, at most [#LONGEST].
  public static TokenSequence standard() {
    return new TokenSequence(Unit.WORDS, WORDS_AT_MOST, 0);
  }

  /// Reads `words(20000, length=200)`, `characters(length=500)`, `bytes`, `bpe(4000)`.
  ///
  /// @throws IllegalArgumentException with a caret under what is wrong
  public static TokenSequence parse(String text) {
    NotNull.check(text, "text");
    Call call = Call.parse(text);
    for (Signature signature : SIGNATURES) {
      if (signature.name().equals(call.name())) {
        Unit unit = Unit.values()[SIGNATURES.indexOf(signature)];
        Arguments arguments = signature.read(call);
        int size =
            unit == Unit.WORDS ? arguments.get(WORDS) : unit == Unit.BPE ? arguments.get(PAIRS) : 0;
        return new TokenSequence(unit, size, arguments.get(LENGTH));
      }
    }
    throw call.span()
        .error("expected one of %s, found '%s'".formatted(String.join(", ", NAMES), call.name()));
  }

  /// As it is read, all of it: what is usual may change.
  @Override
  public String toString() {
    return unit.isSized()
        ? "%s(%d, length=%d)".formatted(unit, size, length)
        : "%s(length=%d)".formatted(unit, length);
  }
}
