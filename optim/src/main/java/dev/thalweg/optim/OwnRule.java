package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Span;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// A user's own rule: `rule('v = momentum * v + g; p -= lr * v', lr=0.1, momentum=0.9)`.
///
/// Every name of the formula that is only read is a hyperparameter and must be given; but `value`,
/// where it is not, is that of what is minimised, where the step begins.
final class OwnRule {
  static final String NAME = "rule";

  private OwnRule() {}

  /// The formula of one rule.
  private record Given(String text, Program program) implements Rule {
    @Override
    public String formula(Settings settings) {
      return text;
    }

    @Override
    public Program program(Settings settings) {
      return program;
    }
  }

  /// The method that a formula is.
  ///
  /// @throws SyntaxException if it is none
  static Method method(String formula) {
    Program program = Program.parse(formula);
    List<Hyperparameter> arguments = new ArrayList<>();
    var names = new LinkedHashSet<>(UpdatePlan.hyperparameters(program));
    for (Assignment beginning : program.beginnings()) {
      names.addAll(beginning.value().variables());
    }
    names.remove(UpdatePlan.PARAMETER);
    for (String name : names) {
      arguments.add(
          name.equals(Chain.VALUE)
              ? Arguments.optional(name, Range.ANY) // without one it is that of the objective
              : Arguments.required(name, Range.ANY));
    }
    Card card =
        Card.of(NAME, Family.DESCENT, "a rule given by its formula", formula).taking(arguments);
    return new Method(new Given(formula, program), card);
  }

  static Stage read(Call call) {
    if (call.positional().size() != 1) {
      throw call.span()
          .error("rule: expected a formula in quotes, then its hyperparameters by name");
    }
    CallValue text = call.positional().getFirst();
    Method method;
    try {
      method = method(text.asWord("rule: formula"));
    } catch (SyntaxException e) {
      throw text.span().error(e.sentence());
    }
    call.requireNamed("hyperparameter of the rule", Arguments.names(method.arguments()));
    Settings settings = Settings.defaults(method.arguments());
    for (Hyperparameter argument : method.arguments()) {
      Optional<CallValue> value = call.named(argument.name());
      if (value.isEmpty() && argument.kind() == Hyperparameter.Kind.OPTIONAL) {
        continue;
      }
      if (value.isEmpty()) {
        throw call.span().error("rule: " + argument.name() + " must be given");
      }
      settings = settings.with(argument.name(), argument.read(method.name(), value.get()));
    }
    return new Stage(method, settings);
  }

  /// The text form of a stage made by [#read].
  static Call text(Stage stage, List<Call.Argument> named) {
    return new Call(
        NAME,
        List.of(new CallValue.Word(stage.method().formula(stage.settings()), Span.none())),
        named,
        Span.none());
  }
}
