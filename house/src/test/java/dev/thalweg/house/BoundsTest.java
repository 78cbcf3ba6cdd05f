package dev.thalweg.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.WideTable;
import dev.thalweg.data.Alignment;
import dev.thalweg.data.Schema;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableOptions;
import dev.thalweg.formats.Json;
import dev.thalweg.formats.Safetensors;
import dev.thalweg.formula.Formula;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Work grows as the input does, counted by [CountedWork]: no clock says whether a test passes.
class BoundsTest {

  /// Two tables of the same columns, of which two are swapped.
  public static final class SwappedColumns implements IntConsumer {

    /// For a class loader.
    public SwappedColumns() {}

    @Override
    public void accept(int columns) {
      StringBuilder names = new StringBuilder();
      StringBuilder values = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        names.append('c').append(i).append(',');
        values.append(i % 7).append(',');
      }
      String rows = "y\n" + values + "a\n" + values + "b\n1," + values.substring(2) + "a";
      Schema to = schema(names + rows);
      Schema from = schema("c1,c0" + names.substring(5) + rows);
      if (Alignment.of(from, to).isIdentity()) {
        throw new IllegalStateException("nothing was swapped");
      }
    }

    private static Schema schema(String text) {
      return Table.parse("t.csv", text.getBytes(UTF_8), TableOptions.target("y"))
          .dataset()
          .schema();
    }
  }

  /// A file of arrays without numbers.
  public static final class EmptyArrays implements IntConsumer {

    /// For a class loader.
    public EmptyArrays() {}

    @Override
    public void accept(int arrays) {
      StringBuilder header = new StringBuilder("{");
      for (int i = 0; i < arrays; i++) {
        header
            .append(i == 0 ? "" : ",")
            .append("\"a")
            .append(i)
            .append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
      }
      byte[] text = header.append('}').toString().getBytes(UTF_8);
      byte[] file =
          ByteBuffer.allocate(8 + text.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(text.length)
              .put(text)
              .array();
      if (Safetensors.parse(file).names().size() != arrays) {
        throw new IllegalStateException("arrays are missing");
      }
    }
  }

  /// A chain of an eighth as many stages, which each have a slot and a hyperparameter.
  public static final class Stages implements IntConsumer {

    /// For a class loader.
    public Stages() {}

    @Override
    public void accept(int n) {
      Optimizer.parse("trace(0.5) | ".repeat(n / 8 - 1) + "sgd(lr=0.1)")
          .attach(Parameter.of("p", new float[2]))
          .step(new float[] {1, 2});
    }
  }

  /// A model of so many layers, built and told in words.
  public static final class LongModel implements IntConsumer {

    /// For a class loader.
    public LongModel() {}

    @Override
    public void accept(int layers) {
      Sequential model = Models.parse("dense(2) | ".repeat(layers) + "dense(1)", 1);
      if (model.build(Shape.of(2), 1).summary().length() < layers) {
        throw new IllegalStateException("no summary");
      }
    }
  }

  /// A formula of a quarter as many terms, its derivative and its value.
  public static final class LongFormula implements IntConsumer {

    /// For a class loader.
    public LongFormula() {}

    @Override
    public void accept(int n) {
      StringBuilder text = new StringBuilder("x");
      for (int i = 0; i < n / 4; i++) {
        text.append(" + sin(").append(i).append(" * x)");
      }
      Formula formula = Formula.parse(text.toString());
      if (!(Formula.of(formula.derivative("x")).value(Map.of("x", 0.5)) < 1e9)) {
        throw new IllegalStateException("no derivative");
      }
    }
  }

  /// A column of so many categories, and as many classes.
  public static final class Categories implements IntConsumer {

    /// For a class loader.
    public Categories() {}

    @Override
    public void accept(int categories) {
      StringBuilder text = new StringBuilder("c,y\n");
      for (int i = 0; i < 2 * categories; i++) {
        text.append('c').append(i % categories).append(",k").append(i % categories).append('\n');
      }
      Table table = Table.parse("t.csv", text.toString().getBytes(UTF_8), OPTIONS);
      if (TableEncoding.fit(table).featureNames().size() != categories) {
        throw new IllegalStateException("categories are missing");
      }
    }

    private static final TableOptions OPTIONS = TableOptions.target("y").withCategorical("c");
  }

  /// JSON of so many values, within lists and by names, read and written.
  public static final class Values implements IntConsumer {

    /// For a class loader.
    public Values() {}

    @Override
    public void accept(int values) {
      StringBuilder text = new StringBuilder("{");
      for (int i = 0; i < values; i++) {
        text.append(i == 0 ? "" : ",").append("\"v").append(i).append("\":[").append(i).append(']');
      }
      Json.write(Json.parse(text.append('}').toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WideTable.class,
        SwappedColumns.class,
        Categories.class,
        EmptyArrays.class,
        Values.class,
        Stages.class,
        LongModel.class,
        LongFormula.class
      })
  void fourTimesTheInputIsSomeFourTimesTheWork(Class<? extends IntConsumer> program)
      throws ReflectiveOperationException {
    List<Long> work = CountedWork.of(program, 1_000, 4_000);
    assertThat(work.getFirst()).isGreaterThan(1_000);
    assertThat((double) work.getLast() / work.getFirst()).isLessThan(4.3);
  }

  /// Looks each of so many numbers up among all.
  public static final class Square implements IntConsumer {

    /// For a class loader.
    public Square() {}

    @Override
    public void accept(int n) {
      List<Integer> numbers = IntStream.range(0, n).boxed().toList();
      for (Integer number : numbers) {
        if (!numbers.contains(number)) {
          throw new IllegalStateException("not there");
        }
      }
    }
  }

  @Test
  void aSearchIsAsMuchWorkAsTheListIsLong() throws ReflectiveOperationException {
    assertThat(CountedWork.of(Square.class, 10, 100))
        .containsExactly(1L + 10 + 10 * 10, 1L + 100 + 100 * 100);
  }
}
