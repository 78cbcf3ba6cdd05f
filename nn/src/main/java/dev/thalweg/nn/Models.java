package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Models by name: `mlp(128, 64)`, `linear`, `logistic`.
public final class Models {

  /// Their names.
  public static final List<String> NAMES = List.of("mlp", "linear", "logistic");

  /// What goes to every dense layer of a model, the last included.
  private static final List<String> DENSE_ARGUMENTS =
      List.of("initializer", "l1", "l2", "max_norm");

  private Models() {}

  /// A perceptron: dense layers of these units with the activation, dropout after each where its
  /// rate is not 0, and a dense layer of `outputs` without activation.
  ///
  /// @throws IllegalArgumentException if there is no layer, or a number is out of range
  public static Sequential mlp(
      List<Integer> units, Activation activation, double dropout, int outputs) {
    NotNull.check(units, "units");
    NotNull.check(activation, "activation");
    if (units.isEmpty()) {
      throw new IllegalArgumentException(
          "mlp: expected the units of at least one hidden layer, as in mlp(128, 64)");
    }
    List<Layer> layers = new ArrayList<>();
    for (int n : units) {
      if (n < 1) {
        throw new IllegalArgumentException("mlp: units must be at least 1, found " + n);
      }
      layers.add(Layers.dense(n, activation));
      if (dropout != 0) {
        layers.add(Layers.dropout(dropout));
      }
    }
    layers.add(Layers.dense(outputs));
    return new Sequential("mlp", layers);
  }

  /// One dense layer without activation: linear regression, or logistic regression under a
  /// cross-entropy.
  public static Sequential linear(int outputs) {
    return Sequential.of(Layers.dense(outputs)).withName("linear");
  }

  /// Reads a model's text: `mlp(128, 64, activation=relu, dropout=0.1)`, `linear`, `logistic` (the
  /// same layer, named for the loss it is used with). All take `initializer`, `l1`, `l2` and
  /// `max_norm` for the weights of every dense layer, the last included: `mlp(64, l2=1e-4,
  /// max_norm=3)`, `linear(l1=0.01)`; see [Penalty] and [Initializer].
  ///
  /// @param outputs the classes, or the numbers to predict
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Sequential parse(String text, int outputs) {
    NotNull.check(text, "text");
    Call call = Call.parse(text);
    return switch (call.name()) {
      case "mlp" -> parseMlp(call, outputs);
      case "linear", "logistic" -> {
        var arguments = call.bind("argument of " + call.name(), DENSE_ARGUMENTS);
        yield withArguments(linear(outputs).withName(call.name()), arguments);
      }
      default -> throw call.span().error(Nearest.sentence("model", call.name(), NAMES));
    };
  }

  private static Sequential parseMlp(Call call, int outputs) {
    List<Integer> units = new ArrayList<>();
    for (CallValue value : call.positional()) {
      int n = value.asInt("mlp: units");
      if (n < 1) {
        throw value.span().error("mlp: units must be at least 1, found " + n);
      }
      units.add(n);
    }
    if (units.isEmpty()) {
      throw call.span()
          .error("mlp: expected the units of at least one hidden layer, as in mlp(128, 64)");
    }
    List<String> names = new ArrayList<>(List.of("activation", "dropout"));
    names.addAll(DENSE_ARGUMENTS);
    call.requireNamed("argument of mlp", names);
    Activation activation = call.named("activation").map(Activation::read).orElse(Activation.RELU);
    double dropout = call.named("dropout").map(v -> v.asDouble("mlp: dropout")).orElse(0.0);
    Map<String, CallValue> arguments = new LinkedHashMap<>();
    call.named().forEach(argument -> arguments.put(argument.name(), argument.value()));
    return withArguments(mlp(units, activation, dropout, outputs), arguments);
  }

  private static Sequential withArguments(Sequential model, Map<String, CallValue> arguments) {
    CallValue initializer = arguments.get("initializer");
    Sequential drawn =
        initializer == null ? model : model.withInitializer(Initializers.parse(initializer));
    return drawn.withPenalty(Layers.penalty(model.name(), arguments));
  }
}
