/// The thalweg command.
@org.jspecify.annotations.NullMarked
module dev.thalweg.cli {
  requires static org.jspecify;
  requires dev.thalweg.kernels;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires tools.jackson.core;

  opens dev.thalweg.cli to
      info.picocli;
}
