package dev.thalweg.cli;

import dev.thalweg.cli.GridPlan.Candidate;
import dev.thalweg.cli.picture.GridSurface;
import dev.thalweg.train.GridSearch.Result;
import dev.thalweg.train.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The surface of a grid over the two of its keys that matter most: those whose values' best scores
/// differ most. Over the other keys the best score is taken.
final class GridShape {

  private final GridRun run;
  private final Score judge;

  GridShape(GridRun run) {
    this.run = run;
    this.judge = run.score();
  }

  GridSurface surface() {
    var keys = List.copyOf(run.best().values().keySet());
    var shown =
        keys.stream()
            .sorted(Comparator.comparingDouble(this::range).reversed())
            .limit(2)
            .sorted(Comparator.comparingInt(keys::indexOf))
            .toList();
    var across = shown.getFirst();
    var down = shown.size() == 1 ? "" : shown.getLast();
    var columns = values(across);
    var rows = down.isEmpty() ? List.of("") : values(down);
    var scores = new ArrayList<Double>();
    for (var row : rows) {
      for (var column : columns) {
        scores.add(
            best(down.isEmpty() ? Map.of(across, column) : Map.of(across, column, down, row)));
      }
    }
    var others = keys.stream().filter(key -> !shown.contains(key)).toList();
    return new GridSurface(
        judge.name().equals("r2") ? "R²" : judge.name(),
        across,
        columns,
        down,
        rows,
        scores,
        judge.smallerIsBetter(),
        others);
  }

  /// In the order of the grid.
  private List<String> values(String key) {
    var found = new LinkedHashSet<String>();
    run.candidates().forEach(point -> found.add(point.values().getOrDefault(key, "")));
    return List.copyOf(found);
  }

  /// The best score of the points with these values; NaN where none has one.
  private double best(Map<String, String> values) {
    return run.results().stream()
        .filter(result -> result.point().values().entrySet().containsAll(values.entrySet()))
        .map(Result<Candidate>::score)
        .reduce(Double.NaN, (a, b) -> judge.isBetter(b, a) ? b : a);
  }

  private double range(String key) {
    var figures =
        values(key).stream()
            .mapToDouble(value -> best(Map.of(key, value)))
            .filter(Double::isFinite)
            .summaryStatistics();
    return figures.getCount() == 0 ? 0 : figures.getMax() - figures.getMin();
  }
}
