/// Small file formats of others.
@org.jspecify.annotations.NullMarked
module dev.thalweg.formats {
  requires static org.jspecify;

  exports dev.thalweg.formats;
}
