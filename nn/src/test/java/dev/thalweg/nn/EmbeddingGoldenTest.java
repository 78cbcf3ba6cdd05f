package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Steps of embeddings by gradients of few rows are those of executed PyTorch:
/// tools/golden/embeddings.py.
class EmbeddingGoldenTest {
  private static final int ROWS = 2048;
  private static final int WIDTH = 8;
  private static final int STEPS = 12;
  private static final int TOKENS = 20;

  /// @param rows the lines of its rows
  record Case(String text, List<String[]> rows) {
    @Override
    public String toString() {
      return text;
    }
  }

  static List<Case> cases() throws IOException {
    var cases = new ArrayList<Case>();
    try (var in =
            Objects.requireNonNull(
                EmbeddingGoldenTest.class.getResourceAsStream("/golden/embeddings.tsv"));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : (Iterable<String>) lines.lines()::iterator) {
        String[] fields = line.split("\t");
        if (fields[0].equals("embedding")) {
          cases.add(new Case(fields[1], new ArrayList<>()));
        } else if (!fields[0].equals("version")) {
          cases.getLast().rows.add(fields);
        }
      }
    }
    return cases;
  }

  /// Numbers between −2 and 2, multiples of 1/1024.
  private static double[] values(int seed, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      int h = (i + 1) * (int) 2654435761L + seed * 974711;
      h ^= h >>> 15;
      h *= (int) 2246822519L;
      h ^= h >>> 13;
      values[i] = ((h >>> 8) % 4001 - 2000) / 1024.0;
    }
    return values;
  }

  private static int[] tokens(int step) {
    double[] numbers = values(step, TOKENS);
    int[] tokens = new int[TOKENS];
    for (int i = 0; i < TOKENS; i++) {
      tokens[i] = (int) ((numbers[i] + 2) * 1024) % ROWS;
    }
    System.arraycopy(tokens, 0, tokens, TOKENS - 5, 5);
    return tokens;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsOfFewRowsAreThoseOfTheOther(Case c) {
    compare(c, DType.F64, 1e-12);
    compare(c, DType.F32, 1e-6);
  }

  private static void compare(Case c, DType dtype, double most) {
    Network network =
        Sequential.of(Layers.embedding(ROWS, WIDTH)).build(Shape.of(TOKENS), 0, dtype);
    Parameter table = network.parameters().getFirst();
    double[] start = values(100, ROWS * WIDTH);
    for (int i = 0; i < start.length; i++) {
      if (dtype == DType.F32) {
        table.values().floats()[i] = (float) (0.25 * start[i]);
      } else {
        table.values().doubles()[i] = 0.25 * start[i];
      }
    }
    OptimizerRun run = Optimizer.parse(c.text).attach(network.parameters());
    var scope = new StepScope(Engine.of("auto", 1));
    scope.run(() -> {
      for (int step = 0; step < STEPS; step++) {
        Tensor x = Tensor.ofInts(Shape.of(1, TOKENS), tokens(step));
        Tensor target =
            Tensor.wrap(Shape.of(1, TOKENS, WIDTH), values(50 + step, TOKENS * WIDTH)).to(dtype);
        Tensor loss = network.apply(x).minus(target).square().mean();
        List<Tensor> gradients = scope.silently(() -> loss.gradients(network.parameters()));
        assertThat(gradients.getFirst().usedRows()).isNotNull();
        run.step(gradients);
        scope.endStep();
      }
    });
    double sum = 0;
    double[] all = new double[ROWS * WIDTH];
    for (int i = 0; i < all.length; i++) {
      all[i] = dtype == DType.F32 ? table.values().floats()[i] : table.values().doubles()[i];
      sum += all[i];
    }
    for (String[] line : c.rows) {
      double[] expected =
          Arrays.stream(line[line.length - 1].split(" "))
              .mapToDouble(Double::parseDouble)
              .toArray();
      if (line[0].equals("sum")) {
        assertThat(sum).as("%s, sum", c).isCloseTo(expected[0], within(1e4 * most));
        continue;
      }
      int row = Integer.parseInt(line[1]);
      for (int i = 0; i < WIDTH; i++) {
        assertThat(all[row * WIDTH + i])
            .as("%s, row %d", c, row)
            .isCloseTo(expected[i], within(most));
      }
    }
  }
}
