package dev.thalweg.train;

/// The version of the library, as the build writes it into its jar.
final class Version {

  static final String TEXT = read();

  private Version() {}

  private static String read() {
    var module = Version.class.getModule().getDescriptor();
    if (module != null && module.rawVersion().isPresent()) {
      return module.rawVersion().get();
    }
    String implementation = Version.class.getPackage().getImplementationVersion();
    return implementation == null ? "unversioned" : implementation;
  }
}
