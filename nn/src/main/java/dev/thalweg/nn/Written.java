package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.Signature;
import dev.thalweg.formula.SyntaxException;
import java.util.function.Function;

/// A kind of thing that is written as a call: how, and what is made of one.
///
/// @param signature how it is called
/// @param make what makes one of the values
record Written<T>(Signature signature, Function<Arguments, T> make) {

  /// Reads a call, under whatever name it has.
  ///
  /// @throws SyntaxException if an argument is wrong, a caret under it
  T read(Call call) {
    Arguments arguments = signature.named(call.name()).read(call);
    try {
      return make.apply(arguments);
    } catch (SyntaxException placed) {
      throw placed;
    } catch (IllegalArgumentException wrong) {
      throw call.span().error(String.valueOf(wrong.getMessage()));
    }
  }

  /// The text of a call, without parentheses where nothing is said: `mse`, `huber(delta=2)`.
  static String text(Arguments arguments) {
    Call call = arguments.call();
    return call.positional().isEmpty() && call.named().isEmpty() ? call.name() : call.toString();
  }
}
