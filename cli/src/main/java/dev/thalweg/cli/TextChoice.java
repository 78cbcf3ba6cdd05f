package dev.thalweg.cli;

import dev.thalweg.data.Ngrams;
import dev.thalweg.data.TextForm;
import dev.thalweg.data.TokenSequence;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// How a text is taken.
///
/// @param language whether the task was said to be that, whatever the data are called
/// @param tokenizer what makes tokens of it; characters
/// @param sequence whether the model takes texts of a table as sequences, where no tokens are said
/// @param context how many tokens a window has; follows from the model
record TextChoice(
    boolean language, Optional<String> tokenizer, boolean sequence, Optional<Integer> context) {

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
    return options;
  }
}
