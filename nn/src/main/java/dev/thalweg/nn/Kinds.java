package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Span;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.tensor.ElementFunction;
import java.util.List;

/// The kinds of values that layers know besides numbers.
final class Kinds {

  /// An activation: a word, a call, or a formula in quotes.
  static final Kind<Activation> ACTIVATION =
      new Kind<>() {
        @Override
        public String words() {
          return "an activation";
        }

        @Override
        public Activation read(String what, CallValue value) {
          return Activation.read(value);
        }

        @Override
        public CallValue write(Activation value) {
          return value.toValue();
        }
      };

  /// An initializer: a word or a call.
  static final Kind<Initializer> INITIALIZER =
      new Kind<>() {
        @Override
        public String words() {
          return "an initializer";
        }

        @Override
        public Initializer read(String what, CallValue value) {
          return Initializers.parse(value);
        }

        @Override
        public CallValue write(Initializer value) {
          return value(String.valueOf(value));
        }
      };

  /// A layer, or a chain of them.
  static final Kind<Layer> LAYER =
      new Kind<>() {
        @Override
        public String words() {
          return "a layer, or several joined by |";
        }

        @Override
        public Layer read(String what, CallValue value) {
          return switch (value) {
            case Call call -> Layers.read(call);
            case CallValue.Word word ->
                Layers.read(new Call(word.text(), List.of(), List.of(), word.span()));
            case CallValue.Chain chain ->
                Sequential.of(chain.calls().stream().map(Layers::read).toList());
            default -> throw value.span().error(what + " must be a layer, found " + value);
          };
        }

        @Override
        public CallValue write(Layer value) {
          List<Call> calls = Call.parseChain(value.toString());
          return calls.size() == 1 ? calls.getFirst() : new CallValue.Chain(calls, Span.none());
        }
      };

  /// Weights of classes: `balanced`, a number for each class, or `none`.
  static final Kind<ClassWeights> CLASS_WEIGHTS =
      new Kind<>() {
        @Override
        public String words() {
          return "balanced, or a number for each class as in (1, 2)";
        }

        @Override
        public ClassWeights read(String what, CallValue value) {
          return ClassWeights.parse("class_weights", value);
        }

        @Override
        public CallValue write(ClassWeights value) {
          return value.toValue();
        }
      };

  /// A formula of a prediction `p` and its target `y`, in quotes.
  static final Kind<ElementFunction> TERMS =
      new Kind<>() {
        @Override
        public String words() {
          return "a formula of p and y, as in '(p - y)^4'";
        }

        @Override
        public ElementFunction read(String what, CallValue value) {
          try {
            return ElementFunction.of(value.asWord(what), "p", "y");
          } catch (SyntaxException wrong) {
            throw value.span().error(wrong.sentence());
          }
        }

        @Override
        public CallValue write(ElementFunction value) {
          return new CallValue.Word(value.toString(), Span.none());
        }
      };

  private Kinds() {}

  /// A text that is a word or a call.
  private static CallValue value(String text) {
    try {
      return text.indexOf('(') < 0 ? new CallValue.Word(text, Span.none()) : Call.parse(text);
    } catch (IllegalArgumentException own) {
      return new CallValue.Word(text, Span.none()); // somebody's own
    }
  }
}
