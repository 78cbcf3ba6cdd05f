package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.nn.VarianceScaling.Distribution;
import dev.thalweg.nn.VarianceScaling.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Initializers read from text.
final class Initializers {

  private static final List<Initializer> PAPERS =
      List.of(
          Initializer.GLOROT_UNIFORM,
          Initializer.GLOROT_NORMAL,
          Initializer.GLOROT_TRUNCATED_NORMAL,
          Initializer.HE_UNIFORM,
          Initializer.HE_NORMAL,
          Initializer.HE_TRUNCATED_NORMAL,
          Initializer.LECUN_UNIFORM,
          Initializer.LECUN_NORMAL,
          Initializer.LECUN_TRUNCATED_NORMAL,
          Initializer.ZEROS,
          Initializer.ONES);

  private static final List<String> NAMES;

  static {
    List<String> names = new ArrayList<>(PAPERS.stream().map(Object::toString).toList());
    names.addAll(List.of("variance_scaling", "orthogonal", "uniform", "normal", "constant"));
    NAMES = List.copyOf(names);
  }

  private Initializers() {}

  /// Reads an argument: a word or a call.
  ///
  /// @throws IllegalArgumentException with the nearest known name
  static Initializer parse(CallValue value) {
    return switch (value) {
      case Call call -> parse(call);
      case CallValue.Word word -> parse(new Call(word.text(), List.of(), List.of(), word.span()));
      default ->
          throw value
              .span()
              .error("initializer must be a word or a call, as constant(0.1), found " + value);
    };
  }

  static Initializer parse(Call call) {
    for (Initializer paper : PAPERS) {
      if (paper.toString().equals(call.name())) {
        call.bind("argument of " + call.name(), List.of());
        return paper;
      }
    }
    return switch (call.name()) {
      case "variance_scaling" -> {
        var a = bind(call, "scale", "mode", "distribution");
        CallValue mode = a.get("mode");
        CallValue distribution = a.get("distribution");
        yield checked(
            call,
            () ->
                new VarianceScaling(
                    number(a, "scale", 1),
                    mode == null ? Mode.FAN_IN : Layers.choice("mode", mode, Mode.values()),
                    distribution == null
                        ? Distribution.TRUNCATED_NORMAL
                        : Layers.choice("distribution", distribution, Distribution.values())));
      }
      case "orthogonal" -> {
        var a = bind(call, "gain");
        yield checked(call, () -> new Orthogonal(number(a, "gain", 1)));
      }
      case "uniform" -> {
        var a = bind(call, "low", "high");
        yield checked(call, () -> new Uniform(number(a, "low", -0.05), number(a, "high", 0.05)));
      }
      case "normal" -> {
        var a = bind(call, "mean", "std");
        yield checked(call, () -> new Normal(number(a, "mean", 0), number(a, "std", 0.05)));
      }
      case "constant" -> {
        var a = bind(call, "value");
        double value = Layers.required(call, a, "value").asDouble("constant: value");
        yield checked(call, () -> new Constant(value));
      }
      default -> throw call.span().error(Nearest.sentence("initializer", call.name(), NAMES));
    };
  }

  private static SequencedMap<String, CallValue> bind(Call call, String... names) {
    return call.bind("argument of " + call.name(), List.of(names));
  }

  private static double number(
      SequencedMap<String, CallValue> arguments, String name, double usual) {
    CallValue value = arguments.get(name);
    return value == null ? usual : value.asDouble(name);
  }

  private static Initializer checked(Call call, Supplier<Initializer> make) {
    try {
      return make.get();
    } catch (SyntaxException placed) {
      throw placed;
    } catch (IllegalArgumentException wrong) {
      throw call.span().error(String.valueOf(wrong.getMessage()));
    }
  }
}
