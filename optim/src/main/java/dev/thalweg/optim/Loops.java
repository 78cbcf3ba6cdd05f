package dev.thalweg.optim;

import dev.thalweg.kernels.loop.FusedLoop;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The loops of the methods that Thalweg brings: compiled when it was built ([BuiltInLoops]), under
/// names made of their programs' keys. Those of methods as they are by default are classes; the
/// others are kept in one ([Prepared]), as an archive packs what they have in common once, and are
/// defined when they are first needed.
final class Loops {
  private static final String PREFIX = "dev.thalweg.optim.Loop";

  private Loops() {}

  /// The loop whose program has this [key][LoopProgram#key], if the build has made it and classes
  /// can be defined.
  static @Nullable FusedLoop built(String key) {
    Class<?> type = type(className(key), Prepared.built(key));
    try {
      return type == null
          ? null
          : type.asSubclass(FusedLoop.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the loop " + className(key) + " can't be made", e);
    }
  }

  private static @Nullable Class<?> type(String name, @Nullable String bytes) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException notYet) {
      return bytes == null ? null : defined(name, bytes);
    }
  }

  /// @return null where no class can be defined
  private static @Nullable Class<?> defined(String name, String bytes) {
    try {
      return MethodHandles.lookup().defineClass(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (LinkageError | UnsupportedOperationException | IllegalAccessException e) {
      try {
        return Class.forName(name); // another thread was faster
      } catch (ClassNotFoundException none) {
        return null;
      }
    }
  }

  /// The class that a program is compiled to in a build.
  static String className(String key) {
    return PREFIX + key;
  }
}
