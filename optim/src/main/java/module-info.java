/// Parameters, update rules, optimizer state.
@org.jspecify.annotations.NullMarked
module dev.thalweg.optim {
  requires static org.jspecify;
  requires transitive dev.thalweg.formula;

  exports dev.thalweg.optim;
}
