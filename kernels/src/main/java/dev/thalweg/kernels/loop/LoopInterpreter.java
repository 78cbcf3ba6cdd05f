package dev.thalweg.kernels.loop;

/// A program carried out without making a class: each operation is a plain loop over a block of
/// elements, with its result in scratch. The same operations in the same precision, so the same
/// bits as the compiled loop.
public final class LoopInterpreter implements FusedLoop {
  private static final int BLOCK = 512;

  private final LoopListing listing;
  private final ThreadLocal<Scratch> scratch;

  private LoopInterpreter(LoopListing listing) {
    this.listing = listing;
    scratch = ThreadLocal.withInitial(() -> new Scratch(listing.size()));
  }

  /// The program, interpreted.
  public static LoopInterpreter of(LoopProgram program) {
    return new LoopInterpreter(new LoopListing(program));
  }

  static LoopInterpreter of(LoopListing listing) {
    return new LoopInterpreter(listing);
  }

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    float[][] values = scratch.get().floats;
    for (int start = from; start < to; start += BLOCK) {
      FloatBlock.run(listing, arrays, scalars, values, start, Math.min(BLOCK, to - start));
    }
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    double[][] values = scratch.get().doubles;
    for (int start = from; start < to; start += BLOCK) {
      DoubleBlock.run(listing, arrays, scalars, values, start, Math.min(BLOCK, to - start));
    }
  }

  /// Values of a block.
  private static final class Scratch {
    final float[][] floats;
    final double[][] doubles;

    Scratch(int size) {
      floats = new float[size][BLOCK];
      doubles = new double[size][BLOCK];
    }
  }
}
