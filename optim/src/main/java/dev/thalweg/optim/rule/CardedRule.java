package dev.thalweg.optim.rule;

/// A rule of the table: with the card that it is known by.
public interface CardedRule extends Rule {
  /// What is known about it, as [CardText] reads it.
  String card();
}
