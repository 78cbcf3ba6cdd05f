package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.Philox;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GenerationTest {

  private static final int DRAWS = 20_000;

  /// The logarithms of the probabilities 0.4, 0.3, 0.2 and 0.1, moved, behind one that is not
  /// looked at.
  private static final float[] LOGITS = {
    99,
    (float) Math.log(0.2) + 5,
    (float) Math.log(0.4) + 5,
    (float) Math.log(0.1) + 5,
    (float) Math.log(0.3) + 5
  };

  private static double[] shares(Generation how) {
    double[] shares = new double[4];
    for (int place = 0; place < DRAWS; place++) {
      shares[how.draw(LOGITS, 1, 4, place)] += 1.0 / DRAWS;
    }
    return shares;
  }

  @Test
  void tokensAreDrawnByTheirProbabilities() {
    var how = Generation.defaults().withSeed(5);
    assertThat(shares(how)).containsExactly(new double[] {0.2, 0.4, 0.1, 0.3}, within(0.015));
    assertThat(shares(how)).isEqualTo(shares(how));
    assertThat(shares(how)).isNotEqualTo(shares(how.withSeed(6)));
  }

  @Test
  void whatIsDrawnIsDrawnFromTokensInTheirOrder() {
    var random = new Random(4);
    for (int round = 0; round < 500; round++) {
      int tokens = 1 + random.nextInt(90);
      float[] logits = new float[tokens + 2];
      for (int i = 0; i < logits.length; i++) {
        // many are equal, also to a 0 of either sign
        logits[i] = (random.nextInt(9) - 4) * (random.nextBoolean() ? 0.5f : -0.5f);
      }
      var how =
          new Generation(
              1,
              random.nextInt(4) / 2.0,
              random.nextInt(100),
              random.nextBoolean() ? 1 : 1 - random.nextDouble(),
              round);
      assertThat(how.draw(logits, 2, tokens, round))
          .as("%s of %s", how, Arrays.toString(logits))
          .isEqualTo(drawn(how, logits, tokens, round));
    }
  }

  /// The same by sorting all.
  private static int drawn(Generation how, float[] logits, int tokens, long place) {
    List<Integer> order =
        IntStream.range(0, tokens)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -logits[2 + i]))
            .toList();
    if (how.temperature() == 0) {
      return order.getFirst();
    }
    int kept = how.topK() == 0 ? tokens : Math.min(how.topK(), tokens);
    double most = logits[2 + order.getFirst()];
    double[] weights =
        order.stream()
            .limit(kept)
            .mapToDouble(i -> StrictMath.exp((logits[2 + i] - most) / how.temperature()))
            .toArray();
    double all = Arrays.stream(weights).sum();
    double sum = 0;
    for (int i = 0; how.topP() < 1 && i < weights.length; i++) {
      sum += weights[i];
      if (sum >= how.topP() * all) {
        weights = Arrays.copyOf(weights, i + 1);
        all = sum;
      }
    }
    double left = all * Philox.of(how.seed(), 3L << 40).uniformDouble(2 * place);
    int i = 0;
    while (i < weights.length - 1 && left >= weights[i]) {
      left -= weights[i++];
    }
    return order.get(i);
  }

  @Test
  void temperatureIsAPowerOfTheProbabilities() {
    // Squares: 4, 16, 1 and 9 of 30.
    assertThat(shares(Generation.defaults().withTemperature(0.5)))
        .containsExactly(new double[] {4 / 30.0, 16 / 30.0, 1 / 30.0, 9 / 30.0}, within(0.015));
    assertThat(shares(Generation.defaults().withTemperature(0)))
        .containsExactly(new double[] {0, 1, 0, 0}, within(1e-9));
  }

  @Test
  void theMostProbableAreDrawnAmong() {
    assertThat(shares(Generation.defaults().withTopK(2)))
        .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(0.015));
    assertThat(shares(Generation.defaults().withTopK(1)))
        .containsExactly(new double[] {0, 1, 0, 0}, within(1e-9));
    assertThat(shares(Generation.defaults().withTopK(9))).isEqualTo(shares(Generation.defaults()));
  }

  @Test
  void theFewestThatMakeAShareAreDrawnAmong() {
    // 0.4 + 0.3 is less than 0.75, with 0.2 it is not.
    assertThat(shares(Generation.defaults().withTopP(0.75)))
        .containsExactly(new double[] {2 / 9.0, 4 / 9.0, 0, 3 / 9.0}, within(0.015));
    assertThat(shares(Generation.defaults().withTopP(0.3)))
        .containsExactly(new double[] {0, 1, 0, 0}, within(1e-9));
    // Of the three most probable, whose shares are 4/9, 3/9 and 2/9, the first two make 0.75.
    assertThat(shares(Generation.defaults().withTopK(3).withTopP(0.75)))
        .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(0.015));
  }

  @Test
  void ofEqualTokensTheFirstComesFirst() {
    float[] equal = {1, 1, 1, 1};
    assertThat(Generation.defaults().withTemperature(0).draw(equal, 0, 4, 0)).isZero();
    for (int place = 0; place < 50; place++) {
      assertThat(Generation.defaults().withTopK(2).draw(equal, 0, 4, place)).isLessThan(2);
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    var usual = Generation.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usual.withLength(-1))
        .withMessage("length must be at least 0, found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usual.withTemperature(Double.NaN))
        .withMessage("temperature must lie in [0, ∞), found NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usual.withTopK(-2))
        .withMessage("topK must be at least 0, found -2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usual.withTopP(0))
        .withMessage("topP must lie in (0, 1], found 0.0");
    assertThat(usual.withTopK(40).withTemperature(0.8).withSeed(1))
        .hasToString("200 tokens, temperature 0.8, top k 40, seed 1");
    assertThat(usual.withTopP(0.9)).hasToString("200 tokens, temperature 1.0, top p 0.9, seed 0");
  }
}
