package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much rows count, and that it goes with them.
class SampleWeightsTest {

  private static final TableOptions OPTIONS = TableOptions.target("y").withWeight("w");

  /// Row i has the feature i, the target i + 0.5 and the weight i.
  private static Dataset data() {
    return Dataset.regression(
            new double[][] {{0}, {1}, {2}, {3}, {4}, {5}},
            new double[] {0.5, 1.5, 2.5, 3.5, 4.5, 5.5})
        .withSampleWeights(0, 1, 2, 3, 4, 5);
  }

  private static Table table(String text) {
    return Table.parse("t.csv", text.replace(";", "\n").getBytes(UTF_8), OPTIONS);
  }

  private static void assertGoWithRows(Dataset data) {
    assertThat(data.sampleWeights().orElseThrow()).isEqualTo(data.x());
  }

  @Test
  void theyGoWithTheirRowsWhateverBecomesOfThem() {
    assertGoWithRows(data());
    assertGoWithRows(data().subset(4, 1, 1));
    assertGoWithRows(data().split(0.5, 3).train());
    data().folds(3, 1).forEach(fold -> assertGoWithRows(fold.test()));
    assertGoWithRows(data().withName("n").withFeatureNames(List.of("f")).withTargetName("t"));
    assertGoWithRows(data().withTargets(new float[6]).withShape(1, 1));
    var scaled = Standardizer.fit(data()).apply(data());
    assertThat(scaled.sampleWeights()).contains(data().x());
    for (Batch batch : data().batches(4).shuffled(2)) {
      assertThat(batch.sampleWeights()).contains(batch.x());
    }
    assertThat(data()).hasToString("data: 6 rows, 1 feature, regression of target, weighted");
  }

  @Test
  void withoutThemEveryRowCountsOne() {
    var plain = Dataset.regression(new double[][] {{3}, {4}}, new double[] {1, 2});
    assertThat(plain.sampleWeights()).isEmpty();
    assertThat(plain.batches(2).iterator().next().sampleWeights()).isEmpty();
    var to = new float[2];
    plain.gatherSampleWeights(new int[] {1, 0}, 0, 2, to, 0);
    assertThat(to).containsOnly(1);
  }

  @Test
  void aColumnOfAFileIsNoFeatureAndNeedNotBeThereLater() {
    var table = table("a,w,y;1,0.5,2.5;2,3,4.5;7,9,;3,0,6.25");
    assertThat(table.columnNames()).containsExactly("a");
    assertThat(table.weightName()).contains("w");
    var encoding = TableEncoding.fit(table);
    assertThat(encoding.weight()).contains("w");
    var data = encoding.apply(table);
    assertThat(data.sampleWeights()).contains(new float[] {0.5f, 3});
    assertThat(data.featureNames()).containsExactly("a");
    assertThat(encoding.apply(table.subset(1, 0)).sampleWeights()).contains(new float[] {3, 0.5f});
    for (var text : List.of("y,a\n1,2\n3,4", "a,w,y\n1,many,2\n3,,4")) {
      try (var reader = encoding.open("new.csv", text.getBytes(UTF_8), CsvFormat.found())) {
        assertThat(reader.read(new float[8])).isEqualTo(2);
        assertThat(reader.report().notes()).isEmpty();
      }
    }
  }

  private static void assertReadWithRows(RowSource source, float offset) {
    assertThat(source.weighted()).isTrue();
    for (int room : new int[] {1, 4, 9}) {
      var x = new float[room];
      var weights = new float[room];
      int rows = 0;
      try (var pass = source.pass(1)) {
        for (int read = pass.read(x, new float[room], weights);
            read > 0;
            read = pass.read(x, new float[room], weights)) {
          for (int i = 0; i < read; i++) {
            assertThat(weights[i]).isEqualTo(x[i] + offset);
          }
          rows += read;
        }
      }
      assertThat(rows).isEqualTo(6);
    }
  }

