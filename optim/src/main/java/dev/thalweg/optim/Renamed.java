package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Operator;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.optim.dialect.KerasCalls;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Another library's call that is a rule of ours, told by other names: its arguments with their
/// defaults, which of the rule's each one is, and the rule's settings that it has no argument for.
///
/// In a signature `*` is Python's mark that what follows goes by name only, `…` all that Keras'
/// base class takes, `name!` or `name!false` an argument of which only the default is supported.
/// Around the rule stands what all calls of the library do: PyTorch's `maximize`, the clipping,
/// decay, accumulation and averages of Keras' base class. `where direction` is what the rule
/// subtracts from the parameter, without the rate, as the gradient of what follows: Optax'
/// `scale_by_adam` of its `adam`; of a rule that says where the parameter goes, the way there.
final class Renamed implements Rule {
  private static final String DIRECTION = "direction";
  private static final String RATE = "lr";

  private final CardedRule rule;
  private final List<Hyperparameter> own;
  private final Library library;

  /// By the call's argument: the rule's, or several that a tuple has.
  private final Map<String, List<Hyperparameter>> targets;

  private final Settings usual;

  /// Whether it only says where the rule would go.
  private final boolean direction;

  private Renamed(
      CardedRule rule,
      List<Hyperparameter> own,
      Library library,
      Map<String, List<Hyperparameter>> targets,
      Settings usual,
      boolean direction) {
    this.rule = rule;
    this.own = own;
    this.library = library;
    this.targets = targets;
    this.usual = usual;
    this.direction = direction;
  }

  /// The rule as this call.
  ///
  /// @param own its card
  static Method method(CardedRule rule, Card own, Card.OtherCall call) {
    String name = call.library().prefix() + call.name();
    var arguments = new ArrayList<Hyperparameter>();
    var targets = new LinkedHashMap<String, List<Hyperparameter>>();
    String byNameFrom = "";
    boolean marked = false;
    for (String part : parts(call.signature())) {
      if (part.equals("*")) {
        marked = true;
        continue;
      }
      if (part.equals("…")) {
        if (!Arguments.names(arguments).contains("weight_decay")) {
          arguments.add(Arguments.optional("weight_decay", Range.NOT_NEGATIVE));
        }
        arguments.addAll(Card.ofKeras());
        continue;
      }
      int only = part.indexOf('!');
      if (only >= 0) {
        Setting usual = part.endsWith("!false") ? new Setting.Flag(false) : Setting.none();
        arguments.add(
            Arguments.refused(
                part.substring(0, only),
                usual,
                usual.equals(Setting.none()) ? "functions are not" : "it is left as it is"));
        byNameFrom = marked && byNameFrom.isEmpty() ? arguments.getLast().name() : byNameFrom;
        continue;
      }
      int equals = part.indexOf('=');
      String left = equals < 0 ? part : part.substring(0, equals);
      int colon = left.indexOf(':');
      String theirs = colon < 0 ? left : left.substring(0, colon);
      Optional<Hyperparameter> shared =
          equals < 0 ? shared(call.library(), theirs) : Optional.empty();
      if (shared.isPresent()) {
        arguments.add(shared.get());
      } else {
        boolean same = Arguments.names(own.arguments()).contains(theirs);
        String ours = colon < 0 ? same ? theirs : usualName(theirs) : left.substring(colon + 1);
        List<Hyperparameter> meant = new ArrayList<>();
        for (String one : ours.split("\\+", 0)) {
          meant.add(argument(own, one, name));
        }
        Hyperparameter argument = argument(call.library(), theirs, meant);
        arguments.add(
            equals < 0 ? argument : withDefault(argument, name, part.substring(equals + 1)));
        targets.put(theirs, meant);
      }
      if (marked && byNameFrom.isEmpty()) {
        byNameFrom = theirs;
      }
    }
    boolean direction = parts(call.conventions()).contains(DIRECTION);
    Card card = Card.of(call.library(), call.name(), own.family(), own.summary()).taking(arguments);
    if (direction) {
      String summary = "the direction of " + own.name();
      card = Card.of(card.name(), Family.STAGE, summary, card.paper()).taking(arguments);
    }
    Settings usual = Settings.defaults(own.arguments());
    for (String part : parts(call.conventions())) {
      if (part.equals(DIRECTION)) {
        continue;
      }
      int equals = part.indexOf('=');
      Hyperparameter argument = argument(own, part.substring(0, equals), name);
      usual = usual.with(argument.name(), value(argument, name, part.substring(equals + 1)));
    }
    return new Method(
        new Renamed(rule, own.arguments(), call.library(), targets, usual, direction),
        byNameFrom.isEmpty() ? card : card.byNameFrom(byNameFrom));
  }

