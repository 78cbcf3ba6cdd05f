/// The thalweg command.
@org.jspecify.annotations.NullMarked
module dev.thalweg.cli {
  requires static org.jspecify;
  requires dev.thalweg.formats;
  requires dev.thalweg;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires jdk.unsupported;
  requires org.snakeyaml.engine;

  // Only for what asks for them, and then the launcher adds them: resolving them takes time.
  requires static java.desktop;
  requires static jdk.httpserver;
  requires static jdk.jshell;
  requires static xchart;

  opens dev.thalweg.cli to
      info.picocli;
}
