package dev.thalweg.examples.reinforcement;

import module dev.thalweg;
import module java.base;

/// Keeps the weights that earned most in episodes of their own, which neither training nor the last
/// judgement sees.
final class Best {

  private static final int EPISODES = 50;
  private static final long SEED = 77;

  private final Supplier<? extends Environment> make;
  private final Network policy;
  private double most = Double.NEGATIVE_INFINITY;

  Best(Supplier<? extends Environment> make, Network fresh) {
    this.make = make;
    this.policy = fresh;
  }

  /// Whether this is good enough to stop.
  boolean look(Network now, double enough) {
    double earned = Environment.meanReturn(make, now, EPISODES, SEED);
    if (earned > most) {
      most = earned;
      policy.takeFrom(now);
    }
    return earned >= enough;
  }

  Network policy() {
    return policy;
  }
}
