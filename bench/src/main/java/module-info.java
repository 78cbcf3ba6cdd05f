/// Measurements; never shipped.
@org.jspecify.annotations.NullMarked
module dev.thalweg.bench {
  requires static org.jspecify;
  requires dev.thalweg;
  requires java.management;
  requires jdk.incubator.vector;
  requires jdk.management;
}
