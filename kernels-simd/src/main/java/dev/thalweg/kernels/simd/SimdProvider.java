package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.KernelProvider;
import dev.thalweg.kernels.Kernels;

/// Offers the kernels on the Vector API where this JVM has it.
public final class SimdProvider implements KernelProvider {
  private static final String MODULE = "jdk.incubator.vector";

  /// For [java.util.ServiceLoader].
  public SimdProvider() {}

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public String obstacle() {
    ModuleLayer layer = SimdProvider.class.getModule().getLayer();
    if ((layer == null ? ModuleLayer.boot() : layer).findModule(MODULE).isEmpty()) {
      return "the JVM runs without the module " + MODULE + ": add --add-modules " + MODULE;
    }
    try {
      int bits = Vectors.bits();
      return bits < 128
          ? "this JVM's vectors have " + bits + " bits, and the kernels need 128 or more"
          : "";
    } catch (LinkageError e) {
      return "the Vector API of Java " + Runtime.version().feature() + " does not fit: " + e;
    }
  }

  @Override
  public Kernels kernels() {
    String obstacle = obstacle();
    if (!obstacle.isEmpty()) {
      throw new IllegalStateException("provider simd can't be used: " + obstacle);
    }
    return Vectors.kernels();
  }

  /// Everything that links the incubator module, out of the way of the verifier.
  private static final class Vectors {
    static int bits() {
      return jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    static Kernels kernels() {
      return SimdKernels.INSTANCE;
    }
  }
}
