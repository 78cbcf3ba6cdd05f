/// The training loop and what hangs on it.
@org.jspecify.annotations.NullMarked
module dev.thalweg.train {
  requires static org.jspecify;
  requires transitive dev.thalweg.data;
  requires transitive dev.thalweg.nn;
  requires dev.thalweg.formats;

  exports dev.thalweg.train;
}
