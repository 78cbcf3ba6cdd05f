package dev.thalweg.train;

import dev.thalweg.nn.Network;

/// How many rows pass through a network at once where nothing is kept but what it says of them: so
/// many that their activations stay in a cache, and never more than memory has room for, however
/// large the images are. No bit depends on it.
final class RowsAtOnce {

  private static final int MOST = 1024;

  /// Activations of a layer and the next: 16 MB (`tools/bench/run ChunkedLayers`).
  private static final int NUMBERS = 1 << 22;

  private RowsAtOnce() {}

  /// Rows that are passed through a network.
  static int of(Network network) {
    return of(network.largestPass());
  }

  /// Rows of so many numbers.
  static int of(long numbers) {
    return Math.clamp(NUMBERS / Math.max(1, numbers), 1, MOST);
  }
}
