/// The thalweg command.
@org.jspecify.annotations.NullMarked
module dev.thalweg.cli {
  requires static org.jspecify;
  requires dev.thalweg.formats;
  requires dev.thalweg;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires org.snakeyaml.engine;

  opens dev.thalweg.cli to
      info.picocli;
}
