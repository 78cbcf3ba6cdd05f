package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.Engine;
import dev.thalweg.optim.rule.Card;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What no rule of the table may break, whoever adds one: see [EveryRule].
///
/// What does not hold for all is stated where it is tested, with the reason, and must indeed not
/// hold.
class SymmetryTest {
  private static final List<Optimizer> EVERY_RULE = EveryRule.ofElements();
  private static final int STEPS = 20;

  /// What draws numbers is neither odd nor free of the order: its own tests are here.
  private static final Set<String> NOISY = Set.of("noisy_sgd", "sgld");

  /// A norm, a sum or a mean over one tensor: another one where the tensor is cut in two.
  private static final Pattern PER_TENSOR =
      Pattern.compile("(?<!global_)\\b(norm|sum|mean|rms)\\(");

  @Test
  void theTableIsWhatIsTested() {
    List<String> ofArrays = // MatrixMethodsTest has these, too
        EveryRule.ofMatrices().stream()
            .flatMap(optimizer -> optimizer.stages().stream())
            .map(stage -> stage.method().name())
            .toList();
    assertThat(EVERY_RULE.stream().flatMap(optimizer -> optimizer.stages().stream()))
        .extracting(stage -> stage.method().name())
        .containsAll(
            Methods.all().stream()
                .filter(method -> method.family() != Family.MATRIX) // MatrixMethodsTest has these
                .filter(method -> !EveryRule.asks(method)) // OptimizerAsksTest has these
                .filter(method -> !ofArrays.contains(method.name()))
                .filter(method -> !NOISY.contains(method.name()))
                .map(Method::name)
                .toList());
    assertThat(EVERY_RULE).hasSizeGreaterThan(250).doesNotHaveDuplicates();
  }

  @Test
  void sameBitsHoweverTheParametersAreCut() {
    long seed = 0;
    for (Optimizer optimizer : EVERY_RULE) {
      boolean perTensor =
          PER_TENSOR.matcher(optimizer.formula().toString()).find()
              && !optimizer.stages().getFirst().method().name().equals("hyperball"); // of matrices
      boolean different = false;
      for (int again = 0; again < (perTensor ? 5 : 1); again++, seed++) {
        var random = new SplittableRandom(seed);
        int size = random.nextInt(50, 6_000);
        float[] start = numbers(random, size);
        List<float[]> gradients = gradients(random, size, 6);
        float[] whole = path(optimizer, start, gradients);

        int[] cuts = cuts(random, size);
        List<float[]> pieces = pieces(start, cuts);
        var cut = optimizer.attach(parameters(pieces));
        for (float[] gradient : gradients) {
          cut.step(pieces(gradient, cuts).stream().map(SymmetryTest::values).toList());
        }

        if (!perTensor) {
          assertThat(joined(pieces)).as("seed %d, %s", seed, optimizer).isEqualTo(whole);
        }
        different |= !Arrays.equals(joined(pieces), whole);
      }
      assertThat(different)
          .as("%s, which reads a norm of one tensor", optimizer)
          .isEqualTo(perTensor);
    }
  }

  /// Other numbers of threads are other sizes of the blocks that one works on, too.
  @Test
  void sameBitsForAnyNumberOfThreads() {
    int[] sizes = {1, 17_003, 0, 16_384, 17};
    var random = new SplittableRandom(4);
    List<float[]> starts = Arrays.stream(sizes).mapToObj(size -> numbers(random, size)).toList();
    List<List<Parameter>> gradients =
        IntStream.range(0, 5) // before, schedule_free_radam does not move
            .mapToObj(t -> Arrays.stream(sizes).mapToObj(n -> values(numbers(random, n))).toList())
            .toList();
    for (Optimizer optimizer : ofDifferentLoops()) {
      var results = new ArrayList<float[]>();
      for (int threads : new int[] {1, 3}) {
        List<float[]> p = starts.stream().map(float[]::clone).toList();
        Engine.of("scalar", threads)
            .run(() -> {
              var run = optimizer.attach(parameters(p));
              gradients.forEach(run::step);
            });
        results.add(joined(p));
      }

      assertThat(results.getFirst()).isNotEqualTo(joined(starts));
      for (int i = 1; i < results.size(); i++) {
        assertThat(results.get(i)).as("3 threads, %s", optimizer).isEqualTo(results.getFirst());
      }
    }
  }

