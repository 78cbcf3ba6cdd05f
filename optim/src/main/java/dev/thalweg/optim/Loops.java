package dev.thalweg.optim;

import dev.thalweg.kernels.loop.FusedLoop;
import org.jspecify.annotations.Nullable;

/// The loops of the methods that Thalweg brings: compiled when it was built ([BuiltInLoops]), under
/// names made of their programs' keys.
final class Loops {
  private static final String PREFIX = "dev.thalweg.optim.Loop";

  private Loops() {}

  /// The loop whose program has this [key][LoopProgram#key], if the build has made it.
  static @Nullable FusedLoop built(String key) {
    try {
      return Class.forName(className(key))
          .asSubclass(FusedLoop.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the loop " + className(key) + " can't be made", e);
    }
  }

  /// The class that a program is compiled to in a build.
  static String className(String key) {
    return PREFIX + key;
  }
}
