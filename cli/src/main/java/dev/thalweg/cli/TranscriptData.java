package dev.thalweg.cli;

import dev.thalweg.data.CharacterTokenizer;
import dev.thalweg.data.Recordings;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.data.Transcripts;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Sounds that a file names, and what is said in each.
///
/// @param tokenizer what makes tokens of the transcripts
/// @param train the part to train on
/// @param validation the one to evaluate after each epoch
/// @param test the one kept for the end
record TranscriptData(
    Tokenizer tokenizer,
    Transcripts train,
    Optional<Transcripts> validation,
    Optional<Transcripts> test) {

  /// What is predicted, beside classification and regression.
  static final String TASK = "transcription";

  private static final List<String> OPTIONS =
      List.of(
          "data",
          "sha256",
          "task",
          "test",
          "validation",
          "sample-rate",
          "tokenizer",
          "separator",
          "header",
          "missing");

  /// Reads the sounds and divides them.
  ///
  /// @param known the tokens of a model
  /// @throws Failure if an option is for other data, or nothing is left to train on
  /// @throws dev.thalweg.data.DataException if the table or sounds can't be read, or a transcript
  ///   does not fit its sound
  static TranscriptData of(RunConfig config, Optional<Tokenizer> known) {
    check(config);
    var data = config.data();
    if (Rows.isName(data.name()) || Files.isDirectory(DataFile.path(data.name()))) {
      throw Failure.usage(
          "--task transcription: expected a file of sound files and transcripts, found %s"
              .formatted(data.name()));
    }
    Divided.check(config, "sounds");
    var all = Transcripts.read(DataFile.path(data.name()), data.format(), data.sound().rate());
    var parts = Divided.of(config, all, Transcripts::split);
    var tokenizer = known.orElseGet(() -> tokenizer(data.text().tokenizer(), all));
    for (var row = 0; row < all.rows(); row++) {
      all.tokens(row, tokenizer);
    }
    return new TranscriptData(tokenizer, parts.train(), parts.validation(), parts.test());
  }

  /// The characters of all parts: one that only the last has is a token that is never said.
  private static Tokenizer tokenizer(Optional<String> text, Transcripts all) {
    var kind = text.orElse("characters");
    return switch (kind) {
      case "characters" -> Tokenizer.characters(String.join("", all.texts()));
      case "bytes" -> Tokenizer.bytes();
      default ->
          throw Failure.usage(
              "--tokenizer %s: expected characters or bytes for transcripts".formatted(kind));
    };
  }

  /// How many different tokens there are, in words.
  static String described(Tokenizer tokenizer) {
    return tokenizer instanceof CharacterTokenizer known
        ? known.size() + " characters: " + known.characters()
        : tokenizer + ", " + tokenizer.size();
  }

  /// What a step of sounds is, in words.
  static String described(Recordings sounds) {
    return sounds + ", steps of 30 ms";
  }

  private static void check(RunConfig config) {
    Divided.refuseOthers(
        config, OPTIONS, "is for data with one answer a row, and %s has transcripts");
  }
}