  @Test
  void sourcesOfRowsHaveThem(@TempDir Path folder) throws IOException {
    RowSource source = data().source(Sampling.SHUFFLE, 5);
    assertReadWithRows(source, 0);
    assertReadWithRows(new ShuffledSource(source, 3, 2), 0);
    assertReadWithRows(new ShuffledSource(source, 3, 100).ahead(4, 2), 0);
    var centred = new Standardizer(new double[] {2}, new double[] {1});
    assertReadWithRows(centred.apply(source).ahead(1, 1), 2);
    var file = Files.writeString(folder.resolve("t.csv"), "w,x,y\n6,6,.5\n1,1,2\n2,2,1\n");
    Files.writeString(file, Files.readString(file) + "3,3,7\n9,9,\n4,4,5\n0,0,0\n5,5,6\n");
    var stream = CsvStream.open(file, OPTIONS);
    assertReadWithRows(stream, 0);
    assertReadWithRows(stream.shuffled(1, 3).ahead(2, 3), 0);
    Files.writeString(file, "w,x,y\n0,0,.5\n-1,1,2\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvStream.open(file, OPTIONS))
        .withMessageContaining(
            "line 3, column 1 ('w'): expected the weight of the row, a number of at least 0, found"
                + " '-1'");
    Files.writeString(file, "w,x,y\n0,0,.5\n0,1,2\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvStream.open(file, OPTIONS))
        .withMessageContaining("expected a weight above 0, found only zeros in 2 rows");
  }

  @Test
  void whereAllCountAlikeSourcesGiveOnes() {
    var plain = Dataset.regression(new double[][] {{3}, {4}}, new double[] {1, 2});
    for (RowSource source :
        List.of(plain.source(Sampling.SHUFFLE, 0), plain.source(Sampling.SHUFFLE, 0).ahead(2, 1))) {
      assertThat(source.weighted()).isFalse();
      var weights = new float[2];
      try (var pass = source.pass(0)) {
        assertThat(pass.read(new float[2], new float[2], weights)).isEqualTo(2);
      }
      assertThat(weights).containsOnly(1);
    }
  }

  @Test
  void aComponentOfRecordsIsNoFeature() {
    var records = new ArrayList<Visit>();
    for (int i = 0; i < 5; i++) {
      records.add(new Visit(i, i * 2L, i + 0.5));
    }
    var data = Table.ofRecords(records, TableOptions.target("y").withWeight("times")).dataset();
    assertThat(data.featureNames()).containsExactly("a");
    assertThat(data.sampleWeights()).contains(new float[] {2, 4, 6, 8});
    records.add(new Visit(9, -1L, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.ofRecords(records, TableOptions.target("y").withWeight("times")))
        .withMessage(
            "Visit: expected weights, numbers of at least 0, found -1.0 (row 5, component times)");
  }

  record Visit(int a, long times, double y) {}

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          a,w,y;1,,2.5;2,1,3.5 => t.csv, line 2, column 2 ('w'): expected the weight of the row, found none
          a,w,y;1,1,2.5;2,-1,3.5 => t.csv, line 3, column 2 ('w'): expected the weight of the row, a number of at least 0, found '-1'
          a,w,y;1,1,2.5;2,one,3.5 => t.csv, line 3, column 2 ('w'): expected the weight of the row, a number of at least 0, found 'one'
          a,w,y;1,1,2.5;2,1e39,3.5 => t.csv, line 3, column 2 ('w'): expected the weight of the row, a number of at least 0, found '1e39'
          a,w,y;1,0,2.5;2,0.0,3.5 => t.csv, column 2 ('w'): expected a weight above 0, found only zeros in 2 rows
          a,v,y;1,0,2.5;2,0.0,3.5 => t.csv: unknown column 'w'; known: a, v, y
          w,y;1,2.5;2,3.5 => t.csv: expected a column beside 'y' to learn from, found none
          """)
  void whatIsNoWeightIsRefusedWithItsPlace(String text, String sentence) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> table(text))
        .withMessage(sentence);
  }

  @Test
  void aColumnHasOneUse() {
    var options = TableOptions.target("y").withCategorical("c").withIgnored("i");
    for (var use : List.of("y be predicted", "c hold categories", "i be ignored")) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() ->
              Table.parse(
                  "t.csv",
                  "a,c,i,y\n1,2,3,4.5\n2,3,4,5.5".getBytes(UTF_8),
                  options.withWeight(use.substring(0, 1))))
          .withMessage(
              "t.csv: column '%s' cannot both be the weight of rows and %s"
                  .formatted(use.substring(0, 1), use.substring(2)));
    }
  }

  @Test
  void wrongArraysAreRefused() {
    for (var wrong : List.of(new double[] {1}, new double[] {1, -1}, new double[] {0, 0})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              Dataset.regression(new double[][] {{3}, {4}}, new double[] {1, 2})
                  .withSampleWeights(wrong))
          .as(Arrays.toString(wrong))
          .withMessageStartingWith("sample weights: expected ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data().withSampleWeights(1, 1, 1, 1, Double.NaN, 1))
        .withMessage("sample weights: expected finite numbers of at least 0, found NaN (row 4)");
  }
}
