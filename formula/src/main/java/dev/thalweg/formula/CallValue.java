package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An argument of a [Call]: a number, a word, `true`, `false` or `none`, a tuple, or a call or
/// chain of calls again.
///
/// Two values are equal if they say the same, wherever in a text they stand: [#span] doesn't count.
/// `toString` is the canonical text: it parses to an equal value.
public sealed interface CallValue
    permits CallValue.Numeral,
        CallValue.Word,
        CallValue.Constant,
        CallValue.Tuple,
        CallValue.Chain,
        Call {

  /// Where the value stands in its text; [Span#none] if no text was read.
  Span span();

  /// The value as a number.
  ///
  /// @param what whose value it is, for the message: `adamw: lr`
  /// @throws SyntaxException if it is something else, a caret under it
  default double asDouble(String what) {
    if (this instanceof Numeral number) {
      return number.toDouble();
    }
    throw span().error(what + " must be a number, found " + shortened(toString()));
  }

  /// The value as a whole number; `1e3` is one.
  ///
  /// @param what whose value it is, for the message: `mlp: units`
  /// @throws SyntaxException if it is something else or beyond the range of `int`, a caret under it
  default int asInt(String what) {
    double value = this instanceof Numeral number ? number.toDouble() : Double.NaN;
    if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
      return (int) value;
    }
    throw span().error(what + " must be a whole number, found " + shortened(toString()));
  }

  /// The value as a word.
  ///
  /// @param what whose value it is, for the message: `mlp: activation`
  /// @throws SyntaxException if it is something else, a caret under it
  default String asWord(String what) {
    if (this instanceof Word word) {
      return word.text();
    }
    throw span().error(what + " must be a word, found " + shortened(toString()));
  }

  /// The value as a truth value.
  ///
  /// @param what whose value it is, for the message: `sgd: nesterov`
  /// @throws SyntaxException if it is something else, a caret under it
  default boolean asBoolean(String what) {
    if (this instanceof Constant constant && constant.kind() != Constant.Kind.NONE) {
      return constant.kind() == Constant.Kind.TRUE;
    }
    throw span().error(what + " must be true or false, found " + shortened(toString()));
  }

  /// At most 40 characters of a text, for a message.
  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 39) + "…";
  }

  /// A number, kept as it was written: `1e-3`, `128`, `-.5`.
  ///
  /// @param text digits with an optional sign, point and exponent
  record Numeral(String text, Span span) implements CallValue {

    /// Checks that the text is a number within the range of `double`.
    ///
    /// @throws SyntaxException if it is not
    public Numeral {
      if (CallParser.numberEnd(text, 0) != text.length()) {
        throw span.error("malformed number " + shortened(text));
      }
      if (Double.isInfinite(Double.parseDouble(text))) {
        throw span.error("number " + shortened(text) + " is too large");
      }
    }

    /// The shortest text that reads back as this number: `0.001`, `1e-5`, `128`.
    ///
    /// @throws SyntaxException if it is not finite
    public static Numeral of(double value) {
      String text = Double.toString(value).toLowerCase(Locale.ROOT);
      int exponent = text.indexOf('e');
      String mantissa = exponent < 0 ? text : text.substring(0, exponent);
      if (mantissa.endsWith(".0")) {
        mantissa = mantissa.substring(0, mantissa.length() - 2);
      }
      return new Numeral(
          exponent < 0 ? mantissa : mantissa + text.substring(exponent), Span.none());
    }

    /// The nearest `double`.
    public double toDouble() {
      return Double.parseDouble(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Numeral number && text.equals(number.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// A word, bare or quoted: `relu`, `'same'`, `"test set"`. The quotes are not part of it.
  record Word(String text, Span span) implements CallValue {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Word word && text.equals(word.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }

    /// Bare where that reads back as the same word, else in quotes: in double ones if it has a
    /// single one.
    @Override
    public String toString() {
      boolean bare =
          !text.isEmpty()
              && CallParser.nameEnd(text, 0) == text.length()
              && Constant.Kind.named(text).isEmpty();
      if (bare) {
        return text;
      }
      char quote = text.indexOf('\'') < 0 ? '\'' : '"';
      return quote + text.replace("\\", "\\\\").replace("\"", quote == '"' ? "\\\"" : "\"") + quote;
    }
  }

  /// `true`, `false` or `none`, in any case.
  record Constant(Kind kind, Span span) implements CallValue {
    /// Which of the three.
    public enum Kind {
      /// yes
      TRUE,
      /// no
      FALSE,
      /// no value
      NONE;

      static Optional<Kind> named(String word) {
        for (Kind kind : values()) {
          if (kind.name().equalsIgnoreCase(word)) {
            return Optional.of(kind);
          }
        }
        return Optional.empty();
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Constant constant && kind == constant.kind;
    }

    @Override
    public int hashCode() {
      return kind.hashCode();
    }

    @Override
    public String toString() {
      return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  /// Values in parentheses or brackets: `(0.9, 0.95)`, `[0.9, 0.95]`. As in Python, one value in
  /// parentheses is that value, and `(0.9,)` a tuple of one.
  record Tuple(List<CallValue> values, Span span) implements CallValue {
    /// Copies the list.
    public Tuple {
      values = List.copyOf(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Tuple tuple && values.equals(tuple.values);
    }

    @Override
    public int hashCode() {
      return values.hashCode();
    }

    @Override
    public String toString() {
      return "(" + joined(values, ", ") + (values.size() == 1 ? ",)" : ")");
    }
  }

  /// Calls joined by `|`: `conv2d(32, 3) | relu`; at least two.
  record Chain(List<Call> calls, Span span) implements CallValue {
    /// Copies the list.
    ///
    /// @throws SyntaxException if there are fewer than two
    public Chain {
      calls = List.copyOf(calls);
      if (calls.size() < 2) {
        throw span.error("expected at least two calls in a chain, found " + calls.size());
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Chain chain && calls.equals(chain.calls);
    }

    @Override
    public int hashCode() {
      return calls.hashCode();
    }

    @Override
    public String toString() {
      return joined(calls, " | ");
    }
  }

  private static String joined(List<? extends CallValue> values, String between) {
    var texts = new ArrayList<String>();
    for (CallValue value : values) {
      texts.add(value.toString());
    }
    return String.join(between, texts);
  }
}
