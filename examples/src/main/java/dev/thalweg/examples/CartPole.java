package dev.thalweg.examples;

import dev.thalweg.examples.reinforcement.Dqn;
import dev.thalweg.examples.reinforcement.Environment;
import dev.thalweg.examples.reinforcement.Ppo;
import dev.thalweg.examples.reinforcement.Trained;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// A pole on a cart is balanced by pushing the cart left or right (Barto, Sutton and Anderson
/// 1983), learned by PPO and by DQN, three times each.
///
/// The dynamics are those of Gymnasium's CartPole-v1: a cart of 1 kg, a pole of 0.1 kg and 1 m, a
/// push of 10 N for 0.02 s, Euler's method. Each step earns 1; an episode ends where the cart is
/// 2.4 m away or the pole 12° down, and after 500 steps.
///
/// Run it with `examples/run CartPole`.
public final class CartPole implements Environment {

  private static final double GRAVITY = 9.8;
  private static final double POLE = 0.1;
  private static final double TOTAL = 1 + POLE;

  /// Half the length of the pole, in m.
  private static final double LENGTH = 0.5;

  private static final double FORCE = 10;
  private static final double SECONDS = 0.02;
  private static final double FARTHEST = 2.4;
  private static final double LOWEST = 12 * 2 * Math.PI / 360;
  private static final int LONGEST = 500;

  private double place;
  private double speed;
  private double angle;
  private double turning;
  private int steps;

  /// An environment that [#reset] begins.
  public CartPole() {}

  @Override
  public int actions() {
    return 2;
  }

  @Override
  public double[] observation() {
    return new double[] {place, speed, angle, turning};
  }

  /// Near the middle and upright: each number from −0.05 to 0.05.
  @Override
  public void reset(RandomGenerator random) {
    begin(
        random.nextDouble(-0.05, 0.05),
        random.nextDouble(-0.05, 0.05),
        random.nextDouble(-0.05, 0.05),
        random.nextDouble(-0.05, 0.05));
  }

  /// Begins here.
  void begin(double... state) {
    place = state[0];
    speed = state[1];
    angle = state[2];
    turning = state[3];
    steps = 0;
  }

  @Override
  public double step(int action) {
    double force = action == 1 ? FORCE : -FORCE;
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double push = (force + POLE * LENGTH * turning * turning * sine) / TOTAL;
    double turn =
        (GRAVITY * sine - cosine * push) / (LENGTH * (4.0 / 3.0 - POLE * cosine * cosine / TOTAL));
    double acceleration = push - POLE * LENGTH * turn * cosine / TOTAL;
    place += SECONDS * speed;
    speed += SECONDS * acceleration;
    angle += SECONDS * turning;
    turning += SECONDS * turn;
    steps++;
    return 1;
  }

  @Override
  public boolean terminated() {
    return Math.abs(place) > FARTHEST || Math.abs(angle) > LOWEST;
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
        double mean = Environment.meanReturn(CartPole::new, trained.policy(), 100, seed);
        IO.println(
            String.format(
                Locale.ROOT,
                "%s  seed %d  mean return %.2f of 500 over 100 episodes, after %,d actions, %.1f s",
                method,
                seed,
                mean,
                trained.steps(),
                (System.nanoTime() - begin) / 1e9));
      }
    }
  }

  /// Trains by a method.
  ///
  /// @param actions at most
  static Trained train(String method, long seed, int actions) {
    return method.equals("ppo")
        ? Ppo.defaults().train(CartPole::new, actions, LONGEST, seed)
        : Dqn.defaults().train(CartPole::new, actions, LONGEST, seed);
  }
}
