package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {

  private static final String TRAIN =
      "a,k,b,y;1,u,5,yes;2,v,6,no;3,w,7,maybe;4,u,8,yes;5,v,9,no;6,w,1,maybe";

  private static Table table(String name, String text) {
    return Table.parse(name, text.replace(';', '\n').getBytes(UTF_8), TableOptions.target("y"));
  }

  private static Dataset data(String text) {
    return table("t.csv", text).dataset();
  }

  private static Dataset aligned(String test, String train) {
    Dataset raw = data(test);
    return Alignment.of(raw.schema(), data(train).schema()).apply(raw);
  }

  /// What the encoding of the training makes of the table: what the command does.
  private static Dataset encoded(String test, String train) {
    return TableEncoding.fit(table("train.csv", train)).apply(table("t.csv", test));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns swapped             | y,b,k,a;no,6,v,2;yes,5,u,1;maybe,7,w,3",
        "a class fewer               | a,k,b,y;3,w,7,maybe;1,u,5,yes;2,v,6,yes",
        "a column more               | a,z,k,b,y;3,1,w,7,maybe;1,2,u,5,yes;2,1,v,6,yes",
        "a category fewer            | a,k,b,y;3,w,7,maybe;1,u,5,yes;2,u,6,yes",
        "a category that is not known| a,k,b,y;3,x,7,maybe;1,u,5,yes;2,x,6,yes",
        "all of it                   | k,y,b,z,a;x,yes,7,1,3;x,maybe,8,2,4;u,yes,7,1,3;u,yes,7,9,2"
      })
  void whatWasEncodedByItselfIsBroughtIntoLine(String what, String test) {
    Dataset found = aligned(test, TRAIN);
    Dataset expected = encoded(test, TRAIN);
    assertThat(found.x()).as(what).isEqualTo(expected.x());
    assertThat(found.labels()).isEqualTo(expected.labels());
    assertThat(found.classNames()).isEqualTo(expected.classNames());
    assertThat(found.featureNames()).isEqualTo(expected.featureNames());
    Dataset raw = data(test);
    Alignment alignment = Alignment.of(raw.schema(), data(TRAIN).schema());
    RowSource source = alignment.apply(raw.source(Sampling.SEQUENTIAL, 0));
    float[] x = new float[raw.rows() * expected.features()];
    float[] answers = new float[raw.rows()];
    try (BatchReader rows = source.pass(0)) {
      assertThat(rows.read(x, answers)).isEqualTo(raw.rows());
      assertThat(rows.read(x, answers)).isZero();
    }
    assertThat(x).isEqualTo(expected.x());
    for (int row = 0; row < answers.length; row++) {
      assertThat((int) answers[row]).isEqualTo(expected.labels()[row]);
    }
  }

  @Test
  void whatIsTheSameStaysItself() {
    Dataset raw = data(TRAIN);
    Alignment alignment = Alignment.of(raw.schema(), data(TRAIN).schema());
    assertThat(alignment.isIdentity()).isTrue();
    assertThat(alignment.apply(raw)).isSameAs(raw);
    assertThat(alignment).hasToString("t.csv as 5 features for classification");
  }

  @Test
  void aNumberOfATableMayStandForItsCategory() {
    String train = "k,b,y;1,u,1.5;2,v,2.5;1,w,3.5;2,u,1.5;1,v,4.5;2,w,1.25";
    Table known =
        Table.parse(
            "train.csv",
            train.replace(';', '\n').getBytes(UTF_8),
            TableOptions.target("y").withCategorical("k"));
    TableEncoding encoding = TableEncoding.fit(known);
    Table test = table("t.csv", "k,b,y;2,u,1.5;1,v,2.5;3,w,2");
    Dataset raw = test.dataset();
    Dataset found = Alignment.of(raw.schema(), known.dataset().schema()).apply(raw);
    assertThat(found.x()).isEqualTo(encoding.apply(test).x());
  }

  @Test
  void theTaskOfFewRowsFollowsTheOther() {
    String numbers = "a,y;1,1.5;2,2.5;3,3.5;4,5";
    Dataset found = aligned("a,y;1,2;2,3;1,2;2,3", numbers);
    assertThat(found.task()).isEqualTo(Task.REGRESSION);
    assertThat(found.targets()).containsExactly(2, 3, 2, 3);
    String classes = "a,y;1,4;2,5;3,4;4,5;1,6;2,6";
    found = aligned("a,y;1,4;2,6;3,5", classes);
    assertThat(found.task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(found.labels()).containsExactly(0, 2, 1);
  }

  @Test
  void arraysWithoutNamesAreTakenAsTheyStand() {
    Dataset train = data("a,b,y;1,2,yes;2,1,no;3,4,yes;5,4,no");
    Dataset arrays =
        Dataset.classification(new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1}).withName("mine");
    Dataset found = Alignment.of(arrays.schema(), train.schema()).apply(arrays);
    assertThat(found.x()).containsExactly(1, 2, 3, 4);
    assertThat(found.labels()).containsExactly(0, 1);
    assertThat(found.classNames()).containsExactly("no", "yes");
    // Named ones are not.
    Dataset swapped = arrays.withFeatureNames(List.of("b", "a"));
    assertThat(Alignment.of(swapped.schema(), train.schema()).apply(swapped).x())
        .containsExactly(2, 1, 4, 3);
  }

  @Test
  void weightsStayWithTheirRows() {
    Dataset raw = data("y,b,k,a;no,6,v,2;yes,5,u,1;maybe,7,w,3").withSampleWeights(1, 2, 3);
    Alignment alignment = Alignment.of(raw.schema(), data(TRAIN).schema());
    assertThat(alignment.apply(raw).sampleWeights()).hasValue(new float[] {1, 2, 3});
    float[] weights = new float[3];
    try (var rows = alignment.apply(raw.source(Sampling.SEQUENTIAL, 0)).pass(0)) {
      rows.read(new float[15], new float[3], weights);
    }
    assertThat(weights).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a,k,y;1,u,yes;2,v,no;1,u,yes;2,v,no | t.csv: expected column b, found a," + " k",
        "a,b,y;1,2,yes;2,3,no;1,2,yes;2,3,no | t.csv: expected column k, found a," + " b",
        "a,k,b,y;1,u,5,yes;2,v,6,never;1,u,7,never | t.csv: unknown class 'never'; known: maybe,"
            + " no, yes",
        "a,k,b,y;p,u,5,yes;q,v,6,no;p,u,7,no | t.csv: expected numbers in column 'a', found"
            + " categories",
        "a,k,b,y;1,u,5,yes;,v,6,no;2,u,7,no | t.csv: missing values of column 'a' became 1.5, the"
            + " mean of these rows, where the training has 3.5; read them by"
            + " FittedModel.read(file), or encode them by the training's"
            + " TableEncoding.apply(table)",
      })
  void whatCannotBeBroughtIntoLineIsRefused(String test, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> aligned(test, TRAIN))
        .withMessage(sentence);
  }

  @Test
  void arraysOfAnotherTaskOrWidthAreRefused() {
    Schema to = data(TRAIN).schema();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Alignment.of(Dataset.regression(new double[5][5], new double[5]).schema(), to))
        .withMessage("data: expected 5 features for classification, found 5 for regression");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Alignment.of(Dataset.classification(new double[5][4], new int[5]).schema(), to))
        .withMessage("data: expected 5 features for classification, found 4 for classification");
  }

  @Test
  void daysThatWereCountedFromOtherDaysAreRefused() {
    var train = "d,y;2024-01-01,1.5;2024-01-03,2;2024-01-05,3";
    var test = "d,y;2024-01-02,1.5;2024-01-04,2;2024-01-07,3";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> aligned(test, train))
        .withMessageStartingWith(
            "t.csv: dates of column 'd' were counted from 2024-01-02, where the training has"
                + " 2024-01-01; read them by");
    assertThat(aligned(train, train).x()).isEqualTo(data(train).x());
  }
}
