/// The thalweg command.
@org.jspecify.annotations.NullMarked
module dev.thalweg.cli {
  requires static org.jspecify;
  requires dev.thalweg.formats;
  requires dev.thalweg.train;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires org.snakeyaml.engine.v2;

  opens dev.thalweg.cli to
      info.picocli;
}
