package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.sgd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymmetryTest {
  private static final List<Optimizer> OPTIMIZERS =
      List.of(sgd(0.05), momentum(0.05, 0.8), adam(0.01), adamw(0.01).withWeightDecay(0.1));
  private static final int STEPS = 20;

  @Test
  void sameBitsHoweverTheParametersAreCut() {
    for (long seed = 0; seed < 60; seed++) {
      var random = new SplittableRandom(seed);
      int size = random.nextInt(1, 3_000);
      float[] start = numbers(random, size);
      List<float[]> gradients = gradients(random, size);
      for (Optimizer optimizer : OPTIMIZERS) {
        float[] whole = start.clone();
        var run = optimizer.attach(Parameter.of("p", whole));
        gradients.forEach(run::step);

        int[] cuts = cuts(random, size);
        List<float[]> pieces = pieces(start, cuts);
        var cut = optimizer.attach(parameters(pieces));
        for (float[] gradient : gradients) {
          cut.step(pieces(gradient, cuts).stream().map(SymmetryTest::values).toList());
        }

        assertThat(joined(pieces)).as("seed %d, %s", seed, optimizer).isEqualTo(whole);
      }
    }
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    int[] sizes = {1, 100_003, 0, 16_384, 17, 40_000};
    var random = new SplittableRandom(4);
    List<float[]> starts = Arrays.stream(sizes).mapToObj(size -> numbers(random, size)).toList();
    List<List<Parameter>> gradients =
        IntStream.range(0, STEPS)
            .mapToObj(t -> Arrays.stream(sizes).mapToObj(n -> values(numbers(random, n))).toList())
            .toList();
    for (Optimizer optimizer : OPTIMIZERS) {
      var results = new ArrayList<float[]>();
      for (int threads : new int[] {1, 2, 4}) {
        List<float[]> p = starts.stream().map(float[]::clone).toList();
        Engine.of("scalar", threads)
            .run(() -> {
              var run = optimizer.attach(parameters(p));
              gradients.forEach(run::step);
            });
        results.add(joined(p));
      }

      assertThat(results.get(0)).isNotEqualTo(joined(starts));
      assertThat(results.get(1)).as("2 threads, %s", optimizer).isEqualTo(results.get(0));
      assertThat(results.get(2)).as("4 threads, %s", optimizer).isEqualTo(results.get(0));
    }
  }

  @Test
  void theOppositeOfEverythingMovesOppositely() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new SplittableRandom(seed);
      float[] start = numbers(random, 100);
      List<float[]> gradients = gradients(random, 100);
      for (Optimizer optimizer : OPTIMIZERS) {
        float[] p = path(optimizer, start, gradients);
        float[] opposite =
            path(
                optimizer,
                negative(start),
                gradients.stream().map(SymmetryTest::negative).toList());

        assertThat(negative(opposite))
            .as("seed %d, %s", seed, optimizer)
            .usingComparatorWithPrecision(0f)
            .containsExactly(p);
      }
    }
  }

  @Test
  void theOrderOfTheNumbersIsFree() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new SplittableRandom(seed);
      int size = 100;
      float[] start = numbers(random, size);
      List<float[]> gradients = gradients(random, size);
      int[] order = random.ints(size).toArray();
      int[] permutation = sortedBy(order);
      for (Optimizer optimizer : OPTIMIZERS) {
        float[] p = path(optimizer, start, gradients);
        float[] permuted =
            path(
                optimizer,
                permuted(start, permutation),
                gradients.stream().map(g -> permuted(g, permutation)).toList());

        assertThat(permuted).as("seed %d, %s", seed, optimizer).isEqualTo(permuted(p, permutation));
      }
    }
  }

  @Test
  void momentumZeroIsGradientDescent() {
    var random = new SplittableRandom(1);
    float[] start = numbers(random, 1_000);
    List<float[]> gradients = gradients(random, 1_000);

    assertThat(path(momentum(0.1, 0), start, gradients))
        .isEqualTo(path(sgd(0.1), start, gradients));
  }

  @Test
  void adamWithoutDecayIsAdam() {
    var random = new SplittableRandom(2);
    float[] start = numbers(random, 1_000);
    List<float[]> gradients = gradients(random, 1_000);

    assertThat(path(adamw(0.1).withWeightDecay(0), start, gradients))
        .isEqualTo(path(adam(0.1), start, gradients));
  }

  @Test
  void theFirstStepOfAdamIsTheRateWhateverTheGradient() {
    float[] p = path(adam(0.01), new float[3], List.of(new float[] {1e-3f, -100, 0}));

    assertThat(p[0]).isCloseTo(-0.01f, org.assertj.core.api.Assertions.within(2e-7f));
    assertThat(p[1]).isCloseTo(0.01f, org.assertj.core.api.Assertions.within(2e-9f));
    assertThat(p[2]).isZero();
  }

  @Test
  void aNumberThatIsNotFiniteStaysInItsOwnPlace() {
    for (Optimizer optimizer : OPTIMIZERS) {
      float[] p =
          path(
              optimizer.onNonFinite(NonFinite.UNCHECKED),
              new float[3],
              List.of(new float[] {1, Float.NaN, 1}));

      assertThat(p[1]).isNaN();
      assertThat(p[0]).isFinite().isEqualTo(p[2]);
    }
  }

  private static float[] path(Optimizer optimizer, float[] start, List<float[]> gradients) {
    float[] p = start.clone();
    var run = optimizer.attach(Parameter.of("p", p));
    gradients.forEach(run::step);
    return p;
  }

  /// Numbers of all sizes, a quarter of them 0.
  private static float[] numbers(SplittableRandom random, int size) {
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] =
          random.nextInt(4) == 0
              ? 0
              : (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-30, 3));
    }
    return x;
  }

  private static List<float[]> gradients(SplittableRandom random, int size) {
    var gradients = new ArrayList<float[]>();
    for (int t = 0; t < STEPS; t++) {
      gradients.add(numbers(random, size));
    }
    return gradients;
  }

  /// 0, some places between, the size.
  private static int[] cuts(SplittableRandom random, int size) {
    int[] cuts = new int[random.nextInt(2, 8)];
    for (int i = 1; i < cuts.length - 1; i++) {
      cuts[i] = random.nextInt(size + 1);
    }
    cuts[cuts.length - 1] = size;
    Arrays.sort(cuts);
    return cuts;
  }

  private static List<float[]> pieces(float[] x, int[] cuts) {
    var pieces = new ArrayList<float[]>();
    for (int i = 1; i < cuts.length; i++) {
      pieces.add(Arrays.copyOfRange(x, cuts[i - 1], cuts[i]));
    }
    return pieces;
  }

  private static List<Parameter> parameters(List<float[]> pieces) {
    var parameters = new ArrayList<Parameter>();
    for (float[] piece : pieces) {
      parameters.add(Parameter.of("p" + parameters.size(), piece));
    }
    return parameters;
  }

  private static Parameter values(float[] x) {
    return Parameter.of("g", new int[] {x.length}, x);
  }

  private static float[] joined(List<float[]> pieces) {
    float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (float[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  private static float[] negative(float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = -x[i];
    }
    return y;
  }

  private static float[] permuted(float[] x, int[] permutation) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[permutation[i]];
    }
    return y;
  }

  private static int[] sortedBy(int[] keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(java.util.Comparator.comparingInt(i -> keys[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
