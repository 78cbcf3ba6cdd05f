package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.EpsilonPlace;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.MomentumForm;
import dev.thalweg.optim.Setting;
import java.util.Optional;

/// The gradient over the root of the average of its recent squares. Tieleman & Hinton 2012, lecture
/// 6e; centered: Graves 2013, arXiv 1308.0850.
public final class Rmsprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "rmsprop",
            Family.ADAPTIVE,
            "each gradient is divided by the root of the average of its recent squares",
            "Tieleman & Hinton 2012, lecture 6e; centered: Graves 2013, arXiv 1308.0850")
        .taking(
            number("lr", 1e-3, POSITIVE, "Tieleman & Hinton 2012"),
            number("rho", 0.9, FRACTION, "Tieleman & Hinton 2012"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "this library's choice"),
            choice("epsilon_place", EpsilonPlace.OUTSIDE),
            flag("centered", false),
            number("momentum", 0, FRACTION, "the lecture's: none"),
            choice("form", MomentumForm.TRACE),
            fixed("initial_accumulator", 0, NOT_NEGATIVE, "the lecture's; TensorFlow 1 has 1"),
            number("weight_decay", 0, NOT_NEGATIVE, "the papers': none"),
            choice("decay", DecayForm.COUPLED));
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(lines(s));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    MomentumForm form = s.choice("form", MomentumForm.class);
    if (form != MomentumForm.TRACE && form != MomentumForm.VELOCITY) {
      return Optional.of(
          "form=" + new Setting.Choice(form) + " isn't defined here; expected trace or velocity");
    }
    return Adagrad.noHat(s);
  }

  private static String lines(Settings s) {
    String lines = "init v = initial_accumulator\nv = rho * v + (1 - rho) * g^2\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += "m = rho * m + (1 - rho) * g\n";
      square = "max(v - m^2, 0)";
    }
    String step = s.overRoot("g", square);
    if (!s.has("momentum")) {
      return lines + "p -= lr * " + step;
    }
    return s.choice("form", MomentumForm.class) == MomentumForm.VELOCITY
        ? lines + "b = momentum * b + lr * " + step + "\np -= b"
        : lines + "b = momentum * b + " + step + "\np -= lr * b";
  }
}
