package dev.thalweg.formula;

import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A name with arguments: `adamw(lr=1e-3, weight_decay=0.01)`, `mlp(128, 64, activation=relu)`,
/// `logistic`. How optimizers, models, schedules and stages are written as text.
///
/// ```
/// chain    = call { "|" call }
/// call     = name [ "(" [ argument { "," argument } [ "," ] ] ")" ]
/// argument = value | name "=" value            positional ones first
/// value    = number | word | tuple | call | chain    a name without parentheses is a word
/// tuple    = "(" [ value { "," value } [ "," ] ] ")", or the same in brackets
///          | "{" [ key ":" value { "," key ":" value } [ "," ] ] "}"
/// name     = letters, digits, "_"; parts joined by "."
/// word     = name | "'" characters "'" | '"' characters '"'     \ escapes a quote and itself
/// ```
///
/// Braces are Python's dictionaries: `{3: 0.5}` is read as the pairs `((3, 0.5),)`, and one whose
/// keys are names, `{'a': 1}`, as the call `dict(a=1)`; of other words, `{'0.weight': 1}`, as
/// pairs.
///
/// Blanks and line breaks separate and mean nothing. What the names mean is the reader's business;
/// [#bind] and [#requireNamed] do the part that all readers share.
///
/// @param name plain or dotted, case as typed: `adamw`, `torch.AdamW`
/// @param positional the arguments without a name
/// @param named the arguments with a name, in order
public record Call(String name, List<CallValue> positional, List<Argument> named, Span span)
    implements CallValue {

  /// A named argument: `lr=1e-3`.
  ///
  /// @param span where the name stands
  public record Argument(String name, CallValue value, Span span) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Argument argument
          && name.equals(argument.name)
          && value.equals(argument.value);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
      return name + "=" + value;
    }
  }

  /// Copies the lists and checks the names.
  ///
  /// @throws SyntaxException if the name is none, or two arguments bear one name
  public Call {
    positional = List.copyOf(positional);
    named = List.copyOf(named);
    if (name.isEmpty() || CallParser.nameEnd(name, 0) != name.length()) {
      throw span.error("expected a name, found " + CallValue.shortened(name));
    }
    var seen = new HashSet<String>();
    for (Argument argument : named) {
      if (!seen.add(argument.name)) {
        throw argument.span.error(name + ": argument " + argument.name + " is given twice");
      }
    }
  }

  /// Reads one call.
  ///
  /// @throws SyntaxException if the text is none, a caret under the offending character
  public static Call parse(String text) {
    List<Call> calls = parseChain(text);
    if (calls.size() > 1) {
      throw calls.get(1).span.error("expected one call, found a chain of " + calls.size());
    }
    return calls.getFirst();
  }

  /// Reads calls joined by `|`: `clip_norm(1) | adamw(lr=1e-3)`. At least one.
  ///
  /// @throws SyntaxException if the text is none, a caret under the offending character
  public static List<Call> parseChain(String text) {
    return new CallParser(text).chain();
  }

  /// The argument of this name, if it is given by name.
  public Optional<CallValue> named(String argument) {
    for (Argument one : named) {
      if (one.name.equals(argument)) {
        return Optional.of(one.value);
      }
    }
    return Optional.empty();
  }

  /// Refuses named arguments that the reader doesn't know.
  ///
  /// @param kind what an argument is here, for the message: `hyperparameter of adamw`
  /// @throws SyntaxException with the nearest known name, a caret under the unknown one
  public void requireNamed(String kind, List<String> known) {
    for (Argument argument : named) {
      if (!known.contains(argument.name)) {
        throw argument.span.error(
            Nearest.sentence(kind, CallValue.shortened(argument.name), known));
      }
    }
  }

  /// All arguments by name: positional ones take the names in order.
  ///
  /// @param kind what an argument is here, for the message: `hyperparameter of adamw`
  /// @param names every name that may be given, in positional order
  /// @throws SyntaxException if there are more positional arguments than names, a name is unknown,
  ///   or an argument is given twice
  public SequencedMap<String, CallValue> bind(String kind, List<String> names) {
    if (positional.size() > names.size()) {
      throw positional
          .get(names.size())
          .span()
          .error(
              "%s: expected at most %d arguments, found %d"
                  .formatted(name, names.size(), positional.size() + named.size()));
    }
    requireNamed(kind, names);
    var bound = new LinkedHashMap<String, CallValue>();
    for (int i = 0; i < positional.size(); i++) {
      bound.put(names.get(i), positional.get(i));
    }
    for (Argument argument : named) {
      if (bound.putIfAbsent(argument.name, argument.value) != null) {
        throw argument.span.error(
            name + ": argument " + argument.name + " is given twice, by position and by name");
      }
    }
    return bound;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Call call
        && name.equals(call.name)
        && positional.equals(call.positional)
        && named.equals(call.named);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + positional.hashCode()) + named.hashCode();
  }

  /// The canonical text. As an argument a call keeps its parentheses, so that it is not read as a
  /// word: `lr=cosine()`.
  @Override
  public String toString() {
    var arguments = new ArrayList<String>(positional.size() + named.size());
    for (CallValue value : positional) {
      arguments.add(value.toString());
    }
    for (Argument argument : named) {
      arguments.add(argument.toString());
    }
    return name + "(" + String.join(", ", arguments) + ")";
  }
}
