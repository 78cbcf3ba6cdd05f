/// The thalweg command.
@org.jspecify.annotations.NullMarked
module dev.thalweg.cli {
  requires static org.jspecify;
  requires dev.thalweg;
  requires info.picocli;
  requires tools.jackson.databind;

  opens dev.thalweg.cli to
      info.picocli,
      tools.jackson.databind;
}