  /// The rule of ours that it is.
  CardedRule rule() {
    return rule;
  }

  /// The parts between commas outside of parentheses.
  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        if (!text.substring(from, i).isBlank()) {
          parts.add(text.substring(from, i).strip());
        }
        from = i + 1;
      }
    }
    return parts;
  }

  /// What libraries call an argument of ours.
  private static String usualName(String theirs) {
    return switch (theirs) {
      case "learning_rate" -> "lr";
      case "betas" -> "beta1+beta2";
      case "b1", "beta_1" -> "beta1";
      case "b2", "beta_2" -> "beta2";
      case "b3", "beta_3" -> "beta3";
      case "eps" -> "epsilon";
      case "eps_root" -> "epsilon_root";
      default -> theirs;
    };
  }

  /// What all calls of a library may take, and no rule has.
  private static Optional<Hyperparameter> shared(Library library, String name) {
    boolean mask = name.equals("mask") || name.equals("weight_decay_mask");
    return mask && library != Library.OPTAX
        ? Optional.empty()
        : Optional.ofNullable(Arguments.shared(name));
  }

  private static Hyperparameter argument(Card own, String name, String call) {
    for (Hyperparameter argument : own.arguments()) {
      if (argument.name().equals(name)) {
        return argument;
      }
    }
    throw new IllegalStateException("%s: %s has no argument %s".formatted(call, own.name(), name));
  }

  /// A library's argument that is one or several of ours; without a default but for a switch.
  private static Hyperparameter argument(
      Library library, String theirs, List<Hyperparameter> meant) {
    Hyperparameter first = meant.getFirst();
    if (meant.size() == 1) {
      boolean rate = first.name().equals("lr");
      return new Hyperparameter(
          theirs,
          first.kind(),
          first.symbols(),
          first.kind() == Hyperparameter.Kind.CHOICE ? first.defaultValue() : Setting.none(),
          rate ? Range.NOT_NEGATIVE : first.range(),
          "must be given");
    }
    Range widest = first.range();
    for (Hyperparameter one : meant) {
      widest = widest.high() < one.range().high() ? one.range() : widest;
    }
    return new Hyperparameter(
        theirs,
        Hyperparameter.Kind.TUPLE,
        Arguments.names(meant),
        Setting.none(),
        widest,
        library.note());
  }

  private static Hyperparameter withDefault(Hyperparameter argument, String call, String text) {
    Library library = Library.of(call);
    String note = library == null ? "" : library.note();
    Hyperparameter known =
        new Hyperparameter(
            argument.name(),
            text.equalsIgnoreCase("none") && argument.kind() == Hyperparameter.Kind.NUMBER
                ? Hyperparameter.Kind.OPTIONAL
                : argument.kind(),
            argument.symbols(),
            argument.defaultValue(),
            argument.range(),
            note);
    return new Hyperparameter(
        known.name(),
        known.kind(),
        known.symbols(),
        value(known, call, text),
        known.range(),
        known.note());
  }

  private static Setting value(Hyperparameter argument, String call, String text) {
    CallValue value = Call.parse("call(" + text + ")").positional().getFirst();
    return argument.read(call, value);
  }

  /// The rule's settings that the call's mean.
  Settings meant(Settings theirs) {
    Settings ours = usual;
    for (Map.Entry<String, List<Hyperparameter>> target : targets.entrySet()) {
      Setting value = theirs.values().get(target.getKey());
      List<Hyperparameter> meant = target.getValue();
      if (meant.size() > 1 && value instanceof Setting.Several(List<Schedule> several)) {
        for (int i = 0; i < meant.size(); i++) {
          ours = ours.with(meant.get(i).name(), new Setting.Single(several.get(i)));
        }
      } else if (value != null) {
        ours = ours.with(meant.getFirst().name(), value);
      }
    }
    return ours;
  }

  @Override
  public String formula(Settings settings) {
    return around(settings, rule.formula(meant(settings)));
  }

  @Override
  public String formula(Settings settings, Parameter parameter) {
    return around(settings, rule.formula(meant(settings), parameter));
  }

  /// The lines with what the rule subtracts from the parameter as the gradient.
  ///
  /// @param takesRate whether the call has a rate, which stays where it is
  private static String direction(String lines, boolean takesRate) {
    Program program = Program.parse(lines);
    var text = new StringBuilder();
    for (Assignment beginning : program.beginnings()) {
      text.append("init ").append(beginning).append('\n');
    }
    boolean last = program.assignments().getLast().target().equals(UpdatePlan.PARAMETER);
    for (Assignment assignment : program.assignments()) {
      Expression value =
          takesRate
              ? assignment.value()
              : assignment.value().substitute(Map.of(RATE, Expression.number(1)));
      if (assignment.target().equals(UpdatePlan.PARAMETER)) {
        text.append(last ? "g = " : "along = ").append(way(assignment.value()));
      } else {
        text.append(assignment.target()).append(" = ").append(value);
      }
      text.append('\n');
    }
    return text + (last ? "" : "g = along"); // as what follows reads the gradient
  }

  /// What a parameter's new value is less without the rate, or how far it is from the old one.
  private static Expression way(Expression value) {
    Expression parameter = Expression.variable(UpdatePlan.PARAMETER);
    return value.operation() == Operator.SUBTRACT && value.input(0).equals(parameter)
        ? withoutRate(value.input(1))
        : Expression.of(Operator.SUBTRACT, value, parameter);
  }

  private static Expression withoutRate(Expression step) {
    Operator operation = step.operation();
    Expression rate = Expression.variable(RATE);
    if (operation == Operator.MULTIPLY && step.input(0).equals(rate)) {
      return step.input(1);
    }
    if (operation == Operator.MULTIPLY || operation == Operator.DIVIDE) {
      return Expression.of(operation, withoutRate(step.input(0)), step.input(1));
    }
    if (operation == Operator.SELECT) {
      return Expression.of(operation, step.input(0), withoutRate(step.input(1)), step.input(2));
    }
    return step.substitute(Map.of(RATE, Expression.number(1)));
  }

  /// The rule's lines with what all calls of the library do.
  private String around(Settings settings, String lines) {
    if (direction) {
      return direction(lines, takesRate());
    }
    Map<String, Setting> values = settings.values();
    if (library == Library.TORCH && values.containsKey("maximize") && settings.flag("maximize")) {
      return "g = -g\n" + lines;
    }
    return library == Library.KERAS && values.containsKey("clipnorm")
        ? KerasCalls.around(settings, KerasCalls.before(settings) + lines)
        : lines;
  }

  @Override
  public SequencedMap<String, Schedule> schedules(
      Settings settings, List<Hyperparameter> arguments) {
    var schedules = new LinkedHashMap<>(settings.schedules(arguments));
    for (Map.Entry<String, Schedule> one : meant(settings).schedules(own).entrySet()) {
      schedules.putIfAbsent(one.getKey(), one.getValue());
    }
    if (direction && !takesRate()) {
      schedules.remove(RATE);
    }
    return schedules;
  }

  /// Whether an argument of the call is the rule's rate.
  private boolean takesRate() {
    for (List<Hyperparameter> meant : targets.values()) {
      if (meant.getFirst().symbols().contains(RATE)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<String> evaluation(Settings settings) {
    return rule.evaluation(meant(settings));
  }

  @Override
  public boolean computes() {
    return rule.computes();
  }

  @Override
  public Program program(Settings settings) {
    return rule.computes() ? Rule.super.program(settings) : rule.program(meant(settings));
  }

  @Override
  public Map<String, String> told() {
    return rule.told();
  }

  @Override
  public Optional<String> conflict(Settings settings) {
    Optional<String> base =
        library == Library.KERAS && settings.values().containsKey("clipnorm")
            ? KerasCalls.conflict(settings)
            : Optional.empty();
    return base.isPresent() ? base : rule.conflict(meant(settings));
  }
}
