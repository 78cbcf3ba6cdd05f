package dev.thalweg.optim;

import dev.thalweg.optim.around.Accumulate;
import dev.thalweg.optim.around.Finite;
import dev.thalweg.optim.dialect.OptaxPart;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.PrivateStage;
import dev.thalweg.optim.rule.RunStage;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/// Every method of the table at work that needs no more than gradients: as it is and with any two
/// of its switches, choices and numbers that are off by default set otherwise; a stage in front of
/// plain descent. So a new rule is in every property test by being in the table.
final class EveryRule {
  static final double RATE = 0.05;

  /// Rules of a user's own, for what no method of the table has: slots of one number, a sum that
  /// stands upon another.
  private static final List<String> OWN =
      List.of(
          "rule('n = max(n, global_norm(g)); p -= lr * g / n', lr=0.05)",
          "rule('n = max(0.5 * n, norm(g)); v = 0.5 * v + g / n; p -= lr * v', lr=0.05)",
          "rule('c = 0.5 * c + 1; p -= lr * (g - mean(g)) / c', lr=0.05)",
          "rule('s = 0.9 * s + global_mean(g^2); p -= lr * sign(g) * sqrt(s)', lr=0.05)");

  private EveryRule() {}

  /// Each method as it is, and one of the others for each formula and beginning of its slots.
  static List<Optimizer> all() {
    var all = new LinkedHashSet<Optimizer>();
    var seen = new HashSet<String>();
    for (Method method : Methods.all()) {
      if (asks(method)) {
        continue;
      }
      List<Optimizer> variants =
          stages(method).stream()
              .map(EveryRule::around)
              .filter(optimizer -> !optimizer.chain().asks())
              .toList();
      all.add(variants.getFirst());
      for (Optimizer optimizer : variants) {
        if (seen.add(
            optimizer.formula() + "\n" + beginnings(optimizer) + optimizer.onNonFinite())) {
          all.add(optimizer);
        }
      }
    }
    OWN.forEach(text -> all.add(Optimizer.parse(text)));
    return List.copyOf(all);
  }

  /// Whether it is a stage that the run sees to by what it is told, or by the names of layers:
  /// ControllersTest has these.
  static boolean isController(Method method) {
    return method.rule() instanceof PrivateStage
        || (method.rule() instanceof RunStage
            && !(method.rule() instanceof Accumulate)
            && !(method.rule() instanceof Finite));
  }

  /// Whether a method needs more than gradients: AskingGoldenTest and OptimizerAsksTest have these,
  /// and ControllersTest.
  static boolean asks(Method method) {
    if (isController(method)) {
      return true;
    }
    Stage stage = new Stage(method, Settings.defaults(method.arguments()));
    return stage.asks() || (stage.computes() && stage.program().variables().contains(Chain.VALUE));
  }

  /// Those without functions of whole arrays.
  static List<Optimizer> ofElements() {
    return all().stream().filter(one -> one.chain().plan().passes().isEmpty()).toList();
  }

  /// The others: methods for matrices.
  static List<Optimizer> ofMatrices() {
    return all().stream().filter(one -> !one.chain().plan().passes().isEmpty()).toList();
  }

  /// What the slots of the formula begin at.
  static SequencedMap<String, Double> beginnings(Optimizer optimizer) {
    var beginnings = new LinkedHashMap<String, Double>();
    Chain chain = optimizer.chain();
    for (String slot : chain.initial().keySet()) {
      beginnings.put(slot, chain.beginsAsParameter(slot) ? Double.NaN : chain.beginning(slot, 0));
    }
    return beginnings;
  }

  private static Optimizer around(Stage stage) {
    var optimizer = new Optimizer(List.of(stage));
    if (stage.method().family() != Family.STAGE) {
      return optimizer;
    }
    if (stage.method().rule() == OptaxPart.KEEP_PARAMS_NONNEGATIVE) {
      return Optimizer.parse("optax.sgd(" + RATE + ")").then(optimizer);
    }
    return optimizer.then(
        Optimizer.parse(
            stage.method().name().startsWith("optax.")
                ? "optax.scale_by_learning_rate(" + RATE + ")"
                : "sgd(" + RATE + ")"));
  }

  /// The method as it is, with each change, and with each two. Of a call that is a rule of ours
  /// under other names with each change only, and not those of Keras' base class.
  private static List<Stage> stages(Method method) {
    Settings standard = Settings.defaults(method.arguments());
    for (Hyperparameter argument : method.arguments()) {
      if (argument.symbols().contains("lr")) {
        standard = standard.with(argument.name(), Setting.number(RATE));
      } else if (argument.kind() == Hyperparameter.Kind.NUMBER
          && !standard.isGiven(argument.name())) {
        standard = standard.with(argument.name(), Setting.number(0.5));
      } else if (argument.isFixed() && !standard.isGiven(argument.name())) {
        standard = standard.with(argument.name(), Setting.number(2));
      }
    }
    var changes = new ArrayList<Change>();
    boolean renamed = method.rule() instanceof Renamed;
    List<String> base = renamed ? Arguments.names(Card.ofKeras()) : List.of();
    for (Hyperparameter argument : method.arguments()) {
      for (Setting value : base.contains(argument.name()) ? List.<Setting>of() : others(argument)) {
        changes.add(new Change(argument, value));
      }
    }
    var stages = new ArrayList<Stage>();
    stages.add(new Stage(method, standard));
    for (int i = 0; i < changes.size(); i++) {
      for (int j = i; j < (renamed ? i + 1 : changes.size()); j++) {
        Settings settings = changes.get(j).of(changes.get(i).of(standard));
        if (method.conflict(settings).isEmpty()) {
          stages.add(new Stage(method, settings));
        }
      }
    }
    return stages;
  }

  private record Change(Hyperparameter argument, Setting value) {
    Settings of(Settings settings) {
      return settings.with(argument.name(), value);
    }
  }

  private static List<Setting> others(Hyperparameter argument) {
    return switch (argument.kind()) {
      case FLAG, CHOICE ->
          Conventions.values(argument).stream()
              .filter(value -> !value.equals(argument.defaultValue()))
              .toList();
      case OPTIONAL ->
          List.of(
              Setting.number(isCount(argument) ? 3 : argument.range().contains(0.5) ? 0.5 : 1.5));
      case NUMBER, FIXED ->
          argument.defaultValue().equals(Setting.number(0))
              ? List.of(Setting.number(0.25))
              : List.of();
      case WHOLE, TUPLE, IGNORED, REFUSED -> List.of();
    };
  }

  private static boolean isCount(Hyperparameter argument) {
    return argument.name().endsWith("_frequency") || argument.name().endsWith("_steps");
  }
}
