package dev.thalweg.kernels.loop;

/// One pass over a stretch of arrays: a [LoopProgram] made runnable.
///
/// A loop has no state that a caller could see, and any number of threads may run it at once, on
/// stretches that do not overlap. Once warm it allocates nothing, but where a program calls what
/// `StrictMath` allocates for (sin, cos, tan of arguments beyond π/4).
public interface FusedLoop {

  /// Computes elements `from` … `to − 1` in F32.
  ///
  /// @param arrays as many as the program says; the same array may stand there more than once, as
  ///   long as it is stored once
  /// @param scalars the numbers of the step, as many as the program says, rounded to float
  /// @throws IndexOutOfBoundsException if there are fewer arrays or scalars, or an array is shorter
  ///   than `to`
  void run(float[][] arrays, float[] scalars, int from, int to);

  /// Computes elements `from` … `to − 1` in F64; otherwise the same.
  void run(double[][] arrays, double[] scalars, int from, int to);
}
