package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Gradients at the ends of what a float can be: no rule of the table makes a NaN of them where the
/// same formula in double makes none.
class ExtremeGradientsTest {
  private static final float[] SIZES = {
    0, Float.MIN_VALUE, 1e-40f, 1e-20f, 1, 1e10f, 1e19f, 2e19f, 6e20f, 3.1e38f, Float.MAX_VALUE
  };

  private static final int SEQUENCES = 48;
  private static final int STEPS = 24;

  /// FTRL moves by the difference of two roots of sums of squares, which nothing divides: a sum
  /// beyond the range is an infinity, and the difference of two is no number. Keras' is no other.
  ///
  /// D-Adaptation of SGD divides all gradients by the norm of the first: after one of 1e-20 a step
  /// is beyond the range of floats. Hypergradient descent adds products of gradients to its rate,
  /// the adaptive methods take differences of gradients of 3e38 or add steps of as much to each
  /// other, and Optax multiplies steps by the norms of weights that such steps have made.
  private static final Pattern BEYOND_FLOATS =
      Pattern.compile(
          "(?i)\\b(ftrl|dadapt_sgd|sgd_hd|adgd|adgd_accelerated|adaptive_heavy_ball"
              + "|optax\\.scale_by_param_block_(norm|rms))\\(");

  /// What has none makes of each number what it makes of it alone.
  private static final Pattern SUM = Pattern.compile("(norm|sum|mean)\\w*\\(");

  @Test
  void whatHasANumberInDoubleHasOneInFloat() {
    long seed = 0;
    int alone = 0;
    var wrong = new ArrayList<String>();
    for (Optimizer optimizer : optimizers()) {
      if (BEYOND_FLOATS.matcher(optimizer.toString()).find()) {
        seed++;
        continue;
      }
      var random = new SplittableRandom(seed);
      float[][] gradients = gradients(random);
      String found = together(optimizer, gradients);
      if (found.isEmpty() && SUM.matcher(optimizer.formula().toString()).find()) {
        found = inTurn(optimizer, gradients);
        alone++;
      }
      if (!found.isEmpty()) {
        wrong.add("seed %d, %s: %s".formatted(seed, optimizer, found));
      }
      seed++;
    }
    assertThat(wrong).isEmpty();
    assertThat(alone).isGreaterThan(20);
  }

  private static List<Optimizer> optimizers() {
    var all = new LinkedHashSet<>(EveryRule.ofElements());
    for (String text :
        List.of(
            "adam(0.1, beta2=0)",
            "adam(0.1, beta1=0, beta2=0)",
            "adamw(0.1, beta1=0.5, beta2=0)",
            "torch.Adam(0.1, betas=(0.9, 0))",
            "torch.Adam(0.1, betas=(0, 0.5), amsgrad=true)",
            "torch.RMSprop(0.1, alpha=0)",
            "torch.RMSprop(0.1, alpha=0, centered=true)",
            "keras.Adam(0.1, beta_2=0)",
            "keras.RMSprop(0.1, rho=0)",
            "keras.RMSprop(0.1, rho=0.5, centered=true)",
            "optax.adam(0.1, b2=0)",
            "optax.adam(0.1, b2=0, nesterov=true)",
            "optax.adam(0.1, b1=0.99, nesterov=true)",
            "optax.amsgrad(0.1, b1=0, b2=0)",
            "optax.rmsprop(0.1, decay=0)",
            "optax.adamw(0.1, nesterov=true)",
            "rmsprop(0.1, rho=0)",
            "rmsprop(0.1, rho=0, momentum=0.9)")) {
      all.add(Optimizer.parse(text));
    }
    return List.copyOf(all);
  }

  /// By step, then sequence: of one size, of sizes in any order, of signs in turn.
  private static float[][] gradients(SplittableRandom random) {
    float[][] gradients = new float[STEPS][SEQUENCES];
    for (int i = 0; i < SEQUENCES; i++) {
      float one = SIZES[i % SIZES.length];
      int kind = random.nextInt(4);
      for (int t = 0; t < STEPS; t++) {
        gradients[t][i] =
            switch (kind) {
              case 0 -> (t & 1) == 0 ? one : -one;
              case 1 -> t < STEPS / 2 ? -one : one;
              case 2 -> t == STEPS / 2 ? one : 1;
              default -> SIZES[random.nextInt(SIZES.length)] * (random.nextBoolean() ? 1 : -1);
            };
      }
    }
    return gradients;
  }

  private static String inTurn(Optimizer optimizer, float[][] gradients) {
    for (int i = 0; i < SEQUENCES; i++) {
      float[][] one = new float[STEPS][];
      for (int t = 0; t < STEPS; t++) {
        one[t] = new float[] {gradients[t][i]};
      }
      String found = together(optimizer, one);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  /// The first NaN that double has not.
  private static String together(Optimizer optimizer, float[][] gradients) {
    int n = gradients[0].length;
    float[] narrow = new float[n];
    double[] wide = new double[n];
    Arrays.fill(narrow, 1);
    Arrays.fill(wide, 1);
    Parameter p = Parameter.of("w", narrow);
    Parameter q = Parameter.of("w", wide);
    OptimizerRun run = optimizer.attach(p);
    OptimizerRun reference = optimizer.attach(q);
    for (int t = 0; t < gradients.length; t++) {
      double[] same = new double[n];
      for (int i = 0; i < n; i++) {
        same[i] = gradients[t][i];
      }
      run.step(gradients[t]);
      reference.step(same);
      String what = "p";
      int i = onlyInFloat(narrow, wide);
      for (String slot : run.slots()) {
        if (i < 0) {
          what = slot;
          i = onlyInFloat(run.slot(slot, p).floats(), reference.slot(slot, q).doubles());
        }
      }
      if (i >= 0) {
        var before = new StringBuilder();
        for (int k = 0; k <= t; k++) {
          before.append(' ').append(gradients[k][i]);
        }
        return "%s is NaN after%s".formatted(what, before);
      }
    }
    return "";
  }

  /// The place of the first NaN that double has not; -1 where there is none.
  private static int onlyInFloat(float[] narrow, double[] wide) {
    for (int i = 0; i < narrow.length; i++) {
      if (Float.isNaN(narrow[i]) && !Double.isNaN(wide[i])) {
        return i;
      }
    }
    return -1;
  }
}
