package dev.thalweg.optim;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopProgram;

/// The loops of rules: compiled when the project was built, or now.
final class Loops {
  private Loops() {}

  static FusedLoop of(LoopProgram program) {
    return LoopCompiler.compile(program);
  }
}
