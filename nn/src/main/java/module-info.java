/// Layers, losses, initialisers, models.
@org.jspecify.annotations.NullMarked
module dev.thalweg.nn {
  requires static org.jspecify;
  requires transitive dev.thalweg.optim;
  requires transitive dev.thalweg.tensor;

  exports dev.thalweg.nn;
}