  /// The noise belongs to a number's place, however parameters are cut and threads share them, and
  /// to the seed.
  @Test
  void noiseIsTheSameHoweverTheParametersAreCut() {
    for (String name : NOISY) {
      Optimizer optimizer = Optimizer.parse(name + "(0.05)");
      var random = new SplittableRandom(5);
      float[] start = numbers(random, 40_000);
      List<float[]> gradients = gradients(random, 40_000, 3);
      float[] whole = path(optimizer, start, gradients);
      int[] cuts = {0, 1, 17_000, 17_000, 40_000};
      List<float[]> pieces = pieces(start, cuts);
      Engine.of("scalar", 3)
          .run(() -> {
            var cut = optimizer.attach(parameters(pieces));
            for (float[] gradient : gradients) {
              cut.step(pieces(gradient, cuts).stream().map(SymmetryTest::values).toList());
            }
          });
      assertThat(joined(pieces)).as(name).isEqualTo(whole);
      assertThat(path(Optimizer.parse(name + "(0.05, seed=1)"), start, gradients))
          .as(name)
          .isNotEqualTo(whole);
    }
  }

  private static Collection<Optimizer> ofDifferentLoops() {
    var byLoop = new LinkedHashMap<String, Optimizer>();
    for (Optimizer optimizer : EVERY_RULE) {
      var plan = optimizer.chain().plan();
      var key = new StringBuilder(plan.loop().key());
      plan.reductions().forEach(sum -> key.append(sum.program().key()).append(sum.global()));
      byLoop.putIfAbsent(key.toString(), optimizer);
    }
    return byLoop.values();
  }

  /// Holds for all but [#NOT_ODD].
  @Test
  void theOppositeOfEverythingMovesOppositely() {
    long seed = 0;
    for (Optimizer optimizer : EVERY_RULE) {
      if (isOneOf(NOT_ODD, optimizer)) {
        continue;
      }
      var random = new SplittableRandom(seed);
      float[] start = numbers(random, 100);
      List<float[]> gradients = gradients(random, 100, STEPS);
      float[] p = path(optimizer, start, gradients);
      float[] opposite =
          path(optimizer, negative(start), gradients.stream().map(SymmetryTest::negative).toList());

      assertSame("seed %d, %s".formatted(seed++, optimizer), negative(opposite), p);
    }
  }

  /// Where a rule reads a norm or a mean, only to rounding: the order of a sum is that of the
  /// elements.
  @Test
  void theOrderOfTheNumbersIsFree() {
    long seed = 0;
    for (Optimizer optimizer : EVERY_RULE) {
      var random = new SplittableRandom(seed);
      int size = 100;
      float[] start = numbers(random, size);
      List<float[]> gradients = gradients(random, size, STEPS);
      int[] permutation = sortedBy(random.ints(size).toArray());
      float[] p = permuted(path(optimizer, start, gradients), permutation);
      float[] permuted =
          path(
              optimizer,
              permuted(start, permutation),
              gradients.stream().map(g -> permuted(g, permutation)).toList());

      String what = "seed %d, %s".formatted(seed++, optimizer);
      if (optimizer.chain().plan().reductions().isEmpty()) {
        assertThat(permuted).as(what).isEqualTo(p);
      } else {
        assertThat(permuted).as(what).containsExactly(p, within(1e-5f));
      }
    }
  }

  /// Rules whose step is neither as long as the gradients nor the same for all scales of them.
  private static final Set<String> OF_OTHER_SCALE =
      Set.of(
          "radam",
          "optax.radam",
          "optax.acprop", // whose first gradient is divided by 1
          "torch.SparseAdam", // whose epsilon is above 0
          "optax.scale_by_param_block_norm",
          "optax.scale_by_param_block_rms",
          "madgrad",
          "ftrl",
          "stable_adamw",
          "box",
          "l2_ball",
          "mars",
          "prodigy",
          "dadapt_adam",
          "dowg",
          "sgd_hd",
          "adam_hd",
          "yellowfin",
          "adgd",
          "adgd_accelerated",
          "adaptive_heavy_ball");

  /// What divides by the gradients' size, though its family does not, or only asks for their sign.
  private static final Set<String> FREE_OF_SCALE =
      Set.of("sign_sgd", "signum", "normalized", "normalize", "optax.normalize_by_update_norm");

  /// What begins at a number that is no sum of squares: a step, a product.
  private static final Set<String> BEGINS_OTHERWISE =
      Set.of("rprop", "nadam", "accelerated", "dadapt_sgd", "cocob", "torch.ASGD", "optax.rprop");

