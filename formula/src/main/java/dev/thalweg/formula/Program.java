package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The assignments of an update rule, one after the other:
///
/// ```
/// m = lerp(m, g, 1 - beta1)
/// v = lerp(v, g^2, 1 - beta2)
/// p -= lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
/// ```
///
/// Statements stand on lines of their own or between `;`, `#` starts a comment, the operators are
/// `=`, `+=`, `-=`, `*=`, `/=`. A name means what was last assigned to it, here or in the step
/// before; before the first step it is 0, or what `init z = p` says.
///
/// A statement may also be a [Pause], where something else happens: `…` (or `...`) stands for
/// another program, which this one is around, `g = gradient(p)` asks for the gradient where the
/// parameter is then, `g = hessian(g)` for the product of the Hessian there with a direction, and
/// `g = sampled(g)` for a gradient against answers that are drawn from what a model says.
public final class Program {
  /// What happens between two statements.
  public enum Cause {
    /// `…`: another program.
    WITHIN("…", "\\quad\\vdots"),
    /// `g = gradient(p)`: the gradient is that of the parameters as they are here.
    GRADIENT("g = gradient(p)", "g &\\leftarrow \\nabla f(p)"),
    /// `g = hessian(g)`: the product of the Hessian at the parameters as they are here with what
    /// `g` has been made.
    HESSIAN("g = hessian(g)", "g &\\leftarrow \\nabla^2 f(p) \\, g"),
    /// `g = sampled(g)`: a gradient at the parameters as they are here against answers that are
    /// drawn from what the model says, scaled so that its squares estimate the diagonal of the
    /// Gauss–Newton matrix; where all of `g` is 0 it stays so, and nothing is drawn.
    SAMPLED("g = sampled(g)", "g &\\leftarrow \\sqrt{n} \\, \\nabla \\hat f(p)");

    private final String text;
    private final String latex;

    Cause(String text, String latex) {
      this.text = text;
      this.latex = latex;
    }

    /// Whether a statement, without blanks, is this one.
    boolean isSaidBy(String bare) {
      return text.replace(" ", "").equals(bare);
    }
  }

  /// Where something else happens.
  ///
  /// @param at how many assignments stand before it
  /// @param cause what happens
  public record Pause(int at, Cause cause) {}

  /// As it was given; null if it was not given as a text.
  private final @Nullable String text;

  private final List<Assignment> assignments;
  private final List<Assignment> beginnings;
  private final List<Pause> pauses;

  private Program(
      @Nullable String text,
      List<Assignment> assignments,
      List<Assignment> beginnings,
      List<Pause> pauses) {
    this.text = text;
    this.assignments = List.copyOf(assignments);
    this.beginnings = List.copyOf(beginnings);
    this.pauses = List.copyOf(pauses);
  }

  /// Reads the assignments.
  ///
  /// @throws SyntaxException if the text is none, a caret under the offending character
  public static Program parse(String text) {
    ProgramParser parser = new ProgramParser(text);
    return new Program(text, parser.assignments(), parser.beginnings(), parser.pauses());
  }

  /// A program made of assignments; its text is the canonical one.
  public static Program of(List<Assignment> assignments) {
    return of(assignments, List.of());
  }

  /// A program made of assignments, and what names are before the first step if not 0.
  public static Program of(List<Assignment> assignments, List<Assignment> beginnings) {
    return of(assignments, beginnings, List.of());
  }

  /// The same with places where something else happens, in order.
  public static Program of(
      List<Assignment> assignments, List<Assignment> beginnings, List<Pause> pauses) {
    return new Program(null, assignments, beginnings, pauses);
  }

  /// The statements, in order.
  public List<Assignment> assignments() {
    return assignments;
  }

  /// What names are before the first step: `init z = p`. A value may read `p`, the parameter at the
  /// start, and hyperparameters as they are at the first step.
  public List<Assignment> beginnings() {
    return beginnings;
  }

  /// Where something else happens between the assignments, in order.
  public List<Pause> pauses() {
    return pauses;
  }

  /// Whether something of this kind happens in it.
  public boolean hasPause(Cause cause) {
    for (Pause pause : pauses) {
      if (pause.cause == cause) {
        return true;
      }
    }
    return false;
  }

  /// The text as it was given.
  public String text() {
    return text == null ? toString() : text;
  }

  /// What each assigned name is in the end, in terms of what all names were before: the assignments
  /// put into each other, in order of first assignment.
  public SequencedMap<String, Expression> results() {
    Sharing sharing = new Sharing();
    SequencedMap<String, Expression> results = new LinkedHashMap<>();
    for (Assignment assignment : assignments) {
      results.put(assignment.target(), sharing.substitute(assignment.value(), results));
    }
    return results;
  }

  /// The names whose value before the program matters, in order of first use.
  public List<String> variables() {
    Map<String, Boolean> assigned = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (Assignment assignment : assignments) {
      for (String name : assignment.value().variables()) {
        if (assigned.putIfAbsent(name, false) == null) {
          names.add(name);
        }
      }
      assigned.put(assignment.target(), true);
    }
    return List.copyOf(names);
  }

  /// The assigned names, in order of first assignment.
  public List<String> targets() {
    Set<String> targets = new LinkedHashSet<>();
    for (Assignment assignment : assignments) {
      targets.add(assignment.target());
    }
    return List.copyOf(targets);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Program program
        && assignments.equals(program.assignments)
        && pauses.equals(program.pauses)
        && beginnings.equals(program.beginnings);
  }

  @Override
  public int hashCode() {
    return assignments.hashCode();
  }

  /// The canonical text, a line a statement: it parses to an equal program.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Assignment beginning : beginnings) {
      out.append(out.isEmpty() ? "init " : "\ninit ").append(beginning);
    }
    for (int i = 0; i <= assignments.size(); i++) {
      for (Pause pause : pauses) {
        if (pause.at == i) {
          out.append(out.isEmpty() ? "" : "\n").append(pause.cause.text);
        }
      }
      if (i < assignments.size()) {
        out.append(out.isEmpty() ? "" : "\n").append(assignments.get(i));
      }
    }
    return out.toString();
  }

  /// The statements as an `aligned` block of LaTeX (with amsmath), names as [Expression#latex] has
  /// them.
  public String latex() {
    List<String> names = new ArrayList<>(variables());
    names.addAll(targets());
    for (Assignment beginning : beginnings) {
      names.addAll(beginning.value().variables());
    }
    LatexPrinter printer = new LatexPrinter(names);
    StringBuilder out = new StringBuilder("\\begin{aligned}\n");
    for (Assignment beginning : beginnings) {
      out.append(printer.name(beginning.target()))
          .append("_{(0)} &= ")
          .append(printer.print(beginning.value()))
          .append(" \\\\\n");
    }
    for (int i = 0; i <= assignments.size(); i++) {
      for (Pause pause : pauses) {
        if (pause.at == i) {
          out.append(pause.cause.latex).append(" \\\\\n");
        }
      }
      if (i < assignments.size()) {
        out.append(printer.name(assignments.get(i).target()))
            .append(" &\\leftarrow ")
            .append(printer.print(assignments.get(i).value()))
            .append(" \\\\\n");
      }
    }
    return out.append("\\end{aligned}").toString();
  }
}
