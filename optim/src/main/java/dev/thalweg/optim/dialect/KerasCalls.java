package dev.thalweg.optim.dialect;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Operator;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Keras' base class does around each rule: one kind of clipping, then decoupled decay;
/// accumulation, the average of the weights.
///
/// `weight_decay` is decoupled for all of them. `clipnorm` is the norm of each variable by itself.
public final class KerasCalls {
  private static final String ACCUMULATION = "gradient_accumulation_steps";
  private static final String OVERWRITE = "ema_overwrite_frequency";

  private KerasCalls() {}

  /// A rule's lines with what the base class does around them, but for [#before].
  public static String around(Settings s, String rule) {
    return averaged(s, accumulated(s, rule));
  }

  /// What doesn't go together in the base class.
  public static Optional<String> conflict(Settings s) {
    boolean norm = s.isGiven("clipnorm");
    boolean value = s.isGiven("clipvalue");
    if ((norm && value) || (s.isGiven("global_clipnorm") && (norm || value))) {
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
    Schedule count = s.schedules(List.of(Arguments.optional(name, Range.POSITIVE))).get(name);
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
    for (Assignment beginning : program.beginnings()) {
      lines.append("\ninit ").append(beginning);
    }
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
  public static String before(Settings s) {
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
}
