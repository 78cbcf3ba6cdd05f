package dev.thalweg.kernels;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Kernels on vectors that a JVM adds to its modules once they are asked for, and not when it
/// starts: a JVM that has an incubator module from the beginning can't take its modules, and with
/// them its linked classes, from an archive (`docs/decisions/0006-archive-of-classes.md`).
///
/// The system property `thalweg.vectors` names a folder with the jar of `dev.thalweg.kernels.simd`.
/// The incubator module comes by the JDK's own way to add one of its modules later, which needs
/// `--add-exports java.base/jdk.internal.module=dev.thalweg.kernels`; the kernels are in a layer
/// upon its layer.
final class LateVectors {
  private static final String INCUBATOR = "jdk.incubator.vector";
  private static final String KERNELS = "dev.thalweg.kernels.simd";

  private static final @Nullable ModuleLayer LAYER;
  private static final String OBSTACLE;

  static {
    String folder = System.getProperty("thalweg.vectors", "");
    ModuleLayer layer = null;
    String obstacle = "";
    try {
      layer = folder.isEmpty() ? null : upon(incubator().getLayer(), folder);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      obstacle = e.toString();
    }
    LAYER = layer;
    OBSTACLE = obstacle;
  }

  private LateVectors() {}

  /// The one layer of the kernels; null where nobody names a folder.
  ///
  /// @throws LinkageError if they can't be added
  static @Nullable ModuleLayer layer() {
    if (!OBSTACLE.isEmpty()) {
      throw new LinkageError(OBSTACLE);
    }
    return LAYER;
  }

  private static ModuleLayer upon(ModuleLayer below, String folder) {
    Configuration configuration =
        below
            .configuration()
            .resolve(ModuleFinder.of(Path.of(folder)), ModuleFinder.of(), Set.of(KERNELS));
    return below.defineModulesWithOneLoader(configuration, LateVectors.class.getClassLoader());
  }

  private static Module incubator() throws ReflectiveOperationException {
    return (Module)
        Class.forName("jdk.internal.module.Modules")
            .getMethod("loadModule", String.class)
            .invoke(null, INCUBATOR);
  }
}
