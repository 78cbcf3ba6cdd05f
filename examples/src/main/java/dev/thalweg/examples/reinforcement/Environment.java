package dev.thalweg.examples.reinforcement;

import module dev.thalweg;
import module java.base;

/// A small world that changes with each action, for one thread: what is seen of it, what is earned,
/// and when an episode ends.
public interface Environment {

  /// How many actions there are: 0 … actions − 1.
  int actions();

  /// What is seen; a fresh array, always as long.
  double[] observation();

  /// Begins an episode.
  void reset(RandomGenerator random);

  /// Acts, and tells the reward.
  double step(int action);

  /// Whether the episode has come to its end, behind which there is no reward.
  boolean terminated();

  /// Whether it is broken off, as it has lasted long enough.
  boolean truncated();

  /// The mean of what a network earns in episodes that are played side by side, taking the action
  /// of its largest output each time.
  static double meanReturn(
      Supplier<? extends Environment> make, Network policy, int episodes, long seed) {
    List<Environment> playing = new ArrayList<>();
    for (int i = 0; i < episodes; i++) {
      Environment environment = make.get();
      environment.reset(new SplittableRandom(seed * 1_000_003 + i));
      playing.add(environment);
    }
    double total = 0;
    while (!playing.isEmpty()) {
      int[] actions = Gradients.off(() -> policy.apply(seen(playing))).argMax();
      for (int i = 0; i < actions.length; i++) {
        total += playing.get(i).step(actions[i]);
      }
      playing.removeIf(environment -> environment.terminated() || environment.truncated());
    }
    return total / episodes;
  }

  /// What is seen in each, a row for each.
  static Tensor seen(List<? extends Environment> environments) {
    return rows(environments.stream().map(Environment::observation).toList());
  }

  /// Observations as the rows of a tensor.
  static Tensor rows(List<double[]> observations) {
    int width = observations.getFirst().length;
    float[] x = new float[observations.size() * width];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) observations.get(i / width)[i % width];
    }
    return Tensor.ofFloats(Shape.of(observations.size(), width), x);
  }
}
