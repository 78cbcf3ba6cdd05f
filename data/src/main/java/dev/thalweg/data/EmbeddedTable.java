package dev.thalweg.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A small table that comes with this library; `NOTICE` names the sources.
enum EmbeddedTable {
  DIGITS(
      "digits",
      "digits.csv.gz",
      1797,
      64,
      Task.CLASSIFICATION,
      "Optical Recognition of Handwritten Digits, the test part, E. Alpaydin and C. Kaynak (1998)",
      "C50P49"),
  IRIS("iris", "iris.csv", 150, 4, Task.CLASSIFICATION, "Iris, R. A. Fisher (1936)", "C56C76"),
  WINE(
      "wine",
      "wine.csv",
      178,
      13,
      Task.CLASSIFICATION,
      "Wine, S. Aeberhard and M. Forina (1991)",
      "C5PC7J"),
  BREAST_CANCER(
      "breast-cancer",
      "breast-cancer.csv",
      569,
      30,
      Task.CLASSIFICATION,
      "Breast Cancer Wisconsin (Diagnostic), W. Wolberg, O. Mangasarian, N. Street, W. Street"
          + " (1995)",
      "C5DW2B");

  private final String title;
  private final String resource;
  private final int rows;
  private final int features;
  private final Task task;
  private final String source;
  private final String doi;

  EmbeddedTable(
      String title, String resource, int rows, int features, Task task, String source, String doi) {
    this.title = title;
    this.resource = resource;
    this.rows = rows;
    this.features = features;
    this.task = task;
    this.source = source;
    this.doi = doi;
  }

  /// What it is found by.
  String title() {
    return title;
  }

  DatasetInfo info() {
    return new DatasetInfo(
        title,
        rows,
        features,
        task,
        "CC BY 4.0",
        source + ", UCI Machine Learning Repository, https://doi.org/10.24432/" + doi,
        true,
        Optional.empty());
  }

  Dataset read() {
    CsvTable table = table();
    Dataset data =
        switch (this) {
          case DIGITS ->
              table
                  .classification(
                      IntStream.range(0, 64)
                          .mapToObj(i -> "pixel_%d_%d".formatted(i / 8, i % 8))
                          .toList(),
                      "digit",
                      IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                  .withShape(8, 8);
          case IRIS -> classes(table, List.of("setosa", "versicolor", "virginica"));
          case WINE -> classes(table, List.of("0", "1", "2"));
          case BREAST_CANCER -> classes(table, List.of("benign", "malignant"));
        };
    return data.withName(title);
  }

  /// The last column is the class.
  private Dataset classes(CsvTable table, List<String> classNames) {
    return table.classification(
        table.columnNames().subList(0, features), table.columnNames().getLast(), classNames);
  }

  private CsvTable table() {
    try (var in = EmbeddedTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the embedded table %s is missing".formatted(resource));
      }
      return CsvTable.parse(resource, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(
          "the embedded table %s cannot be read".formatted(resource), e);
    }
  }
}
