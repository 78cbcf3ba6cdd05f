package dev.thalweg.cli;

import dev.thalweg.cli.GridPlan.Candidate;
import dev.thalweg.train.GridSearch;
import dev.thalweg.train.GridSearch.Result;
import dev.thalweg.train.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came of a grid: every point with its score, the best first.
///
/// @param whole the plan of which points differ
/// @param search how points were judged
/// @param candidates the points in the order of the grid
/// @param results the best first
record GridRun(
    TrainPlan whole,
    GridSearch search,
    List<Candidate> candidates,
    List<Result<Candidate>> results) {

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
    var header = new ArrayList<>(best().values().keySet());
    header.add(judge().equals("r2") ? "R²" : judge());
    header.add("± over seeds");
    header.add("± over folds");
    header.add("loss");
    table.row(header.toArray(String[]::new));
    for (var result : results) {
      var cells = new ArrayList<>(result.point().values().values());
      if (result.diverged()) {
        cells.add("diverged");
      } else {
        cells.add(Double.isNaN(result.score()) ? "none" : number(result.score()));
        cells.add(search.seeds() == 1 ? "-" : number(result.spread()));
        cells.add(search.folds() == 1 ? "-" : number(result.foldSpread()));
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

  /// The name of the figure that points were compared by.
  private String judge() {
    return score().name();
  }

  /// The figure that points were compared by.
  Score score() {
    return search.judge().orElseGet(() -> Score.of(whole.train().task()));
  }

  /// The same as CSV, a line for each point, the best first: its values by key, the figure, its
  /// spreads, the loss, whether a training diverged, and the figure of each fold of each seed.
  String csv() {
    var lines = new ArrayList<String>();
    var header = new ArrayList<>(best().values().keySet());
    header.addAll(List.of(judge(), "spread_over_seeds", "spread_over_folds", "loss", "diverged"));
    for (var seed = 0; seed < search.seeds(); seed++) {
      for (var fold = 1; fold <= search.folds(); fold++) {
        header.add("seed_%d_fold_%d".formatted(search.seed() + seed, fold));
      }
    }
    lines.add(line(header));
    for (var result : results) {
      var cells = new ArrayList<>(result.point().values().values());
      cells.add(cell(result.score()));
      cells.add(search.seeds() == 1 ? "" : cell(result.spread()));
      cells.add(search.folds() == 1 ? "" : cell(result.foldSpread()));
      cells.add(cell(result.loss()));
      cells.add(Boolean.toString(result.diverged()));
      result.folds().forEach(seed -> seed.forEach(value -> cells.add(cell(value))));
      lines.add(line(cells));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> cells) {
    return cells.stream().map(PredictionWriter::field).collect(Collectors.joining(","));
  }

  /// All digits; nothing for what is no number.
  private static String cell(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
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
      row.put("judge", judge());
      row.put("fold_spread", result.foldSpread());
      row.put("fold_scores", result.folds());
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
