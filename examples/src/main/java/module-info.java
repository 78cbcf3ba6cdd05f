/// One file an idea, each with a main method.
@org.jspecify.annotations.NullMarked
module dev.thalweg.examples {
  requires static org.jspecify;
  requires dev.thalweg;

  exports dev.thalweg.examples;
}
