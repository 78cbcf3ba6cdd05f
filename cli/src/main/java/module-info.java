/// The thalweg command.
@org.jspecify.annotations.NullMarked
module dev.thalweg.cli {
  requires static org.jspecify;
  requires dev.thalweg.data;
  requires dev.thalweg.formats;
  requires dev.thalweg.kernels;
  requires info.picocli;
  requires java.management;
  requires jdk.management;

  opens dev.thalweg.cli to
      info.picocli;
}
