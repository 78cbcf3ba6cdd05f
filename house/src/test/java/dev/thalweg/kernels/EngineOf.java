package dev.thalweg.kernels;

/// Engines of kernels that a test brings.
public final class EngineOf {
  private EngineOf() {}

  /// An engine of these kernels.
  public static Engine kernels(Kernels kernels, int threads) {
    return Engine.of(kernels, threads);
  }
}
