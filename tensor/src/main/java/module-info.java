/// N-dimensional arrays and reverse-mode differentiation.
@org.jspecify.annotations.NullMarked
module dev.thalweg.tensor {
  requires static org.jspecify;
  requires transitive dev.thalweg.formula;

  exports dev.thalweg.tensor;
}
