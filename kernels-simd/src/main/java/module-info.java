/// The kernels on the Vector API.
@org.jspecify.annotations.NullMarked
module dev.thalweg.kernels.simd {
  requires static org.jspecify;
  requires dev.thalweg.kernels;
  requires jdk.incubator.vector;

  provides dev.thalweg.kernels.KernelProvider with
      dev.thalweg.kernels.simd.SimdProvider;
}
