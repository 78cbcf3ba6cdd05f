package dev.thalweg.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a table was before it became one, the same for all its parts.
///
/// @param width how many columns there were, with the target and what was left out
/// @param targetPlace where the target stood, counted from 0
/// @param weight the column that says how much rows count
/// @param taskReason why the task is what it is
/// @param leftOut the columns whose texts hardly repeat
/// @param written how its file was found to be written
/// @param unlabelled how many rows were left out because they have no target
/// @param weightless how many were because their weight is 0
record TableOrigin(
    int width,
    int targetPlace,
    Optional<String> weight,
    String taskReason,
    List<String> leftOut,
    FoundFormat written,
    long unlabelled,
    long weightless) {

  /// A sentence for everything that was left out.
  ///
  /// @param target the name of what there is to predict
  List<String> notes(String target) {
    var notes = new ArrayList<>(written.notes());
    for (String column : leftOut) {
      notes.add(
          "%s: left out, nearly every value is another text".formatted(CsvTable.shown(column)));
    }
    if (unlabelled > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %,d row%s without a value left out",
              CsvTable.shown(target),
              unlabelled,
              unlabelled == 1 ? "" : "s"));
    }
    if (weightless > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %,d row%s of weight 0 left out",
              CsvTable.shown(weight.orElse("")),
              weightless,
              weightless == 1 ? "" : "s"));
    }
    return notes;
  }
}
