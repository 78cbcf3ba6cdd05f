package dev.thalweg.data;

import dev.thalweg.kernels.Philox;

/// The random numbers of this package: for each purpose a stream of its own under the user's seed,
/// so that the split and the order of the first epoch have nothing to do with each other.
final class RandomStreams {

  // The upper half of a stream's number is the purpose, the lower half the epoch.
  private static final long SPLIT = 0x5350_4c54L << 32;
  private static final long SHUFFLE = 0x5348_5546L << 32;
  private static final long REPLACEMENT = 0x5245_504cL << 32;

  private static final long FOLDS = 0x464f_4c44L << 32;

  private static final long BUFFER = 0x4255_4646L << 32;
  private static final long AUGMENTATION = 0x4155_474dL << 32;
  private static final long SIDES = 0x5349_4445L << 32;
  private static final long SCENES = 0x5343_454eL << 32;
  private static final long WINDOWS = 0x5749_4e44L << 32;
  private static final long BUCKETS = 0x4255_434bL << 32;

  private RandomStreams() {}

  static Philox split(long seed) {
    return Philox.of(seed, SPLIT);
  }

  static Philox folds(long seed) {
    return Philox.of(seed, FOLDS);
  }

  static Philox shuffle(long seed, int epoch) {
    return Philox.of(seed, SHUFFLE | epoch);
  }

  static Philox replacement(long seed, int epoch) {
    return Philox.of(seed, REPLACEMENT | epoch);
  }

  static Philox buffer(long seed, int epoch) {
    return Philox.of(seed, BUFFER | epoch);
  }

  static Philox sides(long seed) {
    return Philox.of(seed, SIDES);
  }

  static Philox scenes(long seed) {
    return Philox.of(seed, SCENES);
  }

  static Philox windows(long seed) {
    return Philox.of(seed, WINDOWS);
  }

  static Philox buckets(long seed, int epoch) {
    return Philox.of(seed, BUCKETS | epoch);
  }

  static Philox augmentation(long seed, int epoch) {
    return Philox.of(seed, AUGMENTATION | epoch);
  }
}
