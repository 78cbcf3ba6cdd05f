package dev.thalweg.nn;

import dev.thalweg.kernels.Philox;

/// What a layer may know of the pass that it takes part in: whether the network is in training, and
/// the random numbers of this step.
///
/// @param training whether layers such as dropout act
/// @param seed of the run
/// @param step number of the step, from 0 on
public record Pass(boolean training, long seed, long step) {

  private static final Pass INFERENCE = new Pass(false, 0, 0);

  /// A pass for predictions.
  public static Pass inference() {
    return INFERENCE;
  }

  /// A pass of training.
  ///
  /// @param step number of the step, from 0 on: what is drawn is a function of (seed, step, layer)
  public static Pass training(long seed, long step) {
    return new Pass(true, seed, step);
  }

  /// The random numbers of one layer; those of a step begin at [#firstIndex].
  Philox random(int layer) {
    return Philox.of(seed, Streams.DROPOUT + layer);
  }

  /// Where this step's random numbers begin when a layer draws at most 2³² a step.
  long firstIndex() {
    return step << 32;
  }
}
