package dev.thalweg.kernels.loop;

/// A program carried out without making a class: each operation is a plain loop over a block of
/// elements, with its result in scratch. The same operations in the same precision, so the same
/// bits as the compiled loop.
public final class LoopInterpreter implements FusedLoop {
  private static final int BLOCK = 512;

  private final LoopListing listing;

  /// Values of a block, of each thread.
  private final ThreadLocal<float[][]> floats;

  private final ThreadLocal<double[][]> doubles;

  private LoopInterpreter(LoopListing listing) {
    this.listing = listing;
    int size = listing.size(); // a thread keeps arrays, and nothing that leads back here
    floats = ThreadLocal.withInitial(() -> new float[size][BLOCK]);
    doubles = ThreadLocal.withInitial(() -> new double[size][BLOCK]);
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
    float[][] values = floats.get();
    for (int start = from; start < to; start += BLOCK) {
      FloatBlock.run(listing, arrays, scalars, values, start, Math.min(BLOCK, to - start));
    }
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    double[][] values = doubles.get();
    for (int start = from; start < to; start += BLOCK) {
      DoubleBlock.run(listing, arrays, scalars, values, start, Math.min(BLOCK, to - start));
    }
  }
}
