/// Arithmetic on plain arrays.
@org.jspecify.annotations.NullMarked
module dev.thalweg.kernels {
  requires static org.jspecify;

  exports dev.thalweg.kernels;
  exports dev.thalweg.kernels.loop;

  uses dev.thalweg.kernels.KernelProvider;
}
