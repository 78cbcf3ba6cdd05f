package dev.thalweg.kernels;

import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// Finds the kernels that a name asks for.
final class Providers {
  static final String AUTO = "auto";
  static final String SCALAR = "scalar";
  static final String SIMD = "simd";

  /// Kernels, and why they are no better ones.
  static final class Choice {
    final Kernels kernels;
    final String reason;

    private Choice(Kernels kernels, String reason) {
      this.kernels = kernels;
      this.reason = reason;
    }
  }

  private Providers() {}

  /// The kernels of that name, or for `auto` the best that run here.
  ///
  /// @throws IllegalArgumentException for a name that isn't known
  /// @throws IllegalStateException if the provider named can't run here, with its reason
  static Choice choose(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case AUTO, "" -> find();
      case SCALAR -> new Choice(ScalarKernels.INSTANCE, "it was asked for");
      case SIMD -> {
        Choice found = find();
        if (!found.reason.isEmpty()) {
          throw new IllegalStateException("provider simd can't be used: " + found.reason);
        }
        yield found;
      }
      default ->
          throw new IllegalArgumentException(
              Nearest.sentence("provider", name, List.of(AUTO, SCALAR, SIMD)));
    };
  }

  /// The kernels on vectors if they can run here; else the scalar ones, and the obstacle.
  private static Choice find() {
    String obstacle = "thalweg-kernels-simd is not on the class path or module path";
    try {
      for (KernelProvider p : providers()) {
        if (p.name().equals(SIMD)) {
          obstacle = p.obstacle();
          if (obstacle.isEmpty()) {
            return new Choice(p.kernels(), "");
          }
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      obstacle = "thalweg-kernels-simd could not be loaded: " + e;
    }
    return new Choice(ScalarKernels.INSTANCE, obstacle);
  }

  private static ServiceLoader<KernelProvider> providers() {
    ModuleLayer late = LateVectors.layer();
    return late == null
        ? ServiceLoader.load(KernelProvider.class, Providers.class.getClassLoader())
        : ServiceLoader.load(late, KernelProvider.class);
  }
}
