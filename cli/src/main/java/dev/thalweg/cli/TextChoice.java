package dev.thalweg.cli;

import dev.thalweg.data.Ngrams;
import dev.thalweg.data.TextForm;
import dev.thalweg.data.TokenSequence;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// How a text is taken.
///
/// @param language whether the task was said to be that, whatever the data are called
/// @param tokenizer what makes tokens of it; characters
/// @param sequence whether the model takes texts of a table as sequences, where no tokens are said
/// @param context how many tokens a window has; follows from the model
/// @param documents how those of a folder stand in a window: apart
record TextChoice(
    boolean language,
    Optional<String> tokenizer,
    boolean sequence,
    Optional<Integer> context,
    Optional<Documents> documents) {

  /// How documents stand in a window.
  enum Documents {
    /// Attention sees the own one alone.
    APART,
    /// As one text.
    JOINED;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether documents are one text.
  boolean joined() {
    return documents.filter(how -> how == Documents.JOINED).isPresent();
  }

  /// How texts of a table become features.
  ///
  /// @throws Failure if the tokens are those of a text that goes on
  TextForm form() {
    return tokenizer
        .map(text -> Failure.known("--tokenizer", () -> TextForm.parse(text)))
        .orElseGet(() -> sequence ? TokenSequence.standard() : Ngrams.standard());
  }

  /// What was said, by the names of the options.
  SequencedMap<String, Object> options() {
    var options = new LinkedHashMap<String, Object>();
    if (language) {
      options.put("task", TextData.TASK);
    }
    tokenizer.ifPresent(text -> options.put("tokenizer", text));
    context.ifPresent(tokens -> options.put("context", tokens));
    documents.ifPresent(how -> options.put("documents", how.toString()));
    return options;
  }
}
