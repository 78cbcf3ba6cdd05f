package dev.thalweg.kernels;

/// Finds out whether one set of kernels can run in this JVM, and makes it.
///
/// Implementations other than the scalar one are found by [java.util.ServiceLoader]. Asking
/// [#obstacle] must never link a class that may be missing.
public interface KernelProvider {

  /// The name by which a user forces this provider: `simd`.
  String name();

  /// Why the kernels can't be used in this JVM, as one sentence that says what would help, or an
  /// empty string where they can.
  String obstacle();

  /// The kernels.
  ///
  /// @throws IllegalStateException where [#obstacle] is not empty
  Kernels kernels();
}