  /// Averages that begin at a number above 0 know up from down.
  private static final Set<String> NOT_ODD = Set.of("yogi", "optax.keep_params_nonnegative");

  /// Whether the method, or the rule of ours that it is under other names, is one of these.
  private static boolean isOneOf(Set<String> names, Optimizer optimizer) {
    return optimizer.stages().stream()
        .map(stage ->
            stage.method().rule() instanceof Renamed renamed
                ? Card.of(renamed.rule().card()).name()
                : stage.method().name())
        .anyMatch(names::contains);
  }

  /// Why a rule has a scale of its own.
  private enum Unscaled {
    /// A limit for the gradient is in the gradient's unit.
    LIMIT {
      @Override
      boolean isIn(Optimizer optimizer) {
        return optimizer.hyperparameters().keySet().stream()
            .anyMatch(Set.of("limit", "clipnorm", "clipvalue", "global_clipnorm")::contains);
      }
    },

    /// A part of the parameter in the gradient has the parameter's unit.
    COUPLED_DECAY {
      @Override
      boolean isIn(Optimizer optimizer) {
        return !isLinear(optimizer)
            && !optimizer.name().endsWith("adadelta") // which does not move without ε
            && optimizer.formula().toString().contains("g = g + weight_decay * p");
      }
    },

    /// Sums of squares that begin at a number have its unit.
    BEGINNING {
      @Override
      boolean isIn(Optimizer optimizer) {
        return !isOneOf(BEGINS_OTHERWISE, optimizer)
            && EveryRule.beginnings(optimizer).values().stream().anyMatch(value -> value > 0);
      }
    },

    /// The rule itself.
    RULE {
      @Override
      boolean isIn(Optimizer optimizer) {
        return isOneOf(OF_OTHER_SCALE, optimizer)
            || optimizer.toString().contains("silent_sgd_phase=false")
            || optimizer.toString().contains("min_norm=0.25")
            || optimizer.toString().matches(".*scale_by_lion\\(mode=(smooth|refined).*");
      }
    };

    abstract boolean isIn(Optimizer optimizer);
  }

  /// What divides nothing by the gradients' size: the way is as long as they are.
  private static boolean isLinear(Optimizer optimizer) {
    return !isOneOf(FREE_OF_SCALE, optimizer)
        && optimizer.stages().stream()
            .allMatch(stage ->
                switch (stage.method().family()) {
                  case DESCENT, MOMENTUM -> !stage.method().name().equals(OwnRule.NAME);
                  case ADAPTIVE, ADAM, MATRIX, SECOND_ORDER -> false;
                  case RATE_FREE -> stage.method().name().matches("(optax[.])?schedule_free_sgd");
                  case STAGE ->
                      !stage.method().name().matches("optax.scale_by_(?!optimistic|schedule).*");
                });
  }

  /// Gradient descent and momentum go eight times as far where start and gradients are eight times
  /// as large; AdaGrad, RMSProp and Adam with ε = 0 go the same way whatever the gradients' scale.
  /// To the bit, since 8 is a power of 2. Why it does not hold for some: [Unscaled].
  @Test
  void theScaleOfTheGradientsIsTheWaysOrNone() {
    long seed = 0;
    for (Optimizer standard : EVERY_RULE) {
      if (standard.name().equals(OwnRule.NAME)) {
        continue;
      }
      Optimizer optimizer = withoutEpsilon(standard);
      var random = new SplittableRandom(seed);
      double[] start = random.doubles(12, -1, 1).toArray();
      List<double[]> gradients = new ArrayList<>();
      for (int t = 0; t < STEPS; t++) {
        double size = Math.scalb(1.0, -t % 7);
        gradients.add(random.doubles(12, -size, size).toArray());
      }
      double[] p = end(optimizer, start, gradients);
      double[] scaled =
          isLinear(optimizer)
              ? times(0.125, end(optimizer, times(8, start), times(8, gradients)))
              : end(optimizer, start, times(8, gradients));

      List<Unscaled> reasons =
          Arrays.stream(Unscaled.values()).filter(reason -> reason.isIn(optimizer)).toList();
      String what = "seed %d, %s, %s".formatted(seed++, optimizer, reasons);
      if (reasons.isEmpty()) {
        assertThat(scaled).as(what).isEqualTo(p);
      } else {
        assertThat(scaled).as(what).isNotEqualTo(p);
      }
    }
  }

