package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gradients that say in which rows they are.
class UnusedRowsTest {
  private static final int ROWS = 40;
  private static final int WIDTH = 6;
  private static final int STEPS = 36;

  /// What the methods of the table don't have: groups, a stage over several parts, another around
  /// others, a loss that is scaled.
  private static final List<String> MORE =
      List.of(
          "clip_norm(0.5) | sgd(0.1) for rank<2: lr=0.2",
          "clip_norm(0.5) | adagrad(0.1) for rank<2: lr=0.2",
          "clip_norm(0.5) | lazy | adamw(0.1)",
          "lazy | clip_norm(0.5) | nadam(0.1)",
          "accumulate(every=3) | clip_norm(0.5) | adagrad(0.1)",
          "accumulate(every=3, mean=false) | lazy | amsgrad(0.1)",
          "loss_scale(init_scale=1024, growth_interval=3) | adagrad(0.1)",
          "lookahead | lazy | adam(0.1)",
          "muon(0.1) for rank<2: adagrad(0.1)",
          "maximize | sgd(0.1)",
          "maximize | lazy | adan(0.1)",
          "sgd(lr=warmup(5, 0.1))",
          "sgd(lr=0.1, weight_decay=piecewise((0, 0.01, 0), (9, 18)))");

  /// Each method moves a table by gradients that say their rows as by those that do not: the same
  /// bits of weights and state, −0, numbers that are cleared and steps without a row included.
  @Test
  void theSameBitsAsWithoutTheListOfRows() {
    var all = new ArrayList<>(EveryRule.ofElements());
    MORE.forEach(text -> all.add(Optimizer.parse(text)));
    for (int i = 0; i < all.size(); i++) {
      Optimizer optimizer = all.get(i);
      for (DType dtype : i % 8 == 0 ? List.of(DType.F32, DType.F64) : List.of(DType.F32)) {
        assertSame(optimizer, dtype, new Training(optimizer, dtype, true), STEPS);
      }
    }
  }

  private static void assertSame(Optimizer optimizer, DType dtype, Training some, int steps) {
    var whole = new Training(optimizer, dtype, false);
    for (int step = 0; step < steps; step++) {
      whole.step();
      if (some.step < steps) {
        some.step();
      }
    }
    assertThat(some.bits()).as("%s, %s", optimizer, dtype).isEqualTo(whole.bits());
  }

  @Test
  void aRunThatGoesOnFromAStateHasTheSameBits() {
    for (String text :
        List.of("sgd(0.1)", "adagrad(0.1)", "lazy | adam(0.1)", "accumulate(every=3) | sgd(0.1)")) {
      Optimizer optimizer = Optimizer.parse(text);
      for (int at : new int[] {7, 16, 20}) {
        var first = new Training(optimizer, DType.F32, true);
        for (int i = 0; i < at; i++) {
          first.step();
        }
        assertSame(optimizer, DType.F32, first.again(), STEPS);
      }
    }
  }

  @Test
  void manyRowsAreSharedAmongThreads() {
    Optimizer optimizer = Optimizer.parse("clip_norm(1) | lazy | adam(0.01)");
    int rows = 3000;
    int width = 40;
    float[][] ends = new float[3][];
    for (int threads = 1; threads <= 3; threads++) {
      float[] table = new float[rows * width];
      var run = optimizer.attach(Parameter.of("table", new int[] {rows, width}, table));
      int count = threads;
      Engine.of("auto", threads)
          .run(() -> {
            var random = new SplittableRandom(2);
            for (int step = 0; step < 20; step++) {
              float[] g = new float[rows * width];
              var used = new UsedRows();
              for (int row = 0; row < rows; row++) {
                if (random.nextInt(3) == 0) {
                  used.add(row);
                  for (int i = 0; i < width; i++) {
                    g[row * width + i] = (float) random.nextGaussian();
                  }
                }
              }
              ArrayValues gradient = ArrayValues.of("g", new int[] {rows, width}, g);
              gradient.setUsedRows(count == 1 ? null : used);
              run.step(List.of(Parameter.of("g", gradient)));
            }
          });
      ends[threads - 1] = table;
    }
    assertThat(ends[1]).isEqualTo(ends[0]);
    assertThat(ends[2]).isEqualTo(ends[0]);
  }

