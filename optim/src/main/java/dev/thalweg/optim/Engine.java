package dev.thalweg.optim;

/// Stand-in until `dev.thalweg.kernels.Engine` is merged.
final class Engine {
  private static final Engine CURRENT = new Engine();

  /// A stretch of work.
  interface RangeTask {
    /// Does the elements `from` to `to`.
    void run(int from, int to);
  }

  static Engine current() {
    return CURRENT;
  }

  void parallel(int count, int grain, RangeTask task) {
    task.run(0, count);
  }
}
