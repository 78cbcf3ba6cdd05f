package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.Family;

/// Gradient descent.
///
/// Rates: no paper gives one that fits all. 0.01 is this library's choice and that of Keras.
public final class Sgd implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "sgd",
            Family.DESCENT,
            "gradient descent; on batches or single samples, stochastic gradient descent",
            "Cauchy 1847; Robbins & Monro 1951")
        .alias("gd", "gradient_descent")
        .taking(
            number("lr", 0.01, POSITIVE, "this library's choice"),
            number("weight_decay", 0, NOT_NEGATIVE, "the papers': none"),
            choice("decay", DecayForm.COUPLED));
  }

  @Override
  public String formula(Settings s) {
    return s.decayed("p -= lr * g");
  }
}
