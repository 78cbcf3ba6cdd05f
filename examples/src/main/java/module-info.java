/// One file an idea, each with a main method.
@org.jspecify.annotations.NullMarked
module dev.thalweg.examples {
  requires static org.jspecify;
  requires dev.thalweg;
  requires java.desktop; // to write image files

  exports dev.thalweg.examples;
}
