package dev.thalweg.optim;

import dev.thalweg.formula.Program;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// An update rule or a stage around one, as [Methods] finds it: a [Rule] with its card.
final class Method {
  private final Rule rule;
  private final Card card;

  Method(CardedRule rule) {
    this(rule, Card.of(rule.card()));
  }

  /// @param card what it is known by
  Method(Rule rule, Card card) {
    this.rule = rule;
    this.card = card;
  }

  /// The rule itself.
  Rule rule() {
    return rule;
  }

  /// The same with other formulas.
  Method with(Rule other) {
    return new Method(other, card);
  }

  /// As in the text form: `adamw`, `torch.AdamW`.
  String name() {
    return card.name();
  }

  Family family() {
    return card.family();
  }

  String summary() {
    return card.summary();
  }

  /// The paper, or the library with its version.
  String paper() {
    return card.paper();
  }

  List<String> aliases() {
    return card.aliases();
  }

  /// In the order of their places.
  List<Hyperparameter> arguments() {
    return card.arguments();
  }

  /// How many of them may be given by their place; the others have a name.
  int positional() {
    return card.positional();
  }

  /// The lines of the formula; empty for a stage that computes nothing.
  String formula(Settings settings) {
    return rule.formula(settings);
  }

  /// The same as a program.
  Program program(Settings settings) {
    return rule.program(settings);
  }

  /// The values of the hyperparameters, by their names in the formula.
  SequencedMap<String, Schedule> schedules(Settings settings) {
    return rule.schedules(settings, arguments());
  }

  /// What doesn't go together in these settings, as a sentence without the method's name.
  Optional<String> conflict(Settings settings) {
    return rule.conflict(settings);
  }

  @Override
  public String toString() {
    return name();
  }
}
