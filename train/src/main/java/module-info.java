/// The training loop and what hangs on it.
@org.jspecify.annotations.NullMarked
module dev.thalweg.train {
  requires static org.jspecify;

  // Recorded only where it is there: resolving it takes time.
  requires static jdk.jfr;
  requires transitive dev.thalweg.data;
  requires transitive dev.thalweg.nn;
  requires dev.thalweg.formats;

  exports dev.thalweg.train;
}
