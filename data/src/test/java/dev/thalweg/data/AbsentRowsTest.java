package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A row of weight 0 is as if it were not there, to the bit.
class AbsentRowsTest {

  private static final TableOptions OPTIONS =
      TableOptions.target("y").withWeight("w").withCategorical("k");

  private static final String WITHOUT =
      "x,k,w,y\n0.1,a,1,no\n1.7,b,2,yes\n,a,1,no\n3.3,b,1,yes\n0.5,a,0.5,no\n2,b,1,yes\n";

  /// Extreme, missing, of another category, of another class, and a text among numbers.
  private static final String WITH =
      """
      x,k,w,y
      -,a,0,no
      0.1,a,1,no
      1e30,z,0,yes
      1.7,b,2,yes
      ,a,1,no
      ,,0.0,maybe
      3.3,b,1,yes
      0.5,a,0.5,no
      2,b,1,yes
      9,q,1e-60,no
      """;

  private static Table table(String text) {
    return Table.parse("t.csv", text.getBytes(UTF_8), OPTIONS);
  }

  private static void assertSame(Dataset found, Dataset expected) {
    assertThat(found.x()).isEqualTo(expected.x());
    assertThat(found.labels()).isEqualTo(expected.labels());
    assertThat(found.classNames()).isEqualTo(expected.classNames());
    assertThat(found.featureNames()).isEqualTo(expected.featureNames());
    assertThat(found.sampleWeights().orElseThrow())
        .isEqualTo(expected.sampleWeights().orElseThrow());
    assertThat(Standardizer.fit(found)).isEqualTo(Standardizer.fit(expected));
  }

  @Test
  void aTableHasNothingOfThem() {
    Table table = table(WITH);
    assertThat(table.notes()).containsExactly("w: 4 rows of weight 0 left out");
    assertSame(table.dataset(), table(WITHOUT).dataset());
    for (long seed = 0; seed < 5; seed++) {
      Split found = table.split(0.5, seed).encoded();
      Split expected = table(WITHOUT).split(0.5, seed).encoded();
      assertSame(found.train(), expected.train());
      assertSame(found.test(), expected.test());
    }
  }

  @Test
  void aFileThatStreamsByHasNothingOfThem(@TempDir Path folder) throws IOException {
    Path with = Files.writeString(folder.resolve("with.csv"), WITH);
    Path without = Files.writeString(folder.resolve("without.csv"), WITHOUT);
    CsvStream found = CsvStream.open(with, OPTIONS);
    CsvStream expected = CsvStream.open(without, OPTIONS);
    assertThat(found.rows()).isEqualTo(6);
    assertThat(found.encoding()).isEqualTo(expected.encoding());
    assertThat(Standardizer.fit(found)).isEqualTo(Standardizer.fit(expected));
    for (long seed = 10; seed < 13; seed++) {
      assertThat(found.split(0.6, seed).train().rows())
          .isEqualTo(expected.split(0.6, seed).train().rows());
    }
    TableEncoding encoding = expected.encoding();
    assertThat(encoding.read(with, CsvFormat.found()).data().x())
        .isEqualTo(encoding.read(without, CsvFormat.found()).data().x());
  }

  @Test
  void recordsHaveNothingOfThem() {
    record Visit(double x, double w, String y) {}
    var visits =
        List.of(
            new Visit(1, 1, "a"), new Visit(9, 0, "c"), new Visit(2, 3, "b"), new Visit(5, 1, "a"));
    var options = TableOptions.target("y").withWeight("w");
    assertSame(
        Table.ofRecords(visits, options).dataset(),
        Table.ofRecords(List.of(visits.get(0), visits.get(2), visits.get(3)), options).dataset());
  }

  @Test
  void aDataSetLearnsNothingFromThemAndLeavesThemOutOfItsParts() {
    var x = new double[40][1];
    var labels = new int[40];
    var weights = new double[40];
    var counted = new ArrayList<Integer>();
    for (int row = 0; row < 40; row++) {
      x[row][0] = row * row;
      labels[row] = row % 3;
      weights[row] = row % 4 == 1 ? 0 : 1;
      if (weights[row] > 0) {
        counted.add(row);
      }
    }
    Dataset all = Dataset.classification(x, labels).withSampleWeights(weights);
    assertThat(all.rows()).isEqualTo(40);
    Dataset rest = all.subset(counted.stream().mapToInt(Integer::intValue).toArray());
    assertThat(Standardizer.fit(all)).isEqualTo(Standardizer.fit(rest));
    for (long seed = 0; seed < 5; seed++) {
      assertSame(all.split(0.7, seed).train(), rest.split(0.7, seed).train());
      assertSame(all.split(0.7, seed).test(), rest.split(0.7, seed).test());
      for (int fold = 0; fold < 3; fold++) {
        assertSame(all.folds(3, seed).get(fold).train(), rest.folds(3, seed).get(fold).train());
      }
    }
  }
}
