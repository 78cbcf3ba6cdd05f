package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.SyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `optax.partition`, which is also called `optax.multi_transform`: an optimizer for each
/// label, and the label of each parameter, by name, or of all whose names begin so:
/// `optax.partition({'a': optax.adam(1e-3), 'b': optax.sgd(0.1)}, {'encoder': 'a', 'head': 'b'})`.
/// It becomes groups, `optax.adam(0.001) for 'head' or 'head.*': optax.sgd(0.1)`.
final class OptaxPartition {
  static final List<String> NAMES = List.of("optax.partition", "optax.multi_transform");

  private static final List<String> ARGUMENTS =
      List.of("transforms", "param_labels", "mask_compatible_extra_args");

  private OptaxPartition() {}

  static boolean isMeant(Call call) {
    String name =
        call.name().toLowerCase(Locale.ROOT).replaceFirst("^optax\\.transforms\\.", "optax.");
    return NAMES.contains(name);
  }

  /// @throws SyntaxException if an argument is missing or wrong
  static Optimizer read(Call call) {
    Map<String, CallValue> given = call.bind("argument of " + call.name(), ARGUMENTS);
    Map<String, CallValue> transforms = entries(call, given, "transforms");
    Map<String, CallValue> labels = entries(call, given, "param_labels");
    Map<String, ParameterSelector> selectors = new LinkedHashMap<>();
    for (Map.Entry<String, CallValue> entry : labels.entrySet()) {
      String name = entry.getKey();
      CallValue value = entry.getValue();
      String label = value.asWord(call.name() + ": the label of " + name);
      if (!transforms.containsKey(label)) {
        throw value
            .span()
            .error(
                "%s: expected a label among %s, found %s"
                    .formatted(
                        call.name(),
                        String.join(", ", transforms.keySet()),
                        CallValue.shortened(label)));
      }
      ParameterSelector one = ParameterSelector.name(name).or(ParameterSelector.name(name + ".*"));
      ParameterSelector before = selectors.get(label);
      selectors.put(label, before == null ? one : before.or(one));
    }
    @Nullable Optimizer whole = null;
    for (Map.Entry<String, CallValue> transform : transforms.entrySet()) {
      ParameterSelector selector = selectors.get(transform.getKey());
      if (selector == null) {
        continue; // of no parameter, as Optax lets be
      }
      Optimizer one = optimizer(call, transform.getValue());
      whole = whole == null ? one : whole.where(selector, one);
    }
    if (whole == null) {
      throw call.span().error(call.name() + ": expected the label of a parameter, found none");
    }
    return whole;
  }

  private static Optimizer optimizer(Call call, CallValue value) {
    Call one =
        switch (value) {
          case Call own -> own;
          default ->
              throw value
                  .span()
                  .error(
                      call.name()
                          + ": expected a call, found "
                          + CallValue.shortened(value.toString()));
        };
    Optimizer optimizer = OptimizerText.read(List.of(one));
    if (optimizer.stages().size() > 1) {
      throw value
          .span()
          .error(
              "%s: expected an optimizer by itself for each label, since what stands before a rule is for all parameters, found %s"
                  .formatted(call.name(), CallValue.shortened(optimizer.toString())));
    }
    return optimizer;
  }

  /// What a dictionary has, by key.
  private static Map<String, CallValue> entries(
      Call call, Map<String, CallValue> given, String argument) {
    CallValue value = given.get(argument);
    var entries = new LinkedHashMap<String, CallValue>();
    if (value instanceof Call dict && dict.name().equals("dict")) {
      for (Call.Argument one : dict.named()) {
        entries.put(one.name(), one.value());
      }
    } else if (value instanceof CallValue.Tuple pairs) {
      for (CallValue pair : pairs.values()) {
        if (pair instanceof CallValue.Tuple both
            && both.values().size() == 2
            && both.values().getFirst() instanceof CallValue.Word key) {
          entries.put(key.text(), both.values().getLast());
        }
      }
    }
    if (entries.isEmpty()) {
      throw (value == null ? call.span() : value.span())
          .error(
              "%s: %s: expected a dictionary, {'name': …}, found %s"
                  .formatted(
                      call.name(),
                      argument,
                      value == null ? "nothing" : CallValue.shortened(value.toString())));
    }
    return entries;
  }
}
