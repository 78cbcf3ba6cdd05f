package dev.thalweg.cli;

import dev.thalweg.train.Detector;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.Translator;
import java.nio.file.Path;
import java.util.Locale;

/// What the model of a run is of.
enum RunKind {
  /// Rows with one answer each, images and columns of texts among them.
  ROWS,
  /// Boxes on images.
  BOXES,
  /// How a text goes on.
  TEXTS,
  /// What users think of items.
  RATINGS,
  /// One text from another.
  PAIRS,
  /// What is said in sounds.
  TRANSCRIPTS;

  /// That of a run.
  ///
  /// @throws dev.thalweg.train.RunException if it is no run folder
  static RunKind of(Path run) {
    if (Detector.isIn(run)) {
      return BOXES;
    }
    if (Recommender.isIn(run)) {
      return RATINGS;
    }
    if (Translator.isIn(run)) {
      return PAIRS;
    }
    if (Transcriber.isIn(run)) {
      return TRANSCRIPTS;
    }
    return LanguageModel.isIn(run) ? TEXTS : ROWS;
  }

  /// In the plural, as `rows`.
  @Override
  public String toString() {
    return this == PAIRS ? "pairs of texts" : name().toLowerCase(Locale.ROOT);
  }
}
