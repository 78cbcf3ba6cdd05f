package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every schedule, tried on random ones, nested up to three deep.
class SchedulePropertyTest {
  private static final long LONGEST = 200;

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aScheduleReadsBackKeepsItsBoundsAndIsAFunctionOfTheStep(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Schedule schedule = random(random, 3);
    String text = schedule.toString();
    assertThat(Schedule.parse(text)).isEqualTo(schedule).hasToString(text);

    Schedule resolved = schedule.resolved(2 * LONGEST);
    assertThat(resolved.isResolved()).isTrue();
    assertThat(resolved.resolved(7)).isEqualTo(resolved);
    assertThat(Schedule.parse(resolved.toString())).isEqualTo(resolved);
    assertThat(schedule.isResolved()).isEqualTo(resolved.equals(schedule));

    double[] values = new double[(int) (3 * LONGEST)];
    for (int step = values.length - 1; step >= 0; step--) {
      values[step] = resolved.at(step);
    }
    double slack = 1e-12;
    for (int step = 0; step < values.length; step++) {
      assertThat(resolved.at(step))
          .as("%s at %d, asked again", resolved, step)
          .isEqualTo(values[step]);
      assertThat(values[step])
          .as("%s at %d", resolved, step)
          .isBetween(schedule.least() - slack, schedule.greatest() + slack);
    }
  }

  /// Bounds that nothing comes near would be no use.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSimpleScheduleComesToItsBounds(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Schedule schedule = random(random, 0).resolved(LONGEST);
    if (schedule instanceof PiecewiseSchedule || schedule instanceof InterpolatedSchedule) {
      return; // equal boundaries hide values
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (long step = 0; step < 1L << 40; step = step < 1000 ? step + 1 : 3 * step) {
      least = Math.min(least, schedule.at(step));
      greatest = Math.max(greatest, schedule.at(step));
    }
    double range = schedule.greatest() - schedule.least();
    if (Double.isFinite(range)) {
      assertThat(least).as("%s", schedule).isLessThanOrEqualTo(schedule.least() + 0.6 * range);
      assertThat(greatest)
          .as("%s", schedule)
          .isGreaterThanOrEqualTo(schedule.greatest() - 0.6 * range);
    }
  }

  private static double number(RandomGenerator random) {
    return random.nextInt(6) == 0 ? 0 : random.nextDouble(-1, 2);
  }

  private static long steps(RandomGenerator random) {
    return random.nextLong(1, LONGEST / 4);
  }

  private static OptionalLong length(RandomGenerator random) {
    return random.nextBoolean()
        ? OptionalLong.empty()
        : OptionalLong.of(random.nextLong(LONGEST / 2, LONGEST));
  }

  private static OptionalDouble start(RandomGenerator random, double value) {
    return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static <T> T one(RandomGenerator random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Schedule random(RandomGenerator random, int depth) {
    double a = number(random);
    double b = number(random);
    double c = number(random);
    long n = steps(random);
    boolean flag = random.nextBoolean();
    double positive = random.nextDouble(0.5, 1.01);
    Curve curve = one(random, List.of(Curve.values()));
    return switch (random.nextInt(depth == 0 ? 11 : 14)) {
      case 0 -> Schedule.constant(a);
      case 1 -> new InverseTimeSchedule(a, Math.abs(b), n, flag);
      case 2 ->
          new ExponentialSchedule(
              a, positive, n, flag, flag ? OptionalDouble.of(b) : OptionalDouble.empty());
      case 3 ->
          new PiecewiseSchedule(
              List.of(a, b, c),
              List.of(n, n + random.nextLong(10)),
              flag ? Boundary.AT : Boundary.AFTER);
      case 4 ->
          new InterpolatedSchedule(List.of(a, b, c), List.of(-a - 1, 1.0 * n, n + 3.5), curve);
      case 5 -> new PolynomialSchedule(a, b, length(random), 1, flag);
      case 6 -> new PolynomialSchedule(a, b, length(random), 3 * positive, flag);
      case 7 ->
          new CosineSchedule(
              a,
              n,
              length(random),
              start(random, b),
              c,
              positive,
              flag ? PastEnd.HOLD : PastEnd.MIRROR);
      case 8 -> new WarmRestartsSchedule(a, n, 1 + Math.abs(b), Math.abs(b), c);
      case 9 -> new OneCycleSchedule(a, length(random), positive / 2, b, c, curve);
      case 10 -> new StableDecaySchedule(a, n, n, length(random), start(random, b), c, curve);
      case 11 -> new WarmupSchedule(n, random(random, depth - 1), start(random, a));
      case 12 -> random(random, depth - 1).times(random(random, depth - 1));
      default -> {
        var parts = new ArrayList<Schedule>();
        for (int i = 0; i < 3; i++) {
          parts.add(random(random, depth - 1).resolved(LONGEST));
        }
        yield new JoinedSchedule(parts, List.of(n, n + steps(random)));
      }
    };
  }
}
