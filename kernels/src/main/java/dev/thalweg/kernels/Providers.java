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

  /// Kernels, and why they were taken.
  record Choice(Kernels kernels, String reason) {}

  private Providers() {}

  /// The kernels of that name, or for `auto` the best that run here.
  ///
  /// @throws IllegalArgumentException for a name that isn't known
  /// @throws IllegalStateException if the provider named can't run here, with its reason
  static Choice choose(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case AUTO, "" -> {
        Found found = find();
        yield found.provider.isEmpty()
            ? new Choice(ScalarKernels.INSTANCE, found.obstacle)
            : new Choice(found.provider.getFirst().kernels(), "");
      }
      case SCALAR -> new Choice(ScalarKernels.INSTANCE, "it was asked for");
      case SIMD -> {
        Found found = find();
        if (found.provider.isEmpty()) {
          throw new IllegalStateException("provider simd can't be used: " + found.obstacle);
        }
        yield new Choice(found.provider.getFirst().kernels(), "");
      }
      default ->
          throw new IllegalArgumentException(
              Nearest.sentence("provider", name, List.of(AUTO, SCALAR, SIMD)));
    };
  }

  /// The vector provider if it can run, in a list of one; else the obstacle.
  private record Found(List<KernelProvider> provider, String obstacle) {}

  private static Found find() {
    String obstacle = "thalweg-kernels-simd is not on the class path or module path";
    try {
      for (KernelProvider p : providers()) {
        if (p.name().equals(SIMD)) {
          obstacle = p.obstacle();
          if (obstacle.isEmpty()) {
            return new Found(List.of(p), "");
          }
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      obstacle = "thalweg-kernels-simd could not be loaded: " + e;
    }
    return new Found(List.of(), obstacle);
  }

  private static ServiceLoader<KernelProvider> providers() {
    ModuleLayer late = LateVectors.layer();
    return late == null
        ? ServiceLoader.load(KernelProvider.class, Providers.class.getClassLoader())
        : ServiceLoader.load(late, KernelProvider.class);
  }
}
