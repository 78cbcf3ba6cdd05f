package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever bytes come in, only [DataException] comes out of reading and using a table.
class CsvFuzzTest {

  @FuzzTest(maxDuration = "7s")
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
      var names = table.columnNames();
      table.regression(names.subList(0, Math.max(1, names.size() - 1)), names.getLast());
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz").doesNotContain("\n");
    }
  }
}