  private static Optimizer withoutEpsilon(Optimizer standard) {
    Optimizer optimizer = standard;
    for (String name : List.of("epsilon", "eps_root", "epsilon_root")) {
      Hyperparameter argument = standard.stages().getFirst().argument(name);
      boolean mayBeNone = argument == null || argument.range().contains(0);
      if (standard.hyperparameters().containsKey(name) && mayBeNone) {
        optimizer = optimizer.with(name, 0);
      }
    }
    return optimizer;
  }

  @Test
  void savingAndRestoringAtAnyStepChangesNothing() {
    int[] cuts = {0, 40, 41, 100};
    long seed = 0;
    for (Optimizer optimizer : EVERY_RULE) {
      var random = new SplittableRandom(seed);
      List<float[]> gradients = gradients(random, 100, STEPS);
      List<float[]> straight = pieces(numbers(random, 100), cuts);
      List<float[]> resumed = straight.stream().map(float[]::clone).toList();
      var run = optimizer.attach(parameters(straight));
      var other = optimizer.attach(parameters(resumed));
      for (int t = 0; t < STEPS; t++) {
        List<Parameter> gradient =
            pieces(gradients.get(t), cuts).stream().map(SymmetryTest::values).toList();
        // a new run from what was saved, while the old one goes astray
        OptimizerState state = other.state();
        List<float[]> now = resumed.stream().map(float[]::clone).toList();
        other.step(gradient);
        other = optimizer.attach(parameters(now));
        other.restore(OptimizerState.of(state.optimizer(), state.steps(), state.slots()));
        resumed = now;
        run.step(gradient);
        other.step(gradient);
        assertThat(joined(resumed))
            .as("seed %d, %s, step %d", seed, optimizer, t)
            .isEqualTo(joined(straight));
      }
      assertThat(other.state().slots().keySet()).isEqualTo(run.state().slots().keySet());
      seed++;
    }
  }

  @Test
  void momentumZeroIsGradientDescent() {
    var random = new SplittableRandom(1);
    float[] start = numbers(random, 1_000);
    List<float[]> gradients = gradients(random, 1_000, STEPS);

    assertThat(path(momentum(0.1, 0), start, gradients))
        .isEqualTo(path(sgd(0.1), start, gradients));
  }

  @Test
  void adamWithoutDecayIsAdam() {
    var random = new SplittableRandom(2);
    float[] start = numbers(random, 1_000);
    List<float[]> gradients = gradients(random, 1_000, STEPS);

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

  /// Where nothing is added up over the elements.
  @Test
  void aNumberThatIsNotFiniteStaysInItsOwnPlace() {
    for (Optimizer optimizer : EVERY_RULE) {
      if (optimizer.chain().plan().reductions().isEmpty()) {
        float[] p =
            path(
                optimizer.onNonFinite(NonFinite.UNCHECKED),
                new float[3],
                Collections.nCopies(
                    3 * Accumulation.every(optimizer.stages()), new float[] {1, Float.NaN, 1}));

        assertThat(p[1]).as("%s", optimizer).isNaN();
        assertThat(p[0]).as("%s", optimizer).isFinite().isEqualTo(p[2]);
      }
    }
  }

  private static double[] end(Optimizer optimizer, double[] start, List<double[]> gradients) {
    double[] p = start.clone();
    var run = optimizer.attach(Parameter.of("p", p));
    gradients.forEach(run::step);
    return p;
  }

  private static double[] times(double factor, double[] x) {
    return Arrays.stream(x).map(number -> factor * number).toArray();
  }

  private static List<double[]> times(double factor, List<double[]> all) {
    return all.stream().map(x -> times(factor, x)).toList();
  }

  /// The same numbers, −0 being 0.
  private static void assertSame(String what, float[] found, float[] expected) {
    for (int i = 0; i < found.length; i++) {
      if (found[i] != expected[i] && !(Float.isNaN(found[i]) && Float.isNaN(expected[i]))) {
        assertThat(found).as(what).isEqualTo(expected);
      }
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

  private static List<float[]> gradients(SplittableRandom random, int size, int steps) {
    var gradients = new ArrayList<float[]>();
    for (int t = 0; t < steps; t++) {
      gradients.add(numbers(random, size));
    }
    return gradients;
  }

  /// 0, some places between, the size.
  private static int[] cuts(SplittableRandom random, int size) {
    int[] cuts = new int[random.nextInt(3, 8)];
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
