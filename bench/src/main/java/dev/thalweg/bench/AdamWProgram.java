package dev.thalweg.bench;

import dev.thalweg.kernels.loop.LoopNode;
import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.List;

/// AdamW as a graph, node by node the text of [AdamWByHand].
final class AdamWProgram {

  private AdamWProgram() {}

  /// The program.
  ///
  /// @param scalars how many it takes: 6, or more that it ignores
  static LoopProgram of(int scalars) {
    LoopNode p = LoopNode.array(0);
    LoopNode g = LoopNode.array(1);
    LoopNode m = LoopNode.array(2);
    LoopNode v = LoopNode.array(3);
    LoopNode c1 = LoopNode.scalar(0);
    LoopNode c2 = LoopNode.scalar(1);
    LoopNode rate = LoopNode.scalar(2);
    LoopNode root = LoopNode.scalar(3);
    LoopNode epsilon = LoopNode.scalar(4);
    LoopNode decay = LoopNode.scalar(5);
    LoopNode mean = plus(m, times(minus(g, m), c1));
    LoopNode square = plus(v, times(minus(times(g, g), v), c2));
    LoopNode below = plus(times(LoopNode.of(Operation.SQRT, square), root), epsilon);
    LoopNode moved = LoopNode.of(Operation.DIVIDE, times(rate, mean), below);
    LoopNode step = plus(moved, times(decay, p));
    return new LoopProgram(
        4,
        scalars,
        List.of(new Store(2, mean), new Store(3, square), new Store(0, minus(p, step))));
  }

  private static LoopNode plus(LoopNode x, LoopNode y) {
    return LoopNode.of(Operation.ADD, x, y);
  }

  private static LoopNode minus(LoopNode x, LoopNode y) {
    return LoopNode.of(Operation.SUBTRACT, x, y);
  }

  private static LoopNode times(LoopNode x, LoopNode y) {
    return LoopNode.of(Operation.MULTIPLY, x, y);
  }
}
