package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formula.SyntaxException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static double at(String text, long step) {
    return Schedule.parse(text).at(step);
  }

  private static double[] first(int count, String text) {
    Schedule schedule = Schedule.parse(text);
    return LongStream.range(0, count).mapToDouble(schedule::at).toArray();
  }

  @Nested
  class Values {
    @Test
    void aNumberIsAConstant() {
      Schedule schedule = Schedule.parse(" 1e-3 ");
      assertThat(schedule).isEqualTo(Schedule.constant(1e-3));
      assertThat(schedule.isConstant()).isTrue();
      assertThat(schedule.at(1L << 40)).isEqualTo(1e-3);
      assertThat(schedule).hasToString("0.001");
      assertThat(Schedule.parse("constant(0.001)")).isEqualTo(schedule);
    }

    @Test
    void inverseTimeDividesByALineOfTheStep() {
      assertThat(first(4, "inverse_time(1, decay=0.5)"))
          .containsExactly(1, 1 / 1.5, 1 / 2.0, 1 / 2.5);
      assertThat(at("inverse_time(1, decay=0.5, steps=10)", 5)).isEqualTo(1 / 1.25);
      assertThat(first(5, "inverse_time(1, decay=1, steps=2, staircase=true)"))
          .containsExactly(1, 1, 0.5, 0.5, 1.0 / 3);
    }

    @Test
    void exponentialMultipliesByTheRateOncePerPeriod() {
      assertThat(first(4, "exponential(8, rate=0.5)")).containsExactly(8, 4, 2, 1);
      assertThat(at("exponential(8, rate=0.25, steps=2)", 1)).isEqualTo(4);
      assertThat(first(5, "step(8, rate=0.5, steps=2)")).containsExactly(8, 8, 4, 4, 2);
      assertThat(first(5, "exponential(8, rate=0.5, end=2)")).containsExactly(8, 4, 2, 2, 2);
      assertThat(first(5, "exponential(1, rate=2, end=5)")).containsExactly(1, 2, 4, 5, 5);
      assertThat(at("exponential(1, rate=1, end=0.5)", 3)).isEqualTo(0.5);
    }

    @Test
    void aStairHasNoRoundingHoweverFarAway() {
      long far = 3L * (1L << 50);
      assertThat(at("inverse_time(1, decay=1, steps=3, staircase=true)", far))
          .isEqualTo(1 / (1 + (double) (1L << 50)));
      assertThat(at("inverse_time(1, decay=1, steps=3, staircase=true)", far - 1))
          .isEqualTo(1 / (double) (1L << 50));
    }

    @Test
    void piecewiseSwitchesAtTheBoundaryOrOneLater() {
      assertThat(first(6, "piecewise((1, 2, 3), (2, 4))")).containsExactly(1, 1, 2, 2, 3, 3);
      assertThat(first(6, "piecewise((1, 2, 3), (2, 4), boundary=after)"))
          .containsExactly(1, 1, 1, 2, 2, 3);
      assertThat(first(3, "piecewise((1, 2, 3), (1, 1))")).containsExactly(1, 3, 3);
    }

    @Test
    void interpolatedGoesThroughItsPoints() {
      assertThat(first(6, "interpolated((1, 3, 0), (1, 3, 4))")).containsExactly(1, 1, 2, 3, 0, 0);
      assertThat(at("interpolated((1, 0), (0, 4), curve=cosine)", 1))
          .isCloseTo(0.5 * (1 + Math.sqrt(0.5)), within(1e-15));
      assertThat(at("interpolated((1, 0), (0, 4), curve=sqrt)", 1)).isEqualTo(0.5);
      assertThat(first(3, "interpolated((1, 2, 3), (0, 1, 1))")).containsExactly(1, 3, 3);
      assertThat(first(2, "interpolated((1, 0), (-0.5, 1.5))")).containsExactly(0.75, 0.25);
    }

    @Test
    void linearAndPolynomialEndWhereTheyAreToldTo() {
      assertThat(first(5, "linear(1, 3, 2)")).containsExactly(1, 2, 3, 3, 3);
      assertThat(first(4, "polynomial(1, 0, 2, power=2)")).containsExactly(1, 0.25, 0, 0);
      assertThat(first(7, "polynomial(1, 0, 2, cycle=true)"))
          .containsExactly(1, 0.5, 0, 0.25, 0, 1 - 5 / 6.0, 0);
    }

    @Test
    void aCosineIncludesItsWarmupInItsLength() {
      String text = "cosine(1e-3, warmup=100, steps=1100)";
      assertThat(at(text, 0)).isCloseTo(1e-5, within(1e-20));
      assertThat(at(text, 49)).isCloseTo(5e-4, within(1e-18));
      assertThat(at(text, 99)).isEqualTo(1e-3);
      assertThat(at(text, 100)).isEqualTo(1e-3);
      assertThat(at(text, 600)).isCloseTo(5e-4, within(1e-18));
      assertThat(at(text, 1100)).isZero();
      assertThat(at(text, 1_000_000)).isZero();
      assertThat(Schedule.parse(text)).hasToString("cosine(0.001, warmup=100, steps=1100)");
    }

    @Test
    void aCosineMayStartAndEndElsewhereBeBentAndBeMirrored() {
      assertThat(at("cosine(1, warmup=2, steps=4, start=0.5, end=0.1)", 1)).isEqualTo(0.75);
      assertThat(at("cosine(1, warmup=2, steps=4, start=0.5, end=0.1)", 3))
          .isCloseTo(0.55, within(1e-15));
      assertThat(at("cosine(1, steps=2, exponent=3)", 1)).isCloseTo(0.125, within(1e-15));
      double[] mirrored = first(9, "cosine(1, steps=2, past_end=mirror)");
      assertThat(mirrored)
          .containsExactly(new double[] {1, 0.5, 0, 0.5, 1, 0.5, 0, 0.5, 1}, within(1e-15));
    }

    @Test
    void warmRestartsBeginAgainLongerAndLower() {
      double[] values = first(8, "warm_restarts(1, steps=2, factor=2, decay=0.5)");
      double high = 0.25 * (1 + Math.sqrt(0.5));
      assertThat(values)
          .containsExactly(
              new double[] {1, 0.5, 0.5, high, 0.25, 0.5 - high, 0.25, values[7]}, within(1e-15));
      assertThat(at("warm_restarts(1, steps=3, decay=0.5, end=0.2)", 300_000_000_003L))
          .isEqualTo(0.2);
      assertThat(at("warm_restarts(1, steps=3, end=0.2)", 300_000_000_003L)).isEqualTo(1);
      assertThat(at("warm_restarts(1, steps=3, factor=3)", 3L * (1 + 3 + 9 + 27))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 1", "2, 7", "3, 10", "10, 3", "1.5, 8", "1.7, 9", "1.01, 4", "1.25, 1"})
    void aRestartIsWhereTheLengthsAddUpTo(double factor, long steps) {
      var schedule = new WarmRestartsSchedule(1, steps, factor, 0.5, 0);
      double begin = 0;
      double length = steps;
      int period = 0;
      for (long step = 0; step < 3000; step++) {
        while (step >= begin + length) {
          begin += length;
          length *= factor;
          period++;
        }
        double expected =
            0.5 * Math.pow(0.5, period) * (1 + Math.cos(Math.PI * (step - begin) / length));
        assertThat(schedule.at(step)).as("step %d", step).isCloseTo(expected, within(1e-12));
      }
    }

    @Test
    void aRestartFarAwayIsFoundAtOnce() {
      assertThat(at("warm_restarts(1, steps=1, factor=1.000000001)", 1L << 53)).isBetween(0.0, 1.0);
      assertThat(at("warm_restarts(1, steps=1, factor=2)", (1L << 50) - 1)).isEqualTo(1);
      assertThat(at("warm_restarts(1, steps=1, factor=2)", (1L << 50) - 2))
          .isCloseTo(0, within(1e-9));
      assertThat(at("warm_restarts(1, steps=1, factor=2)", Long.MAX_VALUE)).isBetween(0.0, 1.0);
      // Here a double no longer tells a period from the next one.
      assertThat(at("warm_restarts(1, steps=3)", Long.MAX_VALUE)).isBetween(0.0, 1.0);
      assertThat(at("warm_restarts(1, steps=1, factor=1.0000000000000003)", Long.MAX_VALUE))
          .isBetween(0.0, 1.0);
    }

    @Test
    void oneCycleRisesToThePeakAndFalls() {
      String text = "one_cycle(1, steps=10)";
      assertThat(at(text, 0)).isEqualTo(0.04);
      assertThat(at(text, 3)).isEqualTo(1);
      assertThat(at(text, 10)).isEqualTo(4e-6);
      assertThat(at("one_cycle(1, steps=10, rise=0.4, start=0, curve=linear)", 1)).isEqualTo(0.25);
    }

    @Test
    void warmupStableDecayHasThreeParts() {
      assertThat(first(10, "wsd(1, decay=4, warmup=2, steps=8)"))
          .containsExactly(0.5, 1, 1, 1, 1, 0.5, 1 - Math.sqrt(0.5), 1 - Math.sqrt(0.75), 0, 0);
      assertThat(first(4, "wsd(1, decay=4, warmup=2, steps=8, start=0)"))
          .containsExactly(0, 0.5, 1, 1);
      assertThat(first(4, "wsd(1, decay=2, steps=2, end=0.5, curve=linear)"))
          .containsExactly(1, 0.75, 0.5, 0.5);
    }

    @Test
    void aWarmupRisesToWhatFollows() {
      assertThat(first(6, "warmup(2, linear(4, 0, 4))")).containsExactly(2, 4, 4, 3, 2, 1);
      assertThat(first(3, "warmup(2, 4, start=2)")).containsExactly(2, 3, 4);
      assertThat(first(2, "warmup(1, 4)")).containsExactly(4, 4);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"warmup(10, 0.5)", "cosine(0.5, warmup=10)", "wsd(0.5, decay=5, warmup=10)"})
    void theFirstUpdateMovesUnlessAsked(String text) {
      Schedule schedule = Schedule.parse(text).resolved(100);
      assertThat(schedule.at(0)).isEqualTo(0.05);
      assertThat(schedule.at(9)).isEqualTo(0.5);
      Schedule asked = Schedule.parse(text.replace(")", ", start=0)")).resolved(100);
      assertThat(asked.at(0)).isZero();
      assertThat(asked.at(5)).isEqualTo(0.25);
      assertThat(asked.at(10)).isEqualTo(0.5);
    }

    @Test
    void schedulesFollowOneAnotherEachFromItsOwnBeginning() {
      assertThat(first(6, "then(5, 2, linear(4, 0, 4), 4, 9)")).containsExactly(5, 5, 4, 3, 9, 9);
      assertThat(Schedule.constant(5).then(2, Schedule.linear(4, 0, 4)).at(3)).isEqualTo(3);
    }

    @Test
    void aProductMultiplies() {
      assertThat(first(4, "times(linear(4, 0, 4), 0.5)")).containsExactly(2, 1.5, 1, 0.5);
      assertThat(Schedule.linear(4, 0, 4).times(0.5))
          .isEqualTo(Schedule.parse("times(linear(4, 0, 4), 0.5)"));
    }

    @Test
    void aJavaFunctionIsASchedule() {
      Schedule schedule = Schedule.of("1/(t+1)", t -> 1.0 / (t + 1));
      assertThat(schedule.at(3)).isEqualTo(0.25);
      assertThat(schedule).hasToString("of('1/(t+1)')");
      assertThat(schedule.isConstant()).isFalse();
      assertThat(schedule.then(2, Schedule.constant(7)).at(2)).isEqualTo(7);
      assertThatThrownBy(() -> Schedule.parse(schedule.toString()))
          .hasMessageStartingWith("unknown schedule 'of'");
    }
  }

  @Nested
  class Lengths {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "cosine(0.1, warmup=10) | cosine(0.1, warmup=10, steps=100)",
          "linear(0.1, 0) | linear(0.1, 0, steps=100)",
          "polynomial(0.1, 0, power=2) | polynomial(0.1, 0, steps=100, power=2)",
          "one_cycle(0.1) | one_cycle(0.1, steps=100)",
          "wsd(0.1, decay=20) | wsd(0.1, decay=20, steps=100)",
          "rex(0.1) | rex(0.1, steps=100)",
          "demon(0.9) | demon(0.9, steps=100)",
          "clock(linear(1, 0), 3, unit=tokens) | clock(linear(1, 0, steps=300), 3, unit=tokens)",
          "warmup(10, cosine(0.1)) | warmup(10, cosine(0.1, steps=90))",
          "then(linear(0, 1), 30, cosine(1)) | then(linear(0, 1, steps=30), 30, cosine(1,"
              + " steps=70))",
          "times(0.5, cosine(1)) | times(0.5, cosine(1, steps=100))",
        })
    void whatHasNoLengthEndsWithTheRun(String text, String resolved) {
      Schedule schedule = Schedule.parse(text);
      assertThat(schedule.isResolved()).isFalse();
      assertThatThrownBy(() -> schedule.at(50))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith(" has no length: give it steps, or the run's number of steps");
      assertThat(schedule.resolved(100)).isEqualTo(Schedule.parse(resolved)).hasToString(resolved);
      assertThat(schedule.resolved(100).isResolved()).isTrue();
      assertThat(schedule.resolved(100).resolved(7)).isEqualTo(schedule.resolved(100));
    }

    @Test
    void aRunThatIsTooShortIsRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedule.parse("cosine(0.1, warmup=10)").resolved(10))
          .withMessage(
              "cosine(0.1, warmup=10): the run must be longer than the warm-up, found 10 steps");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedule.parse("warmup(10, cosine(0.1))").resolved(9))
          .withMessage(
              "warmup(10, cosine(0.1)): the run must be longer than the warm-up, found 9 steps");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedule.parse("wsd(1, decay=10, warmup=5)").resolved(14))
          .withMessage(
              "wsd(1, decay=10, warmup=5): the run must have at least warmup + decay = 15 steps,"
                  + " found 14");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedule.parse("then(1, 30, cosine(1))").resolved(30))
          .withMessage("then: cosine(1) begins at step 30, and the run has 30 steps");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedule.parse("linear(1, 0)").resolved(0))
          .withMessage("linear: the run's steps must be a whole number from 1 to 2^53, found 0");
    }
  }

  /// Values by hand from the papers' formulas, of one cycle and the next.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rex(1, steps=4) | 0 | 1",
        "rex(1, steps=4) | 2 | 0.6666666666666666",
        "rex(1, steps=4, end=0.25) | 4 | 0.25",
        "noam(1, warmup=4) | 0 | 0.25",
        "noam(1, warmup=4) | 3 | 1",
        "noam(1, warmup=4) | 15 | 0.5",
        "cyclic(1, 3, up=2, down=4) | 1 | 2",
        "cyclic(1, 3, up=2, down=4) | 2 | 3",
        "cyclic(1, 3, up=2, down=4) | 5 | 1.5",
        "cyclic(1, 3, up=2, down=4) | 6 | 1",
        "cyclic(1, 3, up=2, form=triangular2) | 6 | 2",
        "cyclic(1, 3, up=2, form=triangular2) | 10 | 1.5",
        "cyclic(1, 3, up=2, form=exp_range, gamma=0.5) | 2 | 1.5",
        "cyclic(1, 3, up=2, form=exp_range, gamma=0.5) | 3 | 1.125",
        "demon(0.9, steps=10) | 0 | 0.9",
        "demon(0.9, steps=10) | 5 | 0.8181818181818181",
        "demon(0.9, steps=10) | 10 | 0",
        "clock(linear(4, 0, steps=4), 10) | 19 | 3",
        "clock(linear(4, 0, steps=4), 10) | 20 | 2",
        "clock(linear(400, 0, steps=400), 8, unit=samples) | 5 | 360",
      })
  void otherSchedulesHaveTheValuesOfTheirFormulas(String text, long step, double value) {
    assertThat(Schedule.parse(text).at(step))
        .isCloseTo(value, org.assertj.core.api.Assertions.within(1e-15));
  }

  /// Bounds, for the checking of ranges before a run.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 | 0.5 | 0.5",
        "inverse_time(0.5, decay=1) | 0 | 0.5",
        "inverse_time(-0.5, decay=1) | -0.5 | 0",
        "inverse_time(0.5, decay=0) | 0.5 | 0.5",
        "exponential(0.5, rate=0.9) | 0 | 0.5",
        "exponential(0.5, rate=0.9, end=0.1) | 0.1 | 0.5",
        "exponential(0.5, rate=0.9, end=0.7) | 0.7 | 0.7",
        "exponential(0.5, rate=1.1) | 0.5 | Infinity",
        "exponential(-0.5, rate=1.1) | -Infinity | -0.5",
        "exponential(0.5, rate=1.1, end=0.9) | 0.5 | 0.9",
        "exponential(0, rate=1.1) | 0 | 0",
        "piecewise((2, 3, 1), (1, 2)) | 1 | 3",
        "interpolated((2, 3, 1), (1, 2, 3)) | 1 | 3",
        "linear(2, 3) | 2 | 3",
        "cosine(2, end=1) | 1 | 2",
        "cosine(2, end=1, warmup=5) | 0.4 | 2",
        "cosine(2, end=1, warmup=5, start=0) | 0 | 2",
        "cosine(-2, end=-1, warmup=5) | -2 | -0.4",
        "cosine(2, end=1, start=-5) | 1 | 2",
        "cosine(2, end=1, start=5, warmup=1) | 1 | 5",
        "warm_restarts(2, 5, end=1) | 1 | 2",
        "warm_restarts(2, 5, end=1, decay=2) | 1 | Infinity",
        "warm_restarts(1, 5, end=2, decay=2) | -Infinity | 2",
        "one_cycle(2, start=1, end=3) | 1 | 3",
        "wsd(2, decay=5, end=1) | 1 | 2",
        "wsd(2, decay=5, end=1, warmup=5) | 0.4 | 2",
        "wsd(2, decay=5, end=1, start=-5) | 1 | 2",
        "wsd(2, decay=5, end=1, start=5) | 1 | 2",
        "wsd(2, decay=5, end=1, start=5, warmup=1) | 1 | 5",
        "rex(2, end=3) | 2 | 3",
        "noam(2, warmup=5) | 0 | 2",
        "cyclic(2, 1, up=5) | 1 | 2",
        "demon(0.9) | 0 | 0.9",
        "clock(linear(2, 3), 5) | 2 | 3",
        "warmup(5, 2) | 0.4 | 2",
        "warmup(5, -2) | -2 | -0.4",
        "warmup(5, 2, start=0) | 0 | 2",
        "warmup(5, linear(2, -1), start=3) | -1 | 3",
        "then(1, 5, 3, 10, 2) | 1 | 3",
        "times(linear(-1, 2), linear(-3, 4)) | -6 | 8",
        "times(0, exponential(1, rate=2)) | 0 | 0",
      })
  void theBoundsHoldWhateverTheLength(String text, double least, double greatest) {
    assertThat(Schedule.parse(text).least()).isEqualTo(least);
    assertThat(Schedule.parse(text).greatest()).isEqualTo(greatest);
  }

  @Test
  void ofAFunctionNoBoundIsKnown() {
    Schedule schedule = Schedule.of("one", t -> 1);
    assertThat(schedule.least()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(schedule.greatest()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Nested
  class Texts {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "0.001",
          "-0.5",
          "inverse_time(0.01, decay=0.1)",
          "inverse_time(0.01, decay=0.1, steps=100, staircase=true)",
          "exponential(0.01, rate=0.96, steps=1000)",
          "exponential(0.01, rate=0.96, steps=1000, end=1e-4)",
          "step(0.1, rate=0.5, steps=30)",
          "piecewise((0.1, 0.01, 0.001), (100, 200))",
          "piecewise((0.1, 0.01), (100,), boundary=after)",
          "interpolated((1, 2), (-0.5, 1.5), curve=cosine)",
          "linear(0.1, 0.001, steps=100)",
          "polynomial(0.1, 0, steps=100, power=2)",
          "polynomial(0.1, 0, steps=100, cycle=true)",
          "cosine(0.001, warmup=100)",
          "cosine(0.001, warmup=100, steps=1000, start=1e-5, end=1e-6, exponent=2,"
              + " past_end=mirror)",
          "warm_restarts(0.1, 10)",
          "warm_restarts(0.1, 10, factor=2, decay=0.9, end=0.001)",
          "one_cycle(0.1)",
          "one_cycle(0.1, steps=100, rise=0.4, start=0.01, end=0, curve=linear)",
          "wsd(0.1, decay=100)",
          "wsd(0.1, decay=100, warmup=10, steps=1000, start=0.01, end=0.001, curve=cosine)",
          "rex(0.1)",
          "rex(0.1, steps=100, end=0.01)",
          "noam(0.1, warmup=4000)",
          "cyclic(0.001, 0.1, up=20)",
          "cyclic(0.001, 0.1, up=20, down=30, form=exp_range, gamma=0.99)",
          "demon(0.9)",
          "demon(0.9, steps=100)",
          "clock(step(0.1, rate=0.1, steps=30), 390)",
          "clock(cosine(0.1, steps=100000), 128, unit=samples)",
          "warmup(100, cosine(0.001))",
          "warmup(100, 0.001, start=1e-5)",
          "warmup(100, 0.001, start=0)",
          "cosine(0.001, warmup=100, start=0)",
          "then(0.1, 100, linear(0.1, 0, steps=10), 200, 0.01)",
          "times(cosine(0.001), inverse_time(1, decay=0.1))",
        })
    void theTextFormReadsBackAsItself(String text) {
      Schedule schedule = Schedule.parse(text);
      assertThat(schedule.toString()).isEqualTo(text);
      assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
    }

    @Test
    void theFirstValueMayBeCalledLrAndNamesAreInAnyCase() {
      assertThat(Schedule.parse("Cosine(lr=1e-3, steps=10)"))
          .isEqualTo(Schedule.parse("cosine(1e-3, steps=10)"))
          .isEqualTo(Schedule.parse("cosine(peak=1e-3, steps=10)"))
          .isEqualTo(Schedule.cosine(1e-3).withSteps(10));
    }

    @Test
    void theNamesBeginWithThisLibrarysOwn() {
      assertThat(Schedule.names())
          .startsWith("constant", "inverse_time", "exponential", "step")
          .contains("optax.cosine_decay_schedule", "keras.CosineDecay", "torch.StepLR")
          .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "cosin(1) | unknown schedule 'cosin' (did you mean 'cosine'?); known: constant,"
              + " inverse_time, exponential, step, piecewise, interpolated, linear, polynomial,"
              + " cosine, warm_restarts, one_cycle, wsd, rex, noam, cyclic, demon, clock, warmup,"
              + " then, times | 0",
          "torch.SteppLR(1) | unknown schedule 'torch.SteppLR' (did you mean 'torch.StepLR'?);"
              + " known: torch.ConstantLR, torch.LinearLR, torch.PolynomialLR, torch.ExponentialLR,"
              + " torch.StepLR, torch.MultiStepLR, torch.CosineAnnealingLR,"
              + " torch.CosineAnnealingWarmRestarts, torch.OneCycleLR, torch.CyclicLR, torch.SWALR,"
              + " torch.ChainedScheduler, torch.SequentialLR | 0",
          "torch.LambdaLR(1) | torch.LambdaLR takes a Python function: in Java Schedule.of takes"
              + " one | 0",
          "torch.ReduceLROnPlateau() | torch.ReduceLROnPlateau reacts to results: a schedule knows"
              + " only the step | 0",
          "cosine(1, warmp=3) | unknown argument of cosine 'warmp' (did you mean 'warmup'?); known:"
              + " peak, warmup, steps, start, end, exponent, past_end | 10",
          "cosine | cosine: peak is missing; expected cosine(peak, warmup, steps, start, end,"
              + " exponent, past_end) | 0",
          "cosine(fast) | cosine: peak must be a number, found fast | 7",
          "cosine(1, warmup=-1) | cosine: warmup must be a whole number from 0 to 2^53, found -1 |"
              + " 17",
          "cosine(1, steps=1e16) | cosine: steps must be a whole number from 1 to 2^53, found 1e16"
              + " | 16",
          "cosine(1, warmup=0.5) | cosine: warmup must be a whole number from 0 to 2^53, found 0.5"
              + " | 17",
          "cosine(1, 100, 100) | cosine: steps, which include the warm-up of 100, must be more than"
              + " that, found 100 | 0",
          "cosine(1, past_end=stay) | unknown cosine: past_end 'stay'; known: hold, mirror | 19",
          "exponential(1, rate=0, steps=2) | exponential: rate must be positive and finite, found 0"
              + " | 20",
          "exponential(1, steps=5) | exponential: rate is missing; expected exponential(initial,"
              + " rate, steps, staircase, end) | 0",
          "step(1, steps=0) | step: steps must be a whole number from 1 to 2^53, found 0 | 14",
          "inverse_time(1, decay=-1) | inverse_time: decay must be at least 0 and finite, found -1"
              + " | 22",
          "piecewise((1, 2), (3, 4)) | piecewise: expected one value more than boundaries, found 2"
              + " values and 2 boundaries | 0",
          "piecewise((1, 2, 3), (4, 3)) | piecewise: boundaries must not decrease, found 3 after 4"
              + " | 25",
          "piecewise(1, (4, 3)) | piecewise: values must be a list in parentheses, found 1 | 10",
          "wsd(1, decay=5, warmup=6, steps=10) | wsd: steps must be at least warmup + decay = 11,"
              + " found 10 | 0",
          "warmup(5, soon) | warmup: then must be a number or a schedule, found soon | 10",
          "warmup(5, cosine) | warmup: then must be a number or a schedule, found cosine (a"
              + " schedule needs its arguments: cosine(…)) | 10",
          "then(1, 2) | then must have schedules with a step between each two, then(s, 100, u),"
              + " found 2 arguments | 0",
          "then(1, 5, 2, 3, 3) | then: a boundary must be a whole number from 5 to 2^53, found 3 |"
              + " 14",
          "then(1, x=5) | then: arguments have no names, found x | 8",
          "one_cycle(1, rise=2) | one_cycle: rise must be in [0, 1], found 2 | 18",
          "torch.StepLR(lr=0.1) | torch.StepLR: step_size is missing; expected torch.StepLR(lr,"
              + " step_size, gamma, last_epoch) | 0",
          "torch.StepLR(0.1, 30, verbose=true) | unknown argument of torch.StepLR 'verbose'; known:"
              + " lr, step_size, gamma, last_epoch | 22",
          "torch.StepLR(0.1, 30, last_epoch=5) | torch.StepLR: last_epoch is not supported: a"
              + " schedule begins at step 0 | 33",
          "torch.OneCycleLR(0.1, 100) | torch.OneCycleLR cycles the momentum too, which a schedule"
              + " of one value can't: say cycle_momentum=false, and give momentum a schedule of its"
              + " own | 0",
          "torch.LinearLR(0.1, start_factor=2) | torch.LinearLR: start_factor must be in (0, 1],"
              + " found 2 | 33",
          "torch.SequentialLR(schedulers=[torch.StepLR(0.1, 3)], milestones=[3]) |"
              + " torch.SequentialLR: milestones must be one less than schedulers, found 1 and 1 |"
              + " 65",
          "keras.PiecewiseConstantDecay((5, 10), (1, 2)) | keras.PiecewiseConstantDecay: values"
              + " must be one more than boundaries, found 2 and 2 | 38",
          "optax.warmup_cosine_decay_schedule(0, 1, 10, 10) | optax.warmup_cosine_decay_schedule:"
              + " decay_steps must be more than warmup_steps, which they include, found 10 and 10 |"
              + " 45",
          "optax.piecewise_constant_schedule(1, (5, 0.1)) | optax.piecewise_constant_schedule:"
              + " boundaries_and_scales: expected a pair (step, factor), found 5 | 38",
          "1e | malformed number 1e | 0",
          "nan | unknown schedule 'nan'; known: constant, inverse_time, exponential, step,"
              + " piecewise, interpolated, linear, polynomial, cosine, warm_restarts, one_cycle,"
              + " wsd, rex, noam, cyclic, demon, clock, warmup, then, times | 0",
        })
    void whatIsWrongIsSaidInOneSentenceWithACaret(String text, String sentence, int position) {
      assertThatThrownBy(() -> Schedule.parse(text))
          .isInstanceOfSatisfying(
              SyntaxException.class,
              e -> {
                assertThat(e.sentence()).isEqualTo(sentence);
                assertThat(e.position()).isEqualTo(position);
                assertThat(e.text()).isEqualTo(text);
              });
    }
  }

  @Nested
  class OtherLibraries {
    /// What a call of another library is here.
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "optax.constant_schedule(0.1) | 0.1",
          "optax.linear_schedule(1, 0.1, 10) | linear(1, 0.1, steps=10)",
          "optax.linear_schedule(1, 0.1, 10, transition_begin=5) | then(1, 5, linear(1, 0.1,"
              + " steps=10))",
          "optax.linear_schedule(1, 0.1, 0) | 1",
          "optax.polynomial_schedule(init_value=1, end_value=0, power=2, transition_steps=10) |"
              + " polynomial(1, 0, steps=10, power=2)",
          "optax.piecewise_constant_schedule(1, ((10, 0.1), (5, 0.5))) | piecewise((1, 0.5, 0.05),"
              + " (5, 10))",
          "optax.piecewise_constant_schedule(1, dict([(5, 0.5)])) | piecewise((1, 0.5), (5,))",
          "optax.piecewise_constant_schedule(1, {5: 0.5}) | piecewise((1, 0.5), (5,))",
          "optax.piecewise_interpolate_schedule('cosine', 1, ((5, 0.5),)) | interpolated((1, 0.5),"
              + " (0, 5), curve=cosine)",
          "optax.exponential_decay(1, 10, 0.9) | exponential(1, rate=0.9, steps=10)",
          "optax.exponential_decay(1, 10, 0.9, 3, True, 0.5) | then(1, 3, step(1, rate=0.9,"
              + " steps=10, end=0.5))",
          "optax.exponential_decay(1, 10, 0) | 1",
          "optax.cosine_decay_schedule(2, 10, alpha=0.25, exponent=2) | cosine(2, steps=10,"
              + " end=0.5, exponent=2)",
          "optax.warmup_constant_schedule(0, 1, 5) | linear(0, 1, steps=5)",
          "optax.warmup_cosine_decay_schedule(0.5, 1, 5, 20, 0.1) | cosine(1, warmup=5, steps=20,"
              + " start=0.5, end=0.1)",
          "optax.warmup_cosine_decay_schedule(0.5, 0, 5, 20, 0.1) | cosine(0, warmup=5, steps=20,"
              + " start=0.5)",
          "optax.schedules.warmup_cosine_decay_schedule(init_value=0, peak_value=1, warmup_steps=5,"
              + " decay_steps=20) | cosine(1, warmup=5, steps=20, start=0)",
          "optax.warmup_exponential_decay_schedule(0, 1, 5, 10, 0.9) | then(linear(0, 1, steps=5),"
              + " 5, exponential(1, rate=0.9, steps=10))",
          "optax.cosine_onecycle_schedule(10, 1, div_factor=4, final_div_factor=2) |"
              + " interpolated((0.25, 1, 0.125), (0, 3, 10), curve=cosine)",
          "optax.linear_onecycle_schedule(10, 1, div_factor=4, final_div_factor=2) |"
              + " interpolated((0.25, 1, 0.25, 0.125), (0, 3, 8, 10))",
          "optax.join_schedules([optax.linear_schedule(0, 1, 5), 1], [5]) | then(linear(0, 1,"
              + " steps=5), 5, 1)",
          "optax.sgdr_schedule([dict(init_value=0, peak_value=1, warmup_steps=1, decay_steps=4),"
              + " dict(init_value=0, peak_value=2, warmup_steps=0, decay_steps=8)]) |"
              + " then(cosine(1, warmup=1, steps=4, start=0), 4, cosine(2, steps=8))",
          "keras.ExponentialDecay(0.1, 100, 0.96, staircase=True, name='lr') | step(0.1, rate=0.96,"
              + " steps=100)",
          "keras.optimizers.schedules.PiecewiseConstantDecay([5, 10], [1, 0.5, 0.1]) |"
              + " piecewise((1, 0.5, 0.1), (5, 10), boundary=after)",
          "keras.PolynomialDecay(0.1, 100) | linear(0.1, 1e-4, steps=100)",
          "keras.PolynomialDecay(0.1, 100, 0, 2, True) | polynomial(0.1, 0, steps=100, power=2,"
              + " cycle=true)",
          "keras.InverseTimeDecay(0.1, 100, 0.5) | inverse_time(0.1, decay=0.5, steps=100)",
          "keras.CosineDecay(0.5, 100, alpha=0.5) | cosine(0.5, steps=100, end=0.25)",
          "keras.CosineDecay(0.1, 100, warmup_target=0.5, warmup_steps=10, alpha=0.5) | cosine(0.5,"
              + " warmup=10, steps=110, start=0.1, end=0.25)",
          "keras.CosineDecay(0.1, 100, warmup_steps=10) | cosine(0.1, steps=100)",
          "keras.CosineDecayRestarts(0.1, 10) | warm_restarts(0.1, 10, factor=2)",
          "torch.ConstantLR(lr=0.5, factor=0.5) | piecewise((0.25, 0.5), (5,))",
          "torch.LinearLR(lr=0.75, start_factor=0.5, total_iters=4) | linear(0.375, 0.75, steps=4)",
          "torch.PolynomialLR(0.1, 10, power=2) | polynomial(0.1, 0, steps=10, power=2)",
          "torch.ExponentialLR(0.1, gamma=0.9) | exponential(0.1, rate=0.9, steps=1)",
          "torch.StepLR(lr=0.1, step_size=30) | step(0.1, rate=0.1, steps=30)",
          "torch.optim.lr_scheduler.StepLR(lr=0.1, step_size=30, gamma=0.5) | step(0.1, rate=0.5,"
              + " steps=30)",
          "torch.MultiStepLR(lr=1, milestones=[10, 5, 5], gamma=0.5) | piecewise((1, 0.5, 0.25,"
              + " 0.125), (5, 5, 10))",
          "torch.CosineAnnealingLR(0.1, T_max=10, eta_min=0.01) | cosine(0.1, steps=10, end=0.01,"
              + " past_end=mirror)",
          "torch.CosineAnnealingWarmRestarts(0.1, T_0=10, T_mult=2) | warm_restarts(0.1, 10,"
              + " factor=2)",
          "torch.OneCycleLR(max_lr=1, total_steps=20, cycle_momentum=False, div_factor=4,"
              + " final_div_factor=2) | interpolated((0.25, 1, 0.125), (0, 5, 19), curve=cosine)",
          "torch.OneCycleLR(1, total_steps=2, pct_start=0.25, cycle_momentum=False, div_factor=4,"
              + " final_div_factor=2) | interpolated((1, 0.125), (-0.5, 1), curve=cosine)",
          "torch.OneCycleLR(1, epochs=4, steps_per_epoch=5, cycle_momentum=False, div_factor=4,"
              + " final_div_factor=2, three_phase=True, anneal_strategy='linear') |"
              + " interpolated((0.25, 1, 0.25, 0.125), (0, 5, 10, 19))",
          "torch.SequentialLR(lr=1, schedulers=[torch.LinearLR(start_factor=0.5, total_iters=2),"
              + " torch.StepLR(step_size=3)], milestones=[2]) | then(linear(0.5, 1, steps=2), 2,"
              + " step(1, rate=0.1, steps=3))",
        })
    void aCallOfAnotherLibraryIsOneOfOurs(String theirs, String ours) {
      assertThat(Schedule.parse(theirs)).isEqualTo(Schedule.parse(ours));
    }
  }

  @Test
  void constructorsCheckWhatTheTextChecks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.cosine(Double.NaN))
        .withMessage("cosine: peak must be finite, found NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.cosine(1).withWarmup(10).withSteps(10))
        .withMessage(
            "cosine: steps, which include the warm-up of 10, must be more than that, found 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.linear(1, 0, (1L << 53) + 1))
        .withMessage("linear: steps must be a whole number from 1 to 2^53, found 9007199254740993");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.warmup(0, Schedule.constant(1)))
        .withMessage("warmup: steps must be a whole number from 1 to 2^53, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.warmup(5, Schedule.constant(1)).withStart(Double.NaN))
        .withMessage("warmup: start must be finite, found NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.piecewise(List.of(1.0, 2.0), List.of(-1L)))
        .withMessage("piecewise: a boundary must be a whole number from 0 to 2^53, found -1");
  }
}
