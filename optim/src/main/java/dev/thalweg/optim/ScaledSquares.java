package dev.thalweg.optim;

import dev.thalweg.kernels.loop.BlockSums;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopNode;
import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sum of squares x² of a rule taken apart, for where it overflows: the largest |x|, and Σ(s x)²
/// with a scale s that is one more scalar of the loop.
final class ScaledSquares {
  private final @Nullable BlockSums largest;
  private final @Nullable BlockSums sums;

  private ScaledSquares(@Nullable BlockSums largest, @Nullable BlockSums sums) {
    this.largest = largest;
    this.sums = sums;
  }

  /// Of what computes the summands; [#areSquares] says whether they are any.
  static ScaledSquares of(LoopProgram summands) {
    LoopNode square = summands.stores().getFirst().value();
    if (square.operation() != Operation.MULTIPLY
        || square.inputs().getFirst() != square.inputs().getLast()) {
      return new ScaledSquares(null, null);
    }
    LoopNode x = square.inputs().getFirst();
    int arrays = summands.arrays() - 1;
    int scalars = summands.scalars() + 1;
    LoopNode scaled = LoopNode.of(Operation.MULTIPLY, x, LoopNode.scalar(scalars - 1));
    return new ScaledSquares(
        folded(arrays, scalars, LoopNode.of(Operation.ABS, x), BlockSums.Fold.LARGEST),
        folded(
            arrays, scalars, LoopNode.of(Operation.MULTIPLY, scaled, scaled), BlockSums.Fold.SUM));
  }

  private static BlockSums folded(int arrays, int scalars, LoopNode value, BlockSums.Fold fold) {
    LoopProgram program = BlockSums.program(arrays, scalars, value);
    List<Integer> read = BlockSums.read(program);
    return new BlockSums(program.arrays(), scalars, read, LoopCompiler.compile(program), fold);
  }

  boolean areSquares() {
    return sums != null;
  }

  BlockSums largest() {
    return there(largest);
  }

  BlockSums sums() {
    return there(sums);
  }

  private static BlockSums there(@Nullable BlockSums sums) {
    if (sums == null) {
      throw new IllegalStateException("no squares");
    }
    return sums;
  }
}
