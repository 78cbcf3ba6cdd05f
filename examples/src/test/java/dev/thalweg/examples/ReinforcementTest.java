package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.examples.reinforcement.Environment;
import dev.thalweg.examples.reinforcement.Trained;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The environments against executed Gymnasium, and short versions of what learns in them.
class ReinforcementTest {

  private static void assertState(double[] found, double... expected) {
    assertThat(found).containsExactly(expected, within(1e-12));
  }

  /// `tools/golden/environments.py` printed the states.
  @Test
  void theCartMovesAsInGymnasium() {
    var cart = new CartPole();
    cart.begin(0.01, -0.02, 0.03, 0.04);
    for (int i = 0; i < 10; i++) {
      assertThat(cart.step((7 * i * i + i) % 2)).isEqualTo(1);
      if (i == 0) {
        assertState(
            cart.observation(),
            0.009600000000000001,
            -0.21553901710278936,
            0.030799999999999998,
            0.34199522377603914);
        assertThat(cart.terminated()).isFalse();
      }
    }
    assertState(
        cart.observation(),
        -0.1701939816124151,
        -1.9787497342405547,
        0.3175514790780911,
        3.2658839314699306);
    assertThat(cart.terminated()).isTrue();
  }

  @Test
  void theLinksMoveAsInGymnasium() {
    var links = new Acrobot();
    links.begin(0.05, -0.08, 0.02, 0.09);
    for (int i = 0; i < 40; i++) {
      assertThat(links.step((7 * i * i + i) % 3)).isEqualTo(-1);
    }
    double first = 0.007464726039454298;
    double second = -0.06830963839802554;
    assertState(
        links.observation(),
        Math.cos(first),
        Math.sin(first),
        Math.cos(second),
        Math.sin(second),
        0.09616584987800447,
        -0.4075085591406507);
    assertThat(links.terminated()).isFalse();
    links.begin(Math.PI, 0, 0, 0);
    assertThat(links.step(1)).as("the last one").isZero();
    assertThat(links.terminated()).isTrue();
  }

  @Test
  void episodesAreBrokenOff() {
    var links = new Acrobot();
    links.reset(new SplittableRandom(1));
    for (int i = 0; i < 500; i++) {
      assertThat(links.truncated()).isFalse();
      links.step(1);
    }
    assertThat(links.truncated()).isTrue();
  }

  @Test
  void aFewThousandActionsHelpAndTheSameSeedGivesTheSameWeights() {
    for (String method : new String[] {"ppo", "dqn"}) {
      Trained trained = CartPole.train(method, 1, 7680);
      double mean = Environment.meanReturn(CartPole::new, trained.policy(), 20, 5);
      assertThat(mean).as("%s earns more than chance, 22", method).isGreaterThan(60);
      Trained again = CartPole.train(method, 1, 7680);
      assertThat(again.policy().sameWeights(trained.policy())).as(method).isTrue();
    }
  }

  @Test
  void quantilesOfASeriesAreBetterThanTheSeasonBefore() {
    SeasonalQuantiles.Outcome outcome = SeasonalQuantiles.train(10);
    assertThat(outcome.loss()).isLessThan(0.8 * outcome.naive()).isGreaterThan(0.05);
    assertThat(outcome.within()).isBetween(0.6, 0.95);
    assertThat(SeasonalQuantiles.picture(outcome)).startsWith("<svg").contains("<polygon");
  }
}
