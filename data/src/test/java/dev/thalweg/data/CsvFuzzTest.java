package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;

/// Whatever bytes come in, only [DataException] comes out of reading and using a table.
class CsvFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void csv(byte[] bytes) {
    try {
      CsvTable table = CsvTable.parse("fuzz", bytes);
      assertThat(table.rows()).isPositive();
      assertThat(table.columnNames()).doesNotHaveDuplicates();
      table.line(table.rows() - 1);
      for (int column = 0; column < table.columns(); column++) {
        if (table.isNumeric(column)) {
          assertThat(table.numbers(column)).hasSize(table.rows());
        }
      }
      // What was found, said: the same table.
      CsvTable again = CsvTable.parse("fuzz", bytes, table.found());
      assertThat(again.columnNames()).isEqualTo(table.columnNames());
      assertThat(again.rows()).isEqualTo(table.rows());
      var names = table.columnNames();
      table.regression(names.subList(0, Math.max(1, names.size() - 1)), names.getLast());
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz").doesNotContain("\n");
    }
  }

  /// As JSON lines.
  @FuzzTest(maxDuration = "4s")
  void json(byte[] bytes) {
    try {
      CsvTable table = CsvTable.parse("fuzz.jsonl", bytes);
      assertThat(table.rows()).isPositive();
      assertThat(table.columnNames()).doesNotHaveDuplicates().isNotEmpty();
      for (int column = 0; column < table.columns(); column++) {
        if (table.isNumeric(column)) {
          assertThat(table.numbers(column)).hasSize(table.rows());
        }
      }
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz.jsonl").doesNotContain("\n");
    }
  }

  /// The last column is the target, the first one is said to be categorical.
  @FuzzTest(maxDuration = "4s")
  void table(byte[] bytes) {
    try {
      var names = CsvTable.parse("fuzz", bytes).columnNames();
      for (var options :
          new TableOptions[] {
            TableOptions.target(names.getLast()),
            TableOptions.target(names.getLast()).withCategorical(names.getFirst())
          }) {
        encode(bytes, options);
      }
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz").doesNotContain("\n");
    }
  }

  private static void encode(byte[] bytes, TableOptions options) {
    @Nullable Table read = null;
    try {
      read = Table.parse("fuzz", bytes, options);
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz").doesNotContain("\n");
    }
    if (read == null) {
      return;
    }
    // What was read can be encoded, and its own file read again as features: the same ones.
    TableEncoding encoding = TableEncoding.fit(read);
    Dataset data = encoding.apply(read);
    assertThat(data.features()).isEqualTo(encoding.features());
    assertThat(encoding.featureNames()).doesNotHaveDuplicates();
    if (read.origin().unlabelled() == 0) {
      try (var reader = encoding.open("fuzz", bytes, read.format())) {
        var x = new float[data.features() * data.rows()];
        assertThat(reader.read(x)).isEqualTo(data.rows());
        assertThat(x).isEqualTo(data.x());
        assertThat(reader.report().unseen()).isEmpty();
      }
    }
  }
}
