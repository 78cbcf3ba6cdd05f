package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a call is written: its name, a sentence, and the arguments it takes, in the order that they
/// have without names.
///
/// ```java
/// static final Argument<Integer> UNITS = Argument.required("units", Kind.whole(1), "outputs");
/// static final Signature DENSE = Signature.of("dense", "a fully connected layer", 1, UNITS);
///
/// DENSE.read(Call.parse("dense(64)")).get(UNITS);      // 64
/// DENSE.with(UNITS, 64).toString();                    // dense(64)
/// ```
public final class Signature {
  private final String name;
  private final String summary;
  private final int unnamed;
  private final List<Argument<?>> arguments;
  private final @Nullable Argument<? extends List<?>> rest;

  private Signature(
      String name,
      String summary,
      int unnamed,
      List<Argument<?>> arguments,
      @Nullable Argument<? extends List<?>> rest) {
    this.name = name;
    this.summary = summary;
    this.unnamed = unnamed;
    this.arguments = List.copyOf(arguments);
    this.rest = rest;
  }

  /// A call of these arguments.
  ///
  /// @param summary a sentence without a full stop
  /// @param unnamed how many of the first are written without their names; all may be read so
  public static Signature of(String name, String summary, int unnamed, Argument<?>... arguments) {
    return new Signature(name, summary, unnamed, List.of(arguments), null);
  }

  /// A call that takes any number of values without names, `mlp(128, 64, activation=relu)`, and
  /// others with names.
  ///
  /// @param summary a sentence without a full stop
  /// @param rest all values without a name; its kind is a list
  public static Signature ofMany(
      String name, String summary, Argument<? extends List<?>> rest, Argument<?>... others) {
    List<Argument<?>> all = new ArrayList<>();
    all.add(rest);
    all.addAll(List.of(others));
    return new Signature(name, summary, 0, all, rest);
  }

  /// As calls begin.
  public String name() {
    return name;
  }

  /// What it makes, a sentence without a full stop.
  public String summary() {
    return summary;
  }

  /// The arguments, in order.
  public List<Argument<?>> arguments() {
    return arguments;
  }

  /// The same under another name.
  public Signature named(String other) {
    return new Signature(other, summary, unnamed, arguments, rest);
  }

  /// Values for this signature, one of them given.
  ///
  /// @throws IllegalArgumentException if the value makes no sense
  public <T> Arguments with(Argument<T> argument, T value) {
    return new Arguments(this).with(argument, value);
  }

  /// Values for this signature, none of them given.
  public Arguments usual() {
    return new Arguments(this);
  }

  /// Reads a call.
  ///
  /// @throws SyntaxException if an argument is unknown, missing, given twice or makes no sense, a
  ///   caret under it
  public Arguments read(Call call) {
    Arguments read = new Arguments(this);
    var names = new ArrayList<String>();
    for (Argument<?> argument : arguments) {
      names.add(argument.name());
    }
    String kind = "argument of " + name;
    Call bound = rest == null || call.positional().isEmpty() ? call : gathered(call, rest);
    var given = bound.bind(kind, names);
    for (Argument<?> argument : arguments) {
      CallValue value = given.get(argument.name());
      if (value != null) {
        read = read.read(argument, value);
      } else if (argument.usual().isEmpty()) {
        throw call.span().error(name + ": " + argument.name() + " is missing: " + this);
      }
    }
    return read;
  }

  /// The call with all its values without names in one.
  private static Call gathered(Call call, Argument<?> rest) {
    Optional<CallValue> twice = call.named(rest.name());
    if (twice.isPresent()) {
      throw twice
          .get()
          .span()
          .error(
              call.name()
                  + ": argument "
                  + rest.name()
                  + " is given twice, by position and by name");
    }
    CallValue all = new CallValue.Tuple(call.positional(), call.positional().getFirst().span());
    return new Call(call.name(), List.of(all), call.named(), call.span());
  }

  /// The call that says these values: those that differ from their defaults.
  Call write(Arguments values) {
    List<CallValue> positional = new ArrayList<>();
    List<Call.Argument> named = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Argument<?> argument = arguments.get(i);
      Optional<CallValue> value = values.written(argument);
      if (value.isEmpty()) {
        continue;
      }
      if (argument == rest && value.get() instanceof CallValue.Tuple tuple) {
        positional.addAll(tuple.values());
      } else if (i < unnamed && positional.size() == i) {
        positional.add(value.get());
      } else {
        named.add(new Call.Argument(argument.name(), value.get(), Span.none()));
      }
    }
    return new Call(name, positional, named, Span.none());
  }

  /// How it is called: `dense(units, activation=linear, …)`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (Argument<?> argument : arguments) {
      String usual = argument.usualText();
      parts.add(
          argument == rest
              ? argument.name() + "…"
              : usual.isEmpty() ? argument.name() : argument.name() + "=" + usual);
    }
    return name + "(" + String.join(", ", parts) + ")";
  }
}
