package dev.thalweg.optim;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.PART;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.Argument.fixed;
import static dev.thalweg.optim.Argument.flag;
import static dev.thalweg.optim.Argument.ignored;
import static dev.thalweg.optim.Argument.number;
import static dev.thalweg.optim.Argument.optional;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Operator;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.UpdatePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Keras' own calls, computed as Keras 3.15.1 computes them: the rule of each optimizer and what
/// their base class does before it (one kind of clipping, then decoupled decay).
///
/// `weight_decay` is decoupled for all of them. `clipnorm` is the norm of each variable by itself.
final class KerasMethods {
  private static final String VERSION = "Keras 3.15.1, keras.optimizers";
  private static final String ACCUMULATION = "gradient_accumulation_steps";
  private static final String OVERWRITE = "ema_overwrite_frequency";
  private static final String DEFAULT = "Keras' default";

  private static final Formulas FORMULAS = new Lines();

  static final Method SGD =
      keras("SGD", Family.MOMENTUM, "descent, with the rate inside the buffer")
          .taking(
              arguments(rate(0.01), number("momentum", 0, PART, DEFAULT), flag("nesterov", false)))
          .by(FORMULAS);

  static final Method RMSPROP =
      keras("RMSprop", Family.ADAPTIVE, "RMSProp, ε inside the root, the rate inside the buffer")
          .taking(
              arguments(
                  rate(1e-3),
                  number("rho", 0.9, PART, DEFAULT),
                  number("momentum", 0, PART, DEFAULT),
                  number("epsilon", 1e-7, NOT_NEGATIVE, DEFAULT),
                  flag("centered", false)))
          .by(FORMULAS);

  static final Method ADAGRAD =
      keras("Adagrad", Family.ADAPTIVE, "AdaGrad, ε inside the root, sums beginning at 0.1")
          .taking(
              arguments(
                  rate(1e-3),
                  fixed("initial_accumulator_value", 0.1, NOT_NEGATIVE, DEFAULT),
                  number("epsilon", 1e-7, NOT_NEGATIVE, DEFAULT)))
          .beginning("s", "initial_accumulator_value")
          .by(FORMULAS);

  static final Method ADAM =
      keras("Adam", Family.ADAM, "Adam, ε beside the uncorrected root")
          .taking(arguments(adamArguments()))
          .by(FORMULAS);

  static final Method ADAMW =
      keras("AdamW", Family.ADAM, "Keras' Adam with a decay of 0.004")
          .taking(adamwArguments())
          .by(FORMULAS);

  static final List<Method> ALL = List.of(SGD, RMSPROP, ADAGRAD, ADAM, ADAMW);

  private KerasMethods() {}

  /// The formulas of this table.
  private static final class Lines implements Formulas {
    @Override
    public String formula(String method, Settings s) {
      return switch (method) {
        case "SGD" -> averaged(s, accumulated(s, before(s) + sgd(s)));
        case "RMSprop" -> averaged(s, accumulated(s, rmsprop(s)));
        case "Adagrad" ->
            averaged(s, accumulated(s, before(s) + "s = s + g^2\np -= lr * " + over(s, "s")));
        case "Adam", "AdamW" -> averaged(s, accumulated(s, adam(s)));
        default -> throw new IllegalStateException("no formula of " + method);
      };
    }

    @Override
    public Optional<String> conflict(String method, Settings s) {
      return KerasMethods.conflict(s);
    }
  }

  private static Method keras(String name, Family family, String summary) {
    return Method.of("keras." + name, family, summary, VERSION);
  }

  private static Argument rate(double value) {
    return number("learning_rate", value, NOT_NEGATIVE, DEFAULT).symbol("lr");
  }

  private static Argument[] adamArguments() {
    return new Argument[] {
      rate(1e-3),
      number("beta_1", 0.9, FRACTION, DEFAULT).symbol("beta1"),
      number("beta_2", 0.999, FRACTION, DEFAULT).symbol("beta2"),
      number("epsilon", 1e-7, NOT_NEGATIVE, DEFAULT),
      flag("amsgrad", false)
    };
  }

  /// AdamW's own order: the decay second, and a number always.
  private static List<Argument> adamwArguments() {
    var own = new ArrayList<>(List.of(adamArguments()));
    own.add(1, number("weight_decay", 4e-3, NOT_NEGATIVE, DEFAULT));
    return withBase(own);
  }

  private static List<Argument> arguments(Argument... own) {
    var arguments = new ArrayList<>(List.of(own));
    arguments.add(optional("weight_decay", NOT_NEGATIVE));
    return withBase(arguments);
  }

  /// With what the base class takes.
  private static List<Argument> withBase(List<Argument> own) {
    var arguments = new ArrayList<>(own);
    arguments.add(optional("clipnorm", POSITIVE));
    arguments.add(optional("clipvalue", POSITIVE));
    arguments.add(optional("global_clipnorm", POSITIVE));
    arguments.add(flag("use_ema", false));
    arguments.add(number("ema_momentum", 0.99, PART, DEFAULT));
    arguments.add(optional("ema_overwrite_frequency", POSITIVE));
    arguments.add(optional("loss_scale_factor", POSITIVE));
    arguments.add(optional("gradient_accumulation_steps", POSITIVE));
    arguments.add(ignored("name"));
    return arguments;
  }

