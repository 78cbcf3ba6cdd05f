package dev.thalweg.cli;

import dev.thalweg.cli.GridPlan.Candidate;
import dev.thalweg.data.Task;
import dev.thalweg.train.GridSearch;
import dev.thalweg.train.GridSearch.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of a grid: every point with its score, the best first.
///
/// @param whole the plan of which points differ
/// @param search how points were judged
/// @param results the best first
record GridRun(TrainPlan whole, GridSearch search, List<Result<Candidate>> results) {

  /// The training of the best point, as if it had been typed.
  TrainPlan plan() {
    return best().plan();
  }

  /// The point with the best score.
  Candidate best() {
    return results.getFirst().point();
  }

  /// A line for each point.
  String text() {
    var table = new Table();
    var score = whole.train().task() == Task.CLASSIFICATION ? "accuracy" : "R²";
    var header = new ArrayList<>(best().values().keySet());
    header.addAll(List.of(score, "± over seeds", "loss"));
    table.row(header.toArray(String[]::new));
    for (var result : results) {
      var cells = new ArrayList<>(result.point().values().values());
      if (result.diverged()) {
        cells.add("diverged");
      } else {
        cells.add(number(result.score()));
        cells.add(search.seeds() == 1 ? "-" : number(result.spread()));
        cells.add(number(result.loss()));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table + how() + "\n\n";
  }

  private String how() {
    return (search.folds() == 1
            ? "judged on a validation part of "
                + Numbers.text(search.validation(), 3)
                + " of the rows to train on"
            : "judged by " + search.folds() + "-fold cross-validation")
        + (search.seeds() == 1 ? ", one seed" : ", " + search.seeds() + " seeds")
        + "; the first is trained on all of these rows:";
  }

  /// The same as a list of objects.
  List<Object> json() {
    var list = new ArrayList<Object>();
    for (var result : results) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("point", result.point().values());
      row.put("score", result.score());
      row.put("spread", result.spread());
      row.put("scores", result.scores());
      row.put("loss", result.loss());
      row.put("diverged", result.diverged());
      list.add(row);
    }
    return list;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