  /// Which methods leave rows alone that have no gradient: a number there, against the list of
  /// rows, is not seen.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          sgd(0.1);                              true
          sgd(0.1, weight_decay=0.01);           false
          momentum(0.1);                         false
          adagrad(0.1);                          true
          adagrad(0.1, epsilon=0);               false
          keras.Adagrad;                         true
          optax.adagrad(0.1);                    true
          sm3(0.1);                              false
          rmsprop(0.1);                          false
          adam(0.1);                             false
          adamw(0.1);                            false
          sign_sgd(0.1);                         true
          torch.SGD(0.1);                        true
          torch.SparseAdam(0.1);                 true
          lazy | adam(0.1);                      true
          lazy | adamw(0.1);                     true
          lazy | momentum(0.1);                  true
          clip_norm(1) | sgd(0.1);               true
          clip_value(1) | lazy | nadam(0.1);     true
          accumulate(every=1) | sgd(0.1);        true
          decay(0.01) | sgd(0.1);                false
          lazy | decay(0.01) | sgd(0.1);         true
          lamb(0.1);                             false
          normalize | sgd(0.1);                  true
          """)
  void rulesThatRestLookAtTheRowsOnly(String text, boolean rests) {
    Optimizer optimizer = Optimizer.parse(text);
    float[] table = {1, 2, 3, 4, 5, 6};
    Parameter parameter = Parameter.of("table", new int[] {3, 2}, table);
    assertThat(optimizer.restsWithoutGradient(parameter)).isEqualTo(rests);

    var run = optimizer.attach(parameter);
    float[] g = {5, -5, 0.5f, -0.25f, -5, 5};
    ArrayValues gradient = ArrayValues.of("g", new int[] {3, 2}, g);
    gradient.setUsedRows(UsedRows.of(1));
    run.step(List.of(Parameter.of("g", gradient)));
    assertThat(table[0] == 1 && table[5] == 6).isEqualTo(rests);
    assertThat(table[2]).isNotEqualTo(3);
  }

  @Test
  void itIsToldOfTheSettingsOfTheParametersGroup() {
    Optimizer optimizer =
        Optimizer.parse("sgd(0.1, weight_decay=0.1) for 'table*': weight_decay=0");
    assertThat(optimizer.restsWithoutGradient(parameter("table.weight"))).isTrue();
    assertThat(optimizer.restsWithoutGradient(parameter("other.weight"))).isFalse();
    assertThat(Optimizer.parse("sam | sgd(0.1)").restsWithoutGradient(parameter("a"))).isFalse();
    assertThat(Optimizer.parse("lbfgs").restsWithoutGradient(parameter("a"))).isFalse();
    assertThat(Optimizer.parse("sgd(lr=cosine(0.1))").restsWithoutGradient(parameter("a")))
        .isTrue();
  }

  private static Parameter parameter(String name) {
    return Parameter.of(name, new int[] {5, 4}, new float[20]);
  }

  @Test
  void lazyRefusesWhatItCantKeep() {
    for (String text : List.of("lazy | muon(0.1)", "lazy | sam | sgd(0.1)")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Optimizer.parse(text).attach(parameter("a")))
          .withMessageContaining(
              "lazy is around methods of single numbers: expected none that asks for further"
                  + " gradients or looks at whole matrices, found ");
    }
  }

  /// A table and a vector, and their gradients.
  private static final class Training {
    private final Optimizer optimizer;
    private final DType dtype;
    private final boolean says;
    private final List<Parameter> parameters;
    private final OptimizerRun run;
    private int step;

    Training(Optimizer optimizer, DType dtype, boolean says) {
      this(
          optimizer,
          dtype,
          says,
          List.of(table(dtype, start()), vector(dtype, new double[] {1, -2, 0.5})));
    }

    private Training(Optimizer optimizer, DType dtype, boolean says, List<Parameter> parameters) {
      this.optimizer = optimizer;
      this.dtype = dtype;
      this.says = says;
      this.parameters = parameters;
      run = optimizer.attach(parameters);
    }

    /// Another run that goes on from here.
    Training again() {
      var copies = new ArrayList<Parameter>();
      for (Parameter each : parameters) {
        copies.add(Parameter.of(each.name(), ArrayValues.copyOf(each.values())));
      }
      var other = new Training(optimizer, dtype, says, copies);
      other.run.restore(run.state());
      other.step = step;
      return other;
    }

    /// Ordinary numbers, −0, and such as are cleared, at once or bit by bit.
    private static double[] start() {
      var random = new SplittableRandom(1);
      double[] start = new double[ROWS * WIDTH];
      for (int i = 0; i < start.length; i++) {
        start[i] = random.nextDouble(-1, 1);
        switch (i % 7) {
          case 0 -> start[i] *= 0x1p-110;
          case 1 -> start[i] *= 0x1p-121;
          case 2 -> start[i] = i < 60 ? -0.0 : start[i];
          default -> {}
        }
      }
      return start;
    }

    void step() {
      var random = new SplittableRandom(100 + step);
      var rows = new TreeSet<Integer>();
      for (int i = 0; i < step % 5; i++) {
        rows.add(random.nextInt(step % 3 == 0 ? ROWS : 10));
      }
      double[] g = new double[ROWS * WIDTH];
      var used = new UsedRows();
      for (int row : rows) {
        used.add(row);
        for (int i = 0; i < WIDTH; i++) {
          double size = Math.scalb(1.0, random.nextInt(4) == 0 ? -random.nextInt(60) : 0);
          g[row * WIDTH + i] = random.nextInt(5) == 0 ? 0 : random.nextDouble(-1, 1) * size;
        }
      }
      double scale = run.lossScale();
      for (int i = 0; i < g.length; i++) {
        g[i] *= scale;
      }
      Parameter gradient = table(dtype, g);
      ArrayValues values = (ArrayValues) gradient.values();
      values.setUsedRows(says ? used : null);
      double[] other = {random.nextDouble(-1, 1), 0, random.nextDouble(-1, 1)};
      run.step(List.of(gradient, vector(dtype, other)));
      step++;
    }

    /// The bits of all weights and slots.
    List<List<Long>> bits() {
      var bits = new ArrayList<List<Long>>();
      parameters.forEach(each -> bits.add(bits(each.values())));
      run.state().slots().values().forEach(each -> bits.add(bits(each)));
      return bits;
    }

    private static List<Long> bits(Values values) {
      var bits = new ArrayList<Long>();
      for (int i = 0; i < values.size(); i++) {
        bits.add(
            values.dtype() == DType.F32
                ? Float.floatToRawIntBits(values.floats()[i])
                : Double.doubleToRawLongBits(values.doubles()[i]));
      }
      return bits;
    }

    private static Parameter table(DType dtype, double[] numbers) {
      return of("table", dtype, new int[] {ROWS, WIDTH}, numbers);
    }

    private static Parameter vector(DType dtype, double[] numbers) {
      return of("vector", dtype, new int[] {numbers.length}, numbers);
    }

    private static Parameter of(String name, DType dtype, int[] dimensions, double[] numbers) {
      if (dtype == DType.F64) {
        return Parameter.of(name, dimensions, numbers.clone());
      }
      float[] floats = new float[numbers.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) numbers[i];
      }
      return Parameter.of(name, dimensions, floats);
    }
  }
}
