/// Data sets, readers, transforms, batches.
@org.jspecify.annotations.NullMarked
module dev.thalweg.data {
  requires static org.jspecify;
  requires transitive dev.thalweg.kernels;
  requires de.siegmar.fastcsv;
  requires java.net.http;

  exports dev.thalweg.data;
}
