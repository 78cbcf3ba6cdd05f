package dev.thalweg.cli;

import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a page has of a run by the kind of its model.
///
/// @param score what its score is called
/// @param facts figures by name, in the order in which they are shown
/// @param sections adds what is not compared: classes, the worst predictions, what it writes
/// @param judged how it did on the rows that it kept for its test; asked for where a picture is
///   drawn
/// @param tiles images of a picture, likewise
record Reported(
    String score,
    SequencedMap<String, String> facts,
    Consumer<Page> sections,
    Supplier<Optional<Judged>> judged,
    Supplier<List<Tiles>> tiles) {

  /// How many of the worst predictions are shown.
  static final int WORST = 24;

  /// One without anything that is judged.
  static Reported plain(String score, SequencedMap<String, String> facts) {
    return new Reported(score, facts, page -> {}, Optional::empty, List::of);
  }
}
