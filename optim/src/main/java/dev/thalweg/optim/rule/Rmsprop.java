package dev.thalweg.optim.rule;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.EpsilonPlace;
import dev.thalweg.optim.MomentumForm;
import dev.thalweg.optim.Setting;
import java.util.Optional;

/// The gradient over the root of the average of its recent squares. Tieleman & Hinton 2012, lecture
/// 6e; centered: Graves 2013, arXiv 1308.0850.
public final class Rmsprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        rmsprop (ADAPTIVE): each gradient is divided by the root of the average of its recent squares
        Tieleman & Hinton 2012, lecture 6e; centered: Graves 2013, arXiv 1308.0850
        lr = 0.001 in (0, ∞): Tieleman & Hinton 2012
        rho = 0.9 in [0, 1): Tieleman & Hinton 2012
        epsilon = 1e-8 in [0, ∞): this library's choice
        epsilon_place = ~
        centered = false
        momentum = 0 in [0, 1): the lecture's: none
        form = ~
        initial_accumulator = fixed 0 in [0, ∞): the lecture's; TensorFlow 1 has 1
        weight_decay = 0 in [0, ∞): the papers': none
        decay = ~
        = keras.RMSprop(learning_rate=0.001, rho=0.9, momentum=0, epsilon=1e-7, centered=false, …) where epsilon_place=inside, form=velocity
        """,
        EpsilonPlace.OUTSIDE,
        MomentumForm.TRACE,
        DecayForm.COUPLED);
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
