package dev.thalweg.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What a line of predictions has: the columns that are kept, `prediction`, and of classes its
/// `probability`, or that of each class.
///
/// @param kept the names of the columns that are copied
/// @param classNames in the order of the probabilities; empty where numbers are predicted
/// @param probabilities whether there is a column for each class
record PredictionColumns(List<String> kept, List<String> classNames, boolean probabilities) {

  /// Copies the lists.
  ///
  /// @throws Failure if two columns would have the same name, one of which is kept
  PredictionColumns {
    kept = List.copyOf(kept);
    classNames = List.copyOf(classNames);
    var own = new HashSet<>(predicted(classNames, probabilities));
    for (var name : kept) {
      if (!own.add(name)) {
        throw Failure.usage(
            "--keep %s: the predictions have a column of that name already".formatted(name));
      }
    }
  }

  private static List<String> predicted(List<String> classNames, boolean probabilities) {
    var names = new ArrayList<>(List.of("prediction"));
    if (probabilities) {
      names.addAll(classNames);
    } else if (!classNames.isEmpty()) {
      names.add("probability");
    }
    return names;
  }

  /// All names, those that are kept first.
  List<String> names() {
    var names = new ArrayList<>(kept);
    names.addAll(predicted(classNames, probabilities));
    return names;
  }
}
