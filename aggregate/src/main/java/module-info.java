/// Everything most users want, in one import.
@org.jspecify.annotations.NullMarked
module dev.thalweg {
  requires static org.jspecify;
  requires transitive dev.thalweg.train;
}
