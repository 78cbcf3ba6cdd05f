package dev.thalweg.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The width of the vectors: what the CPU and the flags of the JVM allow, at most the 16 lanes that
/// sums are defined by. Constants, so that the JIT folds every choice that depends on them.
final class Width {
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  static final VectorSpecies<Integer> INTS =
      SPECIES.length() == 16
          ? IntVector.SPECIES_512
          : SPECIES.length() == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;

  static final int LANES = SPECIES.length();

  /// Whether there are only 16 vector registers: x86-64 without AVX-512, whose vectors have 256
  /// bits.
  static final boolean FEW_REGISTERS = LANES == 8;

  private Width() {}
}
