module valley {
  requires dev.thalweg;
}
