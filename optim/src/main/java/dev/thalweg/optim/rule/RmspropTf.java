package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// RMSProp as TensorFlow 1 has it: squares that begin at 1, ε within the root, the rate within the
/// momentum. Reinforcement learning reports results with it; [Rmsprop] has each of the three as an
/// argument.
public final class RmspropTf implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "rmsprop_tf",
            Family.ADAPTIVE,
            "RMSProp in TensorFlow 1's form",
            "TensorFlow 1, tf.train.RMSPropOptimizer; timm, RMSpropTF")
        .taking(
            number("lr", 1e-2, POSITIVE, "timm"),
            number("rho", 0.9, FRACTION, "TensorFlow 1"),
            number("momentum", 0, FRACTION, "TensorFlow 1"),
            number("epsilon", 1e-10, NOT_NEGATIVE, "TensorFlow 1"),
            flag("centered", false));
  }

  @Override
  public String formula(Settings s) {
    String square = s.flag("centered") ? "v - m^2" : "v";
    String step = "lr * " + s.overRootWithin("epsilon", "g", square);
    return "init v = 1\nv = rho * v + (1 - rho) * g^2\n"
        + (s.flag("centered") ? "m = rho * m + (1 - rho) * g\n" : "")
        + (s.has("momentum") ? "b = momentum * b + " + step + "\np -= b" : "p -= " + step);
  }
}
