package dev.thalweg.data;

import dev.thalweg.formula.Call;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.List;

/// How a column of texts becomes features: counted in buckets ([Ngrams]), or as a sequence of
/// tokens ([TokenSequence]). Written as text: `ngrams(2, 5)`, `words(20000, length=200)`.
public sealed interface TextForm permits Ngrams, TokenSequence {

  /// Reads the text of either.
  ///
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  static TextForm parse(String text) {
    NotNull.check(text, "text");
    Call call = Call.parse(text);
    if (Ngrams.isMeant(text)) {
      return Ngrams.parse(text);
    }
    if (TokenSequence.NAMES.contains(call.name())) {
      return TokenSequence.parse(text);
    }
    List<String> known = new ArrayList<>(List.of("ngrams"));
    known.addAll(TokenSequence.NAMES);
    throw call.span().error(Nearest.sentence("form of texts", call.name(), known));
  }
}
