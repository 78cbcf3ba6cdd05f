package dev.thalweg.formula;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Any text gives a formula, or a program, or the documented exception; and what was read prints to
/// a text that gives it back.
///
/// As a test it runs the inputs kept beside it. To look for new ones: `tools/fuzz`.
class ExpressionFuzzTest {
  @FuzzTest(maxDuration = "4s")
  void expression(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Expression expression;
    try {
      expression = Expression.parse(text);
    } catch (SyntaxException e) {
      check(e, text);
      return;
    }
    readsBack(expression);
    expression.latex();
    readsBack(expression.simplified());
  }

  @FuzzTest(maxDuration = "4s")
  void program(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Program program;
    try {
      program = Program.parse(text);
    } catch (SyntaxException e) {
      check(e, text);
      return;
    }
    program.latex();
    String printed = program.toString();
    if (printed.length() < 1_000_000 && !nestsTooDeep(printed)) {
      if (!Program.parse(printed).equals(program)) {
        throw new AssertionError("does not read back: " + printed);
      }
    }
  }

  private static void readsBack(Expression expression) {
    String printed = expression.toString();
    if (printed.length() < 1_000_000 && !nestsTooDeep(printed)) {
      if (!Expression.parse(printed).equals(expression)) {
        throw new AssertionError("does not read back: " + printed);
      }
    }
  }

  /// Sugar and simplification may nest what is printed deeper than the parser reads.
  private static boolean nestsTooDeep(String printed) {
    return printed.chars().filter(c -> "(^-".indexOf(c) >= 0).count() > 60;
  }

  private static void check(SyntaxException e, String text) {
    if (e.getMessage() == null || e.position() > text.length()) {
      throw new AssertionError("a message without a place", e);
    }
  }
}