  private static Optional<String> conflict(Settings s) {
    long kinds = Stream.of("clipnorm", "clipvalue", "global_clipnorm").filter(s::isGiven).count();
    if (kinds > 1) {
      return Optional.of("only one of clipnorm, clipvalue and global_clipnorm can be given");
    }
    Optional<String> steps = notWhole(s, ACCUMULATION, 2);
    return steps.isPresent() || !s.flag("use_ema") ? steps : notWhole(s, OVERWRITE, 1);
  }

  /// The sentence about a count that is given and is none.
  private static Optional<String> notWhole(Settings s, String name, int least) {
    if (!s.isGiven(name)) {
      return Optional.empty();
    }
    Schedule count = s.schedules(List.of(optional(name, POSITIVE))).get(name);
    return count != null
            && count.isConstant()
            && count.at(0) >= least
            && count.at(0) == Math.rint(count.at(0))
        ? Optional.empty()
        : Optional.of(
            "%s must be a whole number of at least %d, found %s".formatted(name, least, count));
  }

  /// A rule that moves at every k-th gradient only, by the mean of k: what the rule assigns to the
  /// parameter and its slots is kept at the other steps. Its own step counts the moves; its rate is
  /// that of the gradient.
  private static String accumulated(Settings s, String rule) {
    if (!s.isGiven(ACCUMULATION)) {
      return rule;
    }
    Program program = Program.parse(rule);
    List<String> kept = program.variables();
    Expression due = Expression.variable("due");
    Map<String, Expression> moves =
        Map.of(UpdatePlan.STEP, Expression.parse(UpdatePlan.STEP + " / " + ACCUMULATION));
    var lines = new StringBuilder();
    lines.append(
        """
        began = floor((t - 1) / gradient_accumulation_steps) * gradient_accumulation_steps == t - 1
        due = floor(t / gradient_accumulation_steps) * gradient_accumulation_steps == t
        total = where(began, 0, total) + g
        g = total / gradient_accumulation_steps\
        """);
    for (Assignment assignment : program.assignments()) {
      String target = assignment.target();
      Expression value = assignment.value().substitute(moves);
      boolean isKept = kept.contains(target) && !target.equals(UpdatePlan.GRADIENT);
      lines
          .append('\n')
          .append(target)
          .append(" = ")
          .append(
              isKept
                  ? Expression.of(Operator.SELECT, due, value, Expression.variable(target))
                  : value);
    }
    return lines.toString();
  }

  /// What the base class does: clipping, then decay.
  private static String before(Settings s) {
    String lines = s.isGiven("loss_scale_factor") ? "g = g / loss_scale_factor\n" : "";
    if (s.isGiven("clipnorm")) {
      lines += "g = g * clipnorm / max(norm(g), clipnorm)\n";
    }
    if (s.isGiven("global_clipnorm")) {
      lines += "g = g * global_clipnorm * min(1 / global_norm(g), 1 / global_clipnorm)\n";
    }
    if (s.isGiven("clipvalue")) {
      lines += "g = clip(g, -clipvalue, clipvalue)\n";
    }
    return s.has("weight_decay") ? lines + "p -= lr * weight_decay * p\n" : lines;
  }

  /// What the base class does after the rule: the average of the weights, put in their place every
  /// so many updates. Without that number Keras does it once, at the end of `fit`, which is not
  /// part of a step.
  ///
  /// With accumulation Keras averages at every gradient all the same, but counts those of one move
  /// as one: at all gradients of the first move the average is the weights, and at all gradients of
  /// each move that it is due at it takes their place.
  private static String averaged(Settings s, String rule) {
    if (!s.flag("use_ema") || !s.isGiven(OVERWRITE)) {
      return rule;
    }
    boolean accumulated = s.isGiven(ACCUMULATION);
    return rule
        + (accumulated ? "\nmoves = floor((t - 1) / gradient_accumulation_steps) + 1" : "")
        + """

        average = where(COUNT > 1, ema_momentum, 0) * average + (1 - where(COUNT > 1, ema_momentum, 0)) * p
        due = floor(COUNT / ema_overwrite_frequency) * ema_overwrite_frequency == COUNT
        p = where(due, average, p)\
        """
            .replace("COUNT", accumulated ? "moves" : "t");
  }

  private static String sgd(Settings s) {
    return s.has("momentum")
        ? "v = momentum * v - lr * g\np += " + (s.flag("nesterov") ? "momentum * v - lr * g" : "v")
        : "p -= lr * g";
  }

  private static String rmsprop(Settings s) {
    String lines = before(s) + "v = rho * v + (1 - rho) * g^2\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += "a = rho * a + (1 - rho) * g\n";
      square = "max(v - a^2, 0)";
    }
    String step = "lr * " + over(s, square);
    return s.has("momentum")
        ? lines + "b = momentum * b + " + step + "\np -= b"
        : lines + "p -= " + step;
  }

  private static String adam(Settings s) {
    String lines =
        before(s)
            + s.average("m", "g", "beta_1", "beta1", 0)
            + s.average("v", "g^2", "beta_2", "beta2", 0);
    String square = "v";
    if (s.flag("amsgrad")) {
      lines += "largest = max(largest, v)\n";
      square = "largest";
    }
    return lines
        + "p -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * "
        + s.over(
            "epsilon", "m", square, "(sqrt(" + square + ") + epsilon)", "sqrt(" + square + ")");
  }

  private static String over(Settings s, String square) {
    return s.over("epsilon", "g", square, "sqrt(" + square + " + epsilon)", "sqrt(" + square + ")");
  }
}
