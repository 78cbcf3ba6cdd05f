package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;

/// Runs snippets of Java with Thalweg imported, in this JVM, and prints the value of each
/// expression on a line. The first one that fails ends it.
final class Snippets implements AutoCloseable {

  private static final Set<SubKind> SHOWN =
      Set.of(
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND,
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND);

  private final PrintStream out;
  private final JShell shell;

  Snippets(PrintStream out) {
    this.out = out;
    this.shell =
        JShell.builder()
            .executionEngine("local")
            .compilerOptions(
                "--module-path",
                System.getProperty("jdk.module.path", ""),
                "--add-modules",
                "dev.thalweg")
            .build();
    runAll(startup(), false);
  }

  /// Runs all snippets of a text.
  ///
  /// @throws Failure with one sentence about the first that doesn't compile, throws, or ends early
  void run(String text) {
    runAll(text, true);
  }

  /// Line by line, as on a terminal: an expression without a semicolon ends with its line.
  private void runAll(String text, boolean shown) {
    var begun = "";
    for (var line : text.lines().toList()) {
      begun = runComplete(begun + line + "\n", shown);
    }
    if (shell.sourceCodeAnalysis().analyzeCompletion(begun).completeness()
        == Completeness.CONSIDERED_INCOMPLETE) {
      evaluate(begun, shown);
    } else if (!begun.isBlank()) {
      throw Failure.working("jshell: the input ends within '" + shortened(begun) + "'");
    }
  }

  /// Runs what is complete of some lines; what is left.
  private String runComplete(String lines, boolean shown) {
    var rest = lines;
    while (!rest.isBlank()) {
      var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      switch (next.completeness()) {
        case EMPTY -> {
          return "";
        }
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
          return rest;
        }
        case COMPLETE, COMPLETE_WITH_SEMI, UNKNOWN -> {
          evaluate(next.source(), shown);
          rest = next.remaining().length() < rest.length() ? next.remaining() : "";
        }
      }
    }
    return "";
  }

  private void evaluate(String source, boolean shown) {
    for (var event : shell.eval(source)) {
      show(event, shown);
    }
    out.flush();
  }

  private void show(SnippetEvent event, boolean shown) {
    var snippet = event.snippet();
    if (event.status() == Snippet.Status.REJECTED) {
      var why =
          shell
              .diagnostics(snippet)
              .findFirst()
              .map(diagnostic -> diagnostic.getMessage(Locale.ROOT).replaceAll("\\s+", " "))
              .orElse("is no Java");
      throw Failure.working("jshell: '" + shortened(snippet.source()) + "': " + why);
    }
    if (event.exception() != null) {
      var thrown = event.exception();
      var name = thrown instanceof EvalException e ? e.getExceptionClassName() + ": " : "";
      throw Failure.working(
          "jshell: '" + shortened(snippet.source()) + "': " + name + thrown.getMessage(), thrown);
    }
    if (shown && event.value() != null && SHOWN.contains(snippet.subKind())) {
      out.print(event.value() + "\n");
    }
  }

  private static String shortened(String source) {
    var line = source.strip().replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, 59) + "…";
  }

  private static String startup() {
    try (var in = Snippets.class.getResourceAsStream("startup.jsh")) {
      if (in == null) {
        throw new IllegalStateException("startup.jsh is not beside " + Snippets.class);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
