package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the statements of a [Program].
final class ProgramParser {
  private static final String INIT = "init";

  private final String text;
  private final Sharing sharing = new Sharing();
  private final List<Assignment> beginnings = new ArrayList<>();
  private final List<Program.Pause> pauses = new ArrayList<>();

  ProgramParser(String text) {
    this.text = text;
  }

  List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && "#;\n\r".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      Program.Cause pause = pause(text.substring(at, end).strip());
      if (pause != null) {
        pauses.add(new Program.Pause(assignments.size(), pause));
      } else if (!text.substring(at, end).isBlank()) {
        Assignment assignment = assignment(at, end);
        (isBeginning(at, end) ? beginnings : assignments).add(assignment);
      }
      if (end < text.length() && text.charAt(end) == '#') {
        while (end < text.length() && "\n\r".indexOf(text.charAt(end)) < 0) {
          end++;
        }
      }
      at = end + 1;
    }
    if (assignments.isEmpty()) {
      throw new SyntaxException("expected an assignment, found nothing", text, text.length());
    }
    checkBeginnings(Program.of(assignments));
    return assignments;
  }

  /// What else happens where a statement is none, if so.
  private static Program.@Nullable Cause pause(String statement) {
    String bare = statement.equals("...") ? "…" : statement.replace(" ", "");
    for (Program.Cause cause : Program.Cause.values()) {
      if (cause.isSaidBy(bare)) {
        return cause;
      }
    }
    return null;
  }

  /// The places where something else happens, once [#assignments] has read all.
  List<Program.Pause> pauses() {
    return pauses;
  }

  /// The statements after `init`, once [#assignments] has read all.
  List<Assignment> beginnings() {
    return beginnings;
  }

  /// Whether a statement is `init NAME = …`.
  private boolean isBeginning(int start, int end) {
    int at = start;
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int after = Names.end(text, at);
    if (!text.substring(at, after).equals(INIT)) {
      return false;
    }
    while (after < end && Character.isWhitespace(text.charAt(after))) {
      after++;
    }
    return after < end && Names.isStart(text.charAt(after));
  }

  /// What begins must be kept from step to step, and can't begin as what is not there yet.
  private void checkBeginnings(Program program) {
    List<String> read = program.variables();
    List<String> targets = program.targets();
    Set<String> seen = new HashSet<>();
    var kept = new ArrayList<String>();
    for (Assignment beginning : beginnings) {
      kept.add(beginning.target());
    }
    for (Assignment beginning : beginnings) {
      String slot = beginning.target();
      if (slot.equals(UpdatePlan.PARAMETER) || slot.equals(UpdatePlan.GRADIENT)) {
        throw beginning.span().error(slot + " is given: it can't begin as anything else");
      }
      if (!read.contains(slot)) {
        throw beginning
            .span()
            .error(
                slot
                    + " is not kept from step to step: expected a name that is read, and not"
                    + " assigned before that");
      }
      if (!seen.add(slot)) {
        throw beginning.span().error(slot + " begins twice");
      }
      for (String name : beginning.value().variables()) {
        boolean isKnown =
            name.equals(UpdatePlan.PARAMETER) || (!targets.contains(name) && !kept.contains(name));
        if (!isKnown || name.equals(UpdatePlan.GRADIENT) || name.equals(UpdatePlan.STEP)) {
          throw beginning
              .span()
              .error(
                  "before the first step there is no %s: expected p, numbers and hyperparameters"
                      .formatted(name));
        }
      }
      if (!Reductions.in(List.of(beginning.value()), List.of()).isEmpty()) {
        throw beginning.span().error("a slot can't begin as a sum or a norm");
      }
    }
  }

  private Assignment assignment(int start, int end) {
    Tokens tokens = new Tokens(text, start, end);
    int from = tokens.next();
    boolean begins = isBeginning(start, end);
    if (begins) {
      tokens.name();
    }
    String target = tokens.name();
    if (target == null) {
      throw tokens.error("expected a name to assign to, found " + tokens.found());
    }
    if (tokens.accept('(')) {
      throw tokens.error("expected a name to assign to, found a call", from);
    }
    if (target.equals("t")) {
      throw tokens.error("t is the number of the step: it can't be assigned to", from);
    }
    if (Names.isReserved(target)) {
      throw tokens.error(
          target
              + " is a "
              + (Operator.called(target) != null || Sugar.isFunction(target)
                  ? "function"
                  : "number")
              + ": it can't be assigned to",
          from);
    }
    Operator operation = tokens.acceptAssignment(target);
    if (operation != null && begins) {
      throw tokens.error("a beginning is written with =", from);
    }
    Expression value = new ExpressionParser(tokens, sharing, true).whole();
    if (operation != null) {
      value = sharing.of(operation, sharing.variable(target), value);
    }
    int stop = end;
    while (Character.isWhitespace(text.charAt(stop - 1))) {
      stop--;
    }
    return new Assignment(target, value, new Span(text, from, stop));
  }
}
