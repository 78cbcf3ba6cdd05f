/// Data sets, readers, transforms, batches.
@org.jspecify.annotations.NullMarked
module dev.thalweg.data {
  requires static org.jspecify;
  requires transitive dev.thalweg.formula;
  requires de.siegmar.fastcsv;
  requires java.net.http;

  // Only to decode image files: resolving it takes time, and a program that reads none needs none.
  requires static java.desktop;

  exports dev.thalweg.data;
}
