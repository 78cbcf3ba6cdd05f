package dev.thalweg.cli.picture;

import java.util.List;

/// The scores of a grid over two of its keys: what is drawn as a surface.
///
/// @param score the name of the figure
/// @param across the key whose values stand side by side
/// @param columns its values, in the order of the grid
/// @param down the key whose values stand above each other; empty where the grid has one key
/// @param rows its values, in the order of the grid; one empty text where there is one key
/// @param scores row after row, a number for each column; NaN where a training diverged
/// @param smallerIsBetter whether the figure is a loss or an error
/// @param others what the scores are the best over; empty where the grid has no more keys
public record GridSurface(
    String score,
    String across,
    List<String> columns,
    String down,
    List<String> rows,
    List<Double> scores,
    boolean smallerIsBetter,
    List<String> others) {

  /// Copies the lists.
  public GridSurface {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    scores = List.copyOf(scores);
    others = List.copyOf(others);
  }
}
