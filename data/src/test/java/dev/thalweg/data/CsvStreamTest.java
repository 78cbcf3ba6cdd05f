package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvStreamTest {

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    var text = new StringBuilder("n,colour,id,y\n");
    for (int i = 0; i < 700; i++) {
      String n = i % 10 == 3 ? "?" : Integer.toString(i);
      String colour = List.of("red", "green", "blue", "").get(i % 4);
      String y = i % 50 == 7 ? "" : i % 3 == 0 ? "yes" : "no";
      text.append(n).append(',').append(colour).append(",car ").append(i).append(',').append(y);
      text.append('\n');
    }
    file = Files.writeString(folder.resolve("t.csv"), text);
  }

  private static List<List<Float>> rows(RowSource source, int epoch, int batch) {
    int features = source.schema().features();
    var all = new ArrayList<List<Float>>();
    var x = new float[batch * features];
    var y = new float[batch];
    try (var pass = source.pass(epoch)) {
      for (int rows = pass.read(x, y); rows > 0; rows = pass.read(x, y)) {
        for (int i = 0; i < rows; i++) {
          var row = new ArrayList<Float>();
          for (int c = 0; c < features; c++) {
            row.add(x[i * features + c]);
          }
          row.add(y[i]);
          all.add(row);
        }
      }
    }
    return all;
  }

  @Test
  void theRowsAreThoseOfTheTable() {
    var options = TableOptions.target("y");
    Table table = Table.read(file, options);
    CsvStream stream = CsvStream.open(file, options);
    assertThat(stream.encoding()).isEqualTo(TableEncoding.fit(table));
    assertThat(stream.taskReason()).isEqualTo(table.taskReason());
    assertThat(stream.notes())
        .isEqualTo(table.notes())
        .containsExactly(
            "id: left out, nearly every value is another text",
            "y: 14 rows without a value left out");
    assertThat(stream.rows()).isEqualTo(686);
    assertThat(stream).hasToString("686 rows of " + file + ": 5 features, classification of y");
    Dataset data = table.dataset();
    RowSource memory = data.source(Sampling.SEQUENTIAL, 0);
    for (int epoch = 0; epoch < 2; epoch++) {
      assertThat(rows(stream, epoch, 32)).isEqualTo(rows(memory, 0, 32));
      assertThat(rows(stream.ahead(32, 3), epoch, 32)).isEqualTo(rows(memory, 0, 32));
    }
    assertThat(Standardizer.fit(stream)).isEqualTo(Standardizer.fit(data));
    assertThat(stream.schema().classNames()).containsExactly("no", "yes");
    assertThat(stream.schema().encoding()).contains(stream.encoding());
  }

  @Test
  void aShuffledStreamGivesEveryRowOnceAndTheSameForASeed() {
    CsvStream stream = CsvStream.open(file, TableOptions.target("y"));
    List<List<Float>> plain = rows(stream, 0, 10);
    RowSource shuffled = stream.shuffled(3, 100);
    List<List<Float>> once = rows(shuffled, 1, 10);
    assertThat(once).containsExactlyInAnyOrderElementsOf(plain).isNotEqualTo(plain);
    assertThat(rows(shuffled, 1, 33)).isEqualTo(once);
    assertThat(rows(CsvStream.open(file, TableOptions.target("y")).shuffled(3, 100), 1, 7))
        .isEqualTo(once);
    assertThat(rows(shuffled, 2, 10)).isNotEqualTo(once);
  }

  @Test
  void partsHaveNoCommonRowAndOneEncoding() {
    CsvStream stream = CsvStream.open(file, TableOptions.target("y"));
    CsvStream.Parts parts = stream.split(0.8, 5);
    assertThat(parts.train().rows() + parts.test().rows()).isEqualTo(686);
    assertThat(parts.train().rows()).isBetween(500L, 600L);
    assertThat(parts.test().encoding()).isEqualTo(parts.train().encoding());
    // Row numbers that are known, of which the file has each once.
    var numbers = new HashSet<Float>();
    float fill = fill(parts.train());
    for (CsvStream part : List.of(parts.train(), parts.test())) {
      List<List<Float>> rows = rows(part, 0, 16);
      assertThat(rows).hasSize((int) part.rows());
      for (List<Float> row : rows) {
        assertThat(row.getFirst() == fill || numbers.add(row.getFirst())).isTrue();
      }
    }
    assertThat(numbers).hasSizeBetween(615, 617);
    double sum = 0;
    int count = 0;
    for (List<Float> row : rows(parts.train(), 0, 16)) {
      if (row.getFirst() != fill) {
        sum += row.getFirst();
        count++;
      }
    }
    assertThat((float) (sum / count)).isEqualTo(fill);
    assertThat(fill(stream.split(0.8, 6).train())).isNotEqualTo(fill);
    assertThatThrownBy(() -> parts.train().split(0.5, 1)).isInstanceOf(IllegalStateException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> stream.split(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.split(0.999999, 1))
        .withMessageStartingWith("split: expected at least 1 row in the test part, found none");
  }

  private static float fill(CsvStream stream) {
    return stream.encoding().columns().getFirst() instanceof ColumnEncoding.Numbers numbers
        ? (float) numbers.fill().orElseThrow()
        : Float.NaN;
  }

  @Test
  void whatATableRefusesAStreamRefuses() throws IOException {
    for (String text :
        List.of(
            "",
            "x,y\n1,a\nb,c\n",
            "x,y\n1,a\n2\n",
            "x,y\n1,a\n2,a\n",
            "x,y\n,a\n,b\n",
            "x,y\nInf,a\n2,b\n",
            "x,y\n1,-inf\n2,3\n",
            "x,y\n1,\n2,\n",
            "z,y\n1,\n2,\n",
            "y\n1\n2\n",
            "x,z\n1,2\n")) {
      Files.writeString(file, text);
      var options = TableOptions.target("y");
      String sentence = "";
      try {
        Table.read(file, options);
      } catch (DataException e) {
        sentence = String.valueOf(e.getMessage());
      }
      assertThat(sentence).isNotEmpty();
      assertThatThrownBy(() -> CsvStream.open(file, options))
          .isInstanceOf(DataException.class)
          .hasMessage(sentence);
    }
  }

  @Test
  void aFileThatChangesIsNoticed() throws IOException {
    var options = TableOptions.target("y");
    Files.writeString(file, "x,y\n1,a\n2,b\n3,a\n");
    CsvStream stream = CsvStream.open(file, options);
    Files.writeString(file, "x,y\n1,a\n2,b\n");
    assertThatThrownBy(() -> rows(stream, 0, 10))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file + ": expected 3 rows as in the first pass, found 2; was the file changed?");
    Files.writeString(file, "x,y\n1,a\n2,b\n1,a\n1,a\n");
    assertThatThrownBy(() -> rows(stream, 0, 10))
        .hasMessage(
            file + ": expected 3 rows as in the first pass, found more; was the file changed?");
    Files.writeString(file, "x,y\n1,a\n2,b\n3,c\n");
    assertThatThrownBy(() -> rows(stream, 0, 10)).hasMessageContaining("unknown class 'c'");
    Files.delete(file);
    assertThatThrownBy(() -> rows(stream, 0, 10)).hasMessage(file + ": no such file");
  }

  @Test
  void aPackedFileIsAStreamToo() throws IOException {
    CsvStream plain = CsvStream.open(file, TableOptions.target("y"));
    Path packed =
        Files.write(folder.resolve("t.csv.gz"), IdxArrayTest.packed(Files.readAllBytes(file)));
    assertThat(rows(CsvStream.open(packed, TableOptions.target("y")), 0, 32))
        .isEqualTo(rows(plain, 0, 32));
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).startsWith("n,");
  }
}
