package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.sgd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.Values;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NegligibleTest {
  private static final float T = Negligible.THRESHOLD;

  @Test
  void whatIsNegligibleBecomesZeroAndTheRestComesThrough() {
    long seed = 3;
    var random = new SplittableRandom(seed);
    float[] x = new float[100_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.scalb(random.nextDouble(-2, 2), random.nextInt(-149, 120));
    }
    float[] special = {
      0,
      -0f,
      T,
      -T,
      Math.nextUp(T),
      Math.nextDown(T),
      0x1p25f * T,
      -0x1p25f * T,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    System.arraycopy(special, 0, x, 0, special.length);
    float[] kept = x.clone();
    Negligible.clear(kept, T, 0, x.length);

    for (int i = 0; i < x.length; i++) {
      float size = Math.abs(x[i]);
      if (size <= T) {
        assertThat(Float.floatToRawIntBits(kept[i])).as("%s", x[i]).isZero();
      } else if (size < 0x1p25f * T) {
        assertThat(kept[i]).as("%s", x[i]).isEqualTo(Math.copySign(size - T, x[i]));
      } else {
        assertThat(Float.compare(kept[i], x[i])).as("%s", x[i]).isZero();
      }
    }
  }

  @Test
  void stateThatGetsNoGradientBecomesZeroAndNeverDenormal() {
    for (Optimizer optimizer :
        List.of(momentum(0.01), momentum(0.01, 0.4), adam(0.01), adamw(0.01))) {
      float[] p = new float[64];
      var run = optimizer.attach(Parameter.of("p", p));
      float[] gradient = new float[64];
      Arrays.fill(gradient, 1e-3f);
      run.step(gradient);
      float[] zero = new float[64];
      for (int t = 0; t < 80_000; t++) {
        run.step(zero);
        if (t < 1000 || t % 97 == 0) {
          for (Values slot : run.state().slots().values()) {
            for (float x : slot.floats()) {
              assertThat(x == 0 || Math.abs(x) >= Float.MIN_NORMAL).as("%s", x).isTrue();
            }
          }
        }
      }

      assertThat(run.state().slots().values())
          .as("%s", optimizer)
          .allSatisfy(slot -> assertThat(slot.floats()).containsOnly(0));
      assertThat(p[0]).isFinite();
    }
  }

  @Test
  void aWeightThatOnlyDecaysBecomesZeroAndNeverDenormal() {
    float[] p = {1, -1, 0.5f};
    var run = sgd(0.1).withWeightDecay(0.01).attach(Parameter.of("p", p));
    float[] zero = new float[3];
    for (int t = 0; t < 100_000; t++) {
      run.step(zero);
      for (float x : p) {
        assertThat(x == 0 || Math.abs(x) >= Float.MIN_NORMAL).as("%s", x).isTrue();
      }
    }

    assertThat(p).containsOnly(0);
  }

  @Test
  void doublesAreNotTouched() {
    double[] p = {0};
    var run = momentum(1).attach(Parameter.of("p", p));
    for (int t = 0; t < 40; t++) {
      run.step(new double[] {1e-100});
    }

    assertThat(run.slot("v", run.parameters().getFirst()).doubles()[0]).isGreaterThan(9e-100);
  }

  @Test
  void resumingBetweenTwoClearingsChangesNothing() {
    float[] gradient = {1, 2e-30f, -3e-30f, 4e-33f};
    float[] zero = new float[4];
    for (int at = 1; at < 40; at++) {
      float[] straight = new float[4];
      float[] resumed = new float[4];
      var run = momentum(1, 0.5).attach(Parameter.of("p", straight));
      var before = momentum(1, 0.5).attach(Parameter.of("p", resumed));
      for (int t = 0; t < at; t++) {
        run.step(t == 0 ? gradient : zero);
        before.step(t == 0 ? gradient : zero);
      }
      var after = momentum(1, 0.5).attach(Parameter.of("p", resumed));
      after.restore(before.state());
      for (int t = at; t < 50; t++) {
        run.step(zero);
        after.step(zero);
      }

      assertThat(resumed).as("at %d", at).containsExactly(straight);
      assertThat(after.slot("v", after.parameters().getFirst()).floats())
          .containsExactly(run.slot("v", run.parameters().getFirst()).floats());
    }
  }
}
