package dev.thalweg.optim;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopProgram;

/// The loops of rules: those of the methods that Thalweg brings were compiled when it was built
/// ([BuiltInLoops]), all others are compiled when they are first needed.
final class Loops {
  private static final String PREFIX = "dev.thalweg.optim.Loop";

  private Loops() {}

  static FusedLoop of(LoopProgram program) {
    try {
      return Class.forName(className(program))
          .asSubclass(FusedLoop.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      return LoopCompiler.compile(program);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the loop " + className(program) + " can't be made", e);
    }
  }

  /// The class that a program is compiled to in a build.
  static String className(LoopProgram program) {
    return PREFIX + program.key();
  }
}
