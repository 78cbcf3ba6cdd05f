package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.optim.dialect.OptaxReduceOnPlateau;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.LossScaling;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads optimizers from text.
final class OptimizerText {
  private OptimizerText() {}

  static Optimizer read(List<Call> chain) {
    var stages = new ArrayList<Stage>();
    for (Call call : chain) {
      add(call, stages);
    }
    try {
      return new Optimizer(stages);
    } catch (IllegalArgumentException e) {
      throw located(e, chain.getLast().span());
    }
  }

  /// A complaint with a caret under what it is about, unless it has one.
  ///
  /// Not two handlers: the verifier would load the class of each.
  static IllegalArgumentException located(IllegalArgumentException e, Span span) {
    return e instanceof SyntaxException ? e : span.error(String.valueOf(e.getMessage()));
  }

  /// Adds a stage, or those of `optax.chain(…)`.
  private static void add(Call call, List<Stage> stages) {
    if (!call.name().toLowerCase(Locale.ROOT).equals("optax.chain")) {
      Optional<List<Call>> within = within(call);
      if (within.isPresent()) {
        stages.add(readAround(call));
        for (Call one : within.get()) {
          add(one, stages);
        }
      } else {
        stages.add(read(call));
      }
      return;
    }
    call.requireNamed("argument of optax.chain", List.of());
    int first = stages.size();
    for (int i = 0; i < call.positional().size(); i++) {
      CallValue part = call.positional().get(i);
      if (!(part instanceof Call one)) {
        throw part.span().error("optax.chain: expected a call, found " + part);
      }
      add(one, stages);
      if (stages.getLast().method().rule() instanceof OptaxReduceOnPlateau) {
        if (i + 1 < call.positional().size()) {
          throw part.span()
              .error("optax.reduce_on_plateau scales the steps of all before it: put it last");
        }
        stages.add(first, stages.removeLast());
      }
    }
  }

  /// What a stage is around where it is written with that as its first argument: `sam(sgd(lr=0.1),
  /// rho=0.05)`, which is `sam(rho=0.05) | sgd(lr=0.1)`.
  private static Optional<List<Call>> within(Call call) {
    if (call.positional().isEmpty()) {
      return Optional.empty();
    }
    CallValue first = call.positional().getFirst();
    // no switch over patterns on the way to a first step
    if (first instanceof CallValue.Chain chain) {
      return Optional.of(chain.calls());
    }
    if (first instanceof Call one && isOptimizer(one.name())) {
      return Optional.of(List.of(one));
    }
    if (first instanceof CallValue.Word word && isOptimizer(word.text())) {
      return Optional.of(List.of(new Call(word.text(), List.of(), List.of(), word.span())));
    }
    return Optional.empty();
  }

  /// Whether a name is no schedule's.
  private static boolean isOptimizer(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(OwnRule.NAME)
        || lower.equals("optax.chain")
        || Methods.named(name).isPresent();
  }

  /// The stage without what it is around.
  private static Stage readAround(Call call) {
    List<CallValue> others = call.positional().subList(1, call.positional().size());
    Stage stage = read(new Call(call.name(), others, call.named(), call.span()));
    boolean scales = stage.method().rule() instanceof LossScaling;
    if (!stage.isAround() && !stage.asks() && !scales && stage.computes()) {
      throw call.positional()
          .getFirst()
          .span()
          .error(
              "%s is around no other optimizer; a chain is written with |: %s"
                  .formatted(stage.method(), "clip_norm(1) | adamw(lr=0.001)"));
    }
    return stage;
  }

  /// The call without PyTorch's first argument: parameters are attached, not told.
  private static Call withoutParameters(Call call) {
    if (call.positional().isEmpty() || !isParameters(call.positional().getFirst())) {
      return call;
    }
    List<CallValue> others = call.positional().subList(1, call.positional().size());
    return new Call(call.name(), others, call.named(), call.span());
  }

  /// `params`, `model.parameters()`
  private static boolean isParameters(CallValue value) {
    return switch (value) {
      case CallValue.Word word -> word.text().equals("params") || word.text().equals("parameters");
      case Call call -> call.name().endsWith(".parameters") && call.positional().isEmpty();
      default -> false;
    };
  }

  static Stage read(Call text) {
    Call call =
        text.name().toLowerCase(Locale.ROOT).startsWith("torch.") ? withoutParameters(text) : text;
    if (call.name().toLowerCase(Locale.ROOT).equals(OwnRule.NAME)) {
      return OwnRule.read(call);
    }
    Optional<Method> known = Methods.named(call.name());
    if (known.isEmpty()) {
      throw call.span().error(Methods.unknown(call.name()));
    }
    Method method = known.get();
    List<Hyperparameter> arguments = method.arguments();
    SequencedMap<String, CallValue> given =
        call.bind("hyperparameter of " + method.name(), Arguments.names(arguments));
    checkPlaces(method, call);
    Settings settings = Settings.defaults(arguments);
    for (Hyperparameter argument : arguments) {
      CallValue value = given.get(argument.name());
      if (value != null) {
        value = method.rule().understood(argument.name(), value);
        settings = settings.with(argument.name(), argument.read(method.name(), value));
        checkAlone(method, argument, settings, value);
      }
    }
    try {
      Stage stage = new Stage(method, settings);
      stage.requireComplete();
      return stage;
    } catch (IllegalArgumentException e) {
      throw call.span().error(String.valueOf(e.getMessage()));
    }
  }

  private static void checkPlaces(Method method, Call call) {
    int most = method.positional();
    if (call.positional().size() > most) {
      String name = method.arguments().get(most).name();
      CallValue value = call.positional().get(most);
      throw value
          .span()
          .error(
              "%s: %s is given by its name only: %s=%s"
                  .formatted(method.name(), name, name, CallValue.shortened(value.toString())));
    }
  }

  /// Finds what is wrong with one value, so that the caret stands under it.
  private static void checkAlone(
      Method method, Hyperparameter argument, Settings settings, CallValue value) {
    Setting setting = settings.values().get(argument.name());
    if (setting == null) {
      return;
    }
    try {
      Stage.check(method, argument, setting);
    } catch (IllegalArgumentException e) {
      throw value.span().error(String.valueOf(e.getMessage()));
    }
  }
}
