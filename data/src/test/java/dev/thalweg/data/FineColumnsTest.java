package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers that differ, differ after they are scaled, wherever they come from.
class FineColumnsTest {

  private static final int ROWS = 200;

  record Row(double t, double k, double y) {}

  static List<Arguments> columns() {
    return List.of(
        column("seconds since 1970", i -> 1_700_000_000.0 + i),
        column("milliseconds since 1970", i -> 1_700_000_000_000.0 + i),
        column("1e8 + 0.5 i", i -> 1e8 + 0.5 * i),
        column("below the smallest float", i -> 1e-50 * (i + 1)),
        column("of which there is no square", i -> 1e-300 * (i + 1)),
        column("near each other", i -> 1 + 1e-12 * i));
  }

  private static Arguments column(String name, IntToDoubleFunction value) {
    return Arguments.of(name, value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void differAfterScaling(String name, IntToDoubleFunction value, @TempDir Path folder)
      throws IOException {
    var x = new double[ROWS][2];
    var y = new double[ROWS];
    var text = new StringBuilder("t,k,y\n");
    var records = new ArrayList<Row>();
    double mean = 0;
    for (int row = 0; row < ROWS; row++) {
      x[row][0] = value.applyAsDouble(row);
      x[row][1] = row % 7;
      y[row] = x[row][0];
      mean += x[row][0] / ROWS;
      text.append(x[row][0]).append(',').append(row % 7).append(',').append(x[row][0]).append('\n');
      records.add(new Row(x[row][0], row % 7, x[row][0]));
    }
    var options = TableOptions.target("y").withTask(Task.REGRESSION);
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    Dataset plain = Dataset.regression(x, y);
    Dataset table = Table.read(file, options).dataset();
    Standardizer fitted = Standardizer.fit(plain);
    assertThat(fitted.fineColumns()).containsExactly(0);
    assertThat(fitted).isEqualTo(Standardizer.fit(table));

    float[] scaled = fitted.apply(plain).x();
    assertThat(distinct(scaled)).hasSize(ROWS);
    for (int row = 0; row < ROWS; row++) {
      double expected = (row - (ROWS - 1) / 2.0) / Math.sqrt((ROWS * (double) ROWS - 1) / 12);
      assertThat((double) scaled[2 * row]).as(name).isCloseTo(expected, within(1e-3));
    }
    assertThat(fitted.apply(table).x()).isEqualTo(scaled);
    assertThat(fitted.apply(Dataset.ofRecords(records, "y")).x()).isEqualTo(scaled);
    var one = new float[2];
    fitted.apply(x[77], one, 1);
    assertThat(one).containsExactly(scaled[154], scaled[155]);
    assertThat(scaledBy(fitted, table.encoding().orElseThrow().features(records)))
        .isEqualTo(scaled);
    Dataset part = plain.subset(3, 5, 9);
    assertThat(distinct(fitted.apply(part).x())).hasSize(3);

    CsvStream stream = CsvStream.open(file, options);
    assertThat(Standardizer.fit(stream)).isEqualTo(fitted);
    for (RowSource source : List.of(stream, stream.shuffled(1, 50), stream.ahead(16, 2))) {
      assertThat(distinct(all(fitted.apply(source)))).hasSize(ROWS);
      assertThat(distinct(all(fitted.apply(source.ahead(7, 2)).ahead(8, 1)))).hasSize(ROWS);
    }
    try (var rows = stream.encoding().openLabelled(file, CsvFormat.found())) {
      var exact = new double[2 * ROWS];
      rows.read(exact, new double[ROWS], new float[ROWS]);
      assertThat(scaledBy(fitted, exact)).isEqualTo(scaled);
    }
    var whole = stream.encoding().open("t", text.toString().getBytes(UTF_8), CsvFormat.found());
    try (whole) {
      var exact = new double[2 * ROWS];
      assertThat(whole.read(exact)).isEqualTo(ROWS);
      assertThat(scaledBy(fitted, exact)).isEqualTo(scaled);
    }

    Standardizer targets = Standardizer.fitTargets(plain);
    assertThat(targets).isEqualTo(Standardizer.fitTargets(stream));
    float[] scaledTargets = targets.applyToTargets(plain).targets();
    for (int row = 0; row < ROWS; row++) {
      assertThat(scaledTargets[row]).isEqualTo(scaled[2 * row]);
      assertThat(targets.inverted(scaledTargets[row], 0) - mean)
          .isCloseTo(y[row] - mean, within(1e-5 * (y[ROWS - 1] - y[0])));
    }
  }

  private static float[] scaledBy(Standardizer fitted, double[] rows) {
    var to = new float[rows.length];
    fitted.apply(rows, to, rows.length / fitted.columns());
    return to;
  }

  private static float[] all(RowSource source) {
    var x = new float[2 * ROWS];
    try (var pass = source.pass(0)) {
      assertThat(pass.read(x, new float[ROWS])).isEqualTo(ROWS);
    }
    return x;
  }

  private static Set<Float> distinct(float[] x) {
    var distinct = new HashSet<Float>();
    for (int i = 0; i < x.length; i += 2) {
      distinct.add(x[i]);
    }
    return distinct;
  }

  @Test
  void ordinaryColumnsAreRoundedFirstAsTheyAlwaysWere() {
    Dataset data = Dataset.regression(new double[][] {{5.1}, {4.9}, {6.3}}, new double[] {1, 2, 3});
    Standardizer fitted = Standardizer.fit(data);
    assertThat(fitted.fineColumns()).isEmpty();
    double mean = ((double) 5.1f + 4.9f + 6.3f) / 3;
    assertThat(fitted.means()[0]).isEqualTo(mean);
    assertThat(fitted.apply(data).x()[0]).isEqualTo((float) ((5.1f - mean) / fitted.scales()[0]));
  }

  @Test
  void aFineColumnThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Standardizer(new double[1], new double[] {1}, List.of(1)))
        .withMessage("standardizer: expected fine columns from 0 to 0, found 1");
  }
}
