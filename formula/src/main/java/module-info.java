/// The expression language.
@org.jspecify.annotations.NullMarked
module dev.thalweg.formula {
  requires static org.jspecify;
  requires transitive dev.thalweg.kernels;

  exports dev.thalweg.formula;
}
