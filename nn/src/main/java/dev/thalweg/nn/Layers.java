package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// The layers there are, and how they are read from text.
public final class Layers {

  private static final List<String> NAMES;

  static {
    List<String> names = new ArrayList<>(List.of("dense", "dropout", "flatten", "activation"));
    names.addAll(Activation.names());
    NAMES = List.copyOf(names);
  }

  private Layers() {}

  /// A fully connected layer without activation.
  ///
  /// @throws IllegalArgumentException if units is not positive
  public static Dense dense(int units) {
    return dense(units, Activation.LINEAR);
  }

  /// A fully connected layer.
  ///
  /// @throws IllegalArgumentException if units is not positive
  public static Dense dense(int units, Activation activation) {
    NotNull.check(activation, "activation");
    return new Dense(units, activation, activation.initializer(), Initializer.ZEROS, Penalty.NONE);
  }

  /// Dropout.
  ///
  /// @param rate probability of dropping, in [0, 1)
  /// @throws IllegalArgumentException if it is not
  public static Dropout dropout(double rate) {
    return new Dropout(rate);
  }

  /// All dimensions of a sample in one.
  public static Flatten flatten() {
    return new Flatten();
  }

  /// An activation as a layer of its own.
  public static Layer activation(Activation activation) {
    NotNull.check(activation, "activation");
    return new ActivationLayer(activation);
  }

  /// Reads a layer as [Layer#toString] writes it: `dense(64, relu, l2=1e-4)`, `dropout(0.1)`,
  /// `flatten()`, `tanh()`, `activation('x * sigmoid(x)')`.
  ///
  /// @throws IllegalArgumentException with the nearest known name, or what a value may be
  public static Layer parse(String text) {
    NotNull.check(text, "text");
    Call call = Call.parse(text);
    return switch (call.name()) {
      case "dense" -> parseDense(call);
      case "dropout" -> {
        var arguments = call.bind("argument of dropout", List.of("rate"));
        yield dropout(required(call, arguments, "rate").asDouble("dropout: rate"));
      }
      case "flatten" -> {
        call.bind("argument of flatten", List.of());
        yield flatten();
      }
      case "activation" -> {
        var arguments = call.bind("argument of activation", List.of("function"));
        yield activation(Activation.read(required(call, arguments, "function")));
      }
      default -> {
        if (Activation.named(call.name()) == null) {
          throw call.span().error(Nearest.sentence("layer", call.name(), NAMES));
        }
        yield activation(Activation.read(call));
      }
    };
  }

  private static Dense parseDense(Call call) {
    var arguments =
        call.bind(
            "argument of dense",
            List.of("units", "activation", "initializer", "bias", "l1", "l2", "max_norm"));
    int units = required(call, arguments, "units").asInt("dense: units");
    CallValue activation = arguments.get("activation");
    Dense dense =
        dense(units, activation == null ? Activation.LINEAR : Activation.read(activation));
    CallValue initializer = arguments.get("initializer");
    CallValue bias = arguments.get("bias");
    return new Dense(
        units,
        dense.activation(),
        initializer == null ? dense.initializer() : Initializers.parse(initializer),
        bias == null ? Initializer.ZEROS : Initializers.parse(bias),
        penalty("dense", arguments));
  }

  /// The penalty that the arguments l1, l2 and max_norm ask for.
  static Penalty penalty(String name, Map<String, CallValue> arguments) {
    Penalty penalty = Penalty.NONE;
    for (String argument : List.of("l1", "l2", "max_norm")) {
      CallValue value = arguments.get(argument);
      if (value != null) {
        double number = value.asDouble(name + ": " + argument);
        try {
          penalty =
              switch (argument) {
                case "l1" -> new Penalty(number, penalty.l2(), penalty.maxNorm());
                case "l2" -> new Penalty(penalty.l1(), number, penalty.maxNorm());
                default -> penalty.withMaxNorm(number);
              };
        } catch (IllegalArgumentException wrong) {
          throw value.span().error(name + ": " + wrong.getMessage());
        }
      }
    }
    return penalty;
  }

  static CallValue required(Call call, SequencedMap<String, CallValue> arguments, String argument) {
    CallValue value = arguments.get(argument);
    if (value == null) {
      throw call.span().error(call.name() + ": " + argument + " is missing");
    }
    return value;
  }

  /// The enum constant that a word names.
  static <E extends Enum<E>> E choice(String what, CallValue value, E[] choices) {
    String word = value.asWord(what);
    for (E choice : choices) {
      if (choice.toString().equals(word.toLowerCase(Locale.ROOT))) {
        return choice;
      }
    }
    List<String> known = Arrays.stream(choices).map(Enum::toString).toList();
    throw value.span().error(Nearest.sentence(what, word, known));
  }

  /// A number as it is written: `0.1`, `3`.
  static String number(double value) {
    return CallValue.Numeral.of(value).toString();
  }
}
