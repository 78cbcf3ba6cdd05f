package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// The data sets that are found by name.
public final class Datasets {

  private static final List<DatasetInfo> ALL =
      List.of(
          new DatasetInfo(
              "digits",
              1797,
              64,
              Task.CLASSIFICATION,
              "CC BY 4.0",
              "Optical Recognition of Handwritten Digits, the test part, E. Alpaydin and C. Kaynak"
                  + " (1998), UCI Machine Learning Repository, https://doi.org/10.24432/C50P49",
              true),
          new DatasetInfo(
              "iris",
              150,
              4,
              Task.CLASSIFICATION,
              "CC BY 4.0",
              "Iris, R. A. Fisher (1936), UCI Machine Learning Repository,"
                  + " https://doi.org/10.24432/C56C76",
              true));

  private Datasets() {}

  /// What there is, sorted by name.
  public static List<DatasetInfo> all() {
    return ALL;
  }

  /// A data set by its name.
  ///
  /// | name | rows | features | classes |
  /// |---|---|---|---|
  /// | `digits` | 1,797 images of handwritten digits | 8 × 8 grey values from 0 to 16 | `0` to `9` |
  /// | `iris` | 150 flowers | 4 lengths in cm | `setosa`, `versicolor`, `virginica` |
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  public static Dataset named(String name) {
    return switch (name) {
      case "digits" -> digits();
      case "iris" -> iris();
      default ->
          throw new IllegalArgumentException(
              Nearest.sentence("data set", name, ALL.stream().map(DatasetInfo::name).toList()));
    };
  }

  private static Dataset digits() {
    CsvTable table = embedded("digits.csv.gz");
    return table
        .classification(
            IntStream.range(0, 64).mapToObj(i -> "pixel_%d_%d".formatted(i / 8, i % 8)).toList(),
            "digit",
            IntStream.range(0, 10).mapToObj(Integer::toString).toList())
        .withName("digits");
  }

  private static Dataset iris() {
    CsvTable table = embedded("iris.csv");
    return table
        .classification(
            table.columnNames().subList(0, 4),
            "species",
            List.of("setosa", "versicolor", "virginica"))
        .withName("iris");
  }

  private static CsvTable embedded(String resource) {
    try (var in = Datasets.class.getResourceAsStream(resource)) {
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
