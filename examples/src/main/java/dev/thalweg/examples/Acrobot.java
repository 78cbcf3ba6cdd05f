package dev.thalweg.examples;

import dev.thalweg.examples.reinforcement.Dqn;
import dev.thalweg.examples.reinforcement.Environment;
import dev.thalweg.examples.reinforcement.Ppo;
import dev.thalweg.examples.reinforcement.Trained;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Two links hang from a bar, with a motor between them only, and are to swing up until the end is
/// as high above the bar as a link is long (Sutton 1996), learned by PPO and by DQN, three times
/// each.
///
/// The dynamics are those of Gymnasium's Acrobot-v1: links of 1 m and 1 kg with their mass in the
/// middle, moments of inertia of 1, a torque of −1, 0 or 1 N m for 0.2 s, one step of Runge and
/// Kutta's method of fourth order; speeds are held within 4π and 9π. Each step earns −1 but the
/// last one of an episode that ends in time, which is 500 steps.
///
/// Run it with `examples/run Acrobot`.
public final class Acrobot implements Environment {

  private static final double GRAVITY = 9.8;
  private static final double MIDDLE = 0.5;
  private static final double SECONDS = 0.2;
  private static final double FASTEST_FIRST = 4 * Math.PI;
  private static final double FASTEST_SECOND = 9 * Math.PI;
  private static final int LONGEST = 500;

  /// Angles of the links, the second from the first, and their speeds.
  private double[] state = new double[4];

  private int steps;

  /// An environment that [#reset] begins.
  public Acrobot() {}

  @Override
  public int actions() {
    return 3;
  }

  @Override
  public double[] observation() {
    return new double[] {
      StrictMath.cos(state[0]),
      StrictMath.sin(state[0]),
      StrictMath.cos(state[1]),
      StrictMath.sin(state[1]),
      state[2],
      state[3]
    };
  }

  /// Hanging nearly still: each number from −0.1 to 0.1.
  @Override
  public void reset(RandomGenerator random) {
    begin(
        random.nextDouble(-0.1, 0.1),
        random.nextDouble(-0.1, 0.1),
        random.nextDouble(-0.1, 0.1),
        random.nextDouble(-0.1, 0.1));
  }

  /// Begins here.
  void begin(double... from) {
    state = from.clone();
    steps = 0;
  }

  @Override
  public double step(int action) {
    double torque = action - 1;
    double[] k1 = change(state, torque);
    double[] k2 = change(moved(state, k1, SECONDS / 2), torque);
    double[] k3 = change(moved(state, k2, SECONDS / 2), torque);
    double[] k4 = change(moved(state, k3, SECONDS), torque);
    double[] next = new double[4];
    for (int i = 0; i < 4; i++) {
      next[i] = state[i] + SECONDS / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    }
    next[0] = around(next[0]);
    next[1] = around(next[1]);
    next[2] = Math.clamp(next[2], -FASTEST_FIRST, FASTEST_FIRST);
    next[3] = Math.clamp(next[3], -FASTEST_SECOND, FASTEST_SECOND);
    state = next;
    steps++;
    return terminated() ? 0 : -1;
  }

  private static double[] moved(double[] from, double[] by, double seconds) {
    double[] to = new double[4];
    for (int i = 0; i < 4; i++) {
      to[i] = from[i] + seconds * by[i];
    }
    return to;
  }

  /// The derivative of the state by time, as in Sutton and Barto's book.
  private static double[] change(double[] s, double torque) {
    double first = s[2];
    double second = s[3];
    double cosine = StrictMath.cos(s[1]);
    double sine = StrictMath.sin(s[1]);
    double square = MIDDLE * MIDDLE;
    double d1 = square + (1 + square + 2 * MIDDLE * cosine) + 2;
    double d2 = square + MIDDLE * cosine + 1;
    double phi2 = MIDDLE * GRAVITY * StrictMath.cos(s[0] + s[1] - Math.PI / 2);
    double phi1 =
        -MIDDLE * second * second * sine
            - 2 * MIDDLE * second * first * sine
            + (MIDDLE + 1) * GRAVITY * StrictMath.cos(s[0] - Math.PI / 2)
            + phi2;
    double second2 =
        (torque + d2 / d1 * phi1 - MIDDLE * first * first * sine - phi2)
            / (square + 1 - d2 * d2 / d1);
    return new double[] {first, second, -(d2 * second2 + phi1) / d1, second2};
  }

  private static double around(double angle) {
    double turned = angle;
    while (turned > Math.PI) {
      turned -= 2 * Math.PI;
    }
    while (turned < -Math.PI) {
      turned += 2 * Math.PI;
    }
    return turned;
  }

  @Override
  public boolean terminated() {
    return -StrictMath.cos(state[0]) - StrictMath.cos(state[1] + state[0]) > 1;
  }

  @Override
  public boolean truncated() {
    return steps >= LONGEST;
  }

  /// Trains with three seeds by each method, and judges by 100 episodes.
  public static void main(String[] arguments) {
    for (String method : List.of("ppo", "dqn")) {
      for (long seed = 1; seed <= 3; seed++) {
        long begin = System.nanoTime();
        Trained trained = train(method, seed, 100_000);
        double mean = Environment.meanReturn(Acrobot::new, trained.policy(), 100, seed);
        IO.println(
            String.format(
                Locale.ROOT,
                "%s  seed %d  mean return %.2f over 100 episodes, after %,d actions, %.1f s",
                method,
                seed,
                mean,
                trained.steps(),
                (System.nanoTime() - begin) / 1e9));
      }
    }
  }

  /// Trains by a method, until 85 steps are enough in the mean.
  ///
  /// @param actions at most
  static Trained train(String method, long seed, int actions) {
    return method.equals("ppo")
        ? new Ppo(16, 128, 10, 256, 0.99, 0.94, 0.2, 0.01, 1e-3)
            .train(Acrobot::new, actions, -85, seed)
        : Dqn.defaults().train(Acrobot::new, actions, -85, seed);
  }
}
