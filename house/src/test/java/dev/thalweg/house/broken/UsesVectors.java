package dev.thalweg.house.broken;

import jdk.incubator.vector.FloatVector;

/// Links the incubator module.
public final class UsesVectors {
  int bits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
