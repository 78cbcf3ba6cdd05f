package dev.thalweg.optim;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.Argument.choice;
import static dev.thalweg.optim.Argument.fixed;
import static dev.thalweg.optim.Argument.flag;
import static dev.thalweg.optim.Argument.number;

import java.util.List;
import java.util.Optional;

/// The methods without a library's name: the forms of their papers, with every convention that
/// differs between libraries as an argument.
///
/// Rates: no paper gives one that fits all. 1e-3 is what Kingma & Ba (2015) suggest for Adam; 0.01
/// for descent, momentum and AdaGrad is this library's choice and Keras' for `SGD`.
final class PaperMethods {
  private static final String OURS = "this library's choice";
  private static final String KINGMA = "Kingma & Ba 2015, algorithm 1";

  private static final Argument LR = number("lr", 0.01, POSITIVE, OURS);
  private static final Argument ADAM_LR = number("lr", 1e-3, POSITIVE, KINGMA);
  private static final Argument BETA1 = number("beta1", 0.9, FRACTION, KINGMA);
  private static final Argument BETA2 = number("beta2", 0.999, FRACTION, KINGMA);
  private static final Argument EPSILON = number("epsilon", 1e-8, NOT_NEGATIVE, KINGMA);

  private static final Argument WEIGHT_DECAY =
      number("weight_decay", 0, NOT_NEGATIVE, "the papers': none");
  private static final Argument COUPLED = choice("decay", DecayForm.COUPLED);

  private static final String DECOUPLED = "p -= lr * weight_decay * p\n";
  private static final String CONSTANT = "p -= weight_decay * p\n";

  private static final Formulas FORMULAS = new Lines();

  static final Method SGD =
      Method.of(
              "sgd",
              Family.DESCENT,
              "gradient descent; on batches or single samples, stochastic gradient descent",
              "Cauchy 1847; Robbins & Monro 1951")
          .alias("gd", "gradient_descent")
          .taking(LR, WEIGHT_DECAY, COUPLED)
          .by(FORMULAS);

  static final Method MOMENTUM =
      Method.of(
              "momentum",
              Family.MOMENTUM,
              "along a fading sum of past gradients, in each of the forms of that name",
              "Polyak 1964; Nesterov 1983; Sutskever et al. 2013")
          .taking(
              LR,
              number("momentum", 0.9, FRACTION, "Krizhevsky et al. 2012; common practice"),
              choice("form", MomentumForm.TRACE),
              flag("nesterov", false),
              number("gradient_rate", 1, POSITIVE, "form two_rates only: its inner rate"),
              flag("debias", false),
              WEIGHT_DECAY,
              COUPLED)
          .beginning("before", "p")
          .by(FORMULAS);

  static final Method NESTEROV =
      Method.of(
              "nesterov",
              Family.MOMENTUM,
              "momentum with the gradient taken ahead",
              "Nesterov 1983; Sutskever et al. 2013")
          .alias("nag")
          .taking(
              LR,
              number("momentum", 0.9, FRACTION, "Krizhevsky et al. 2012; common practice"),
              choice("form", MomentumForm.TRACE),
              number("gradient_rate", 1, POSITIVE, "form two_rates only: its inner rate"),
              WEIGHT_DECAY,
              COUPLED)
          .beginning("before", "p")
          .by(FORMULAS);

  static final Method ADAGRAD =
      Method.of(
              "adagrad",
              Family.ADAPTIVE,
              "each number's rate falls with the sum of its squared gradients",
              "Duchi, Hazan & Singer 2011, JMLR 12")
          .taking(
              LR,
              number("epsilon", 1e-10, NOT_NEGATIVE, "PyTorch; the paper's δ has no value"),
              choice("epsilon_place", EpsilonPlace.OUTSIDE),
              fixed("initial_accumulator", 0, NOT_NEGATIVE, "the paper's"),
              WEIGHT_DECAY,
              COUPLED)
          .beginning("s", "initial_accumulator")
          .by(FORMULAS);

  static final Method RMSPROP =
      Method.of(
              "rmsprop",
              Family.ADAPTIVE,
              "each gradient is divided by the root of the average of its recent squares",
              "Tieleman & Hinton 2012, lecture 6e; centered: Graves 2013, arXiv 1308.0850")
          .taking(
              number("lr", 1e-3, POSITIVE, "Tieleman & Hinton 2012"),
              number("rho", 0.9, FRACTION, "Tieleman & Hinton 2012"),
              number("epsilon", 1e-8, NOT_NEGATIVE, OURS),
              choice("epsilon_place", EpsilonPlace.OUTSIDE),
              flag("centered", false),
              number("momentum", 0, FRACTION, "the lecture's: none"),
              choice("form", MomentumForm.TRACE),
              fixed("initial_accumulator", 0, NOT_NEGATIVE, "the lecture's; TensorFlow 1 has 1"),
              WEIGHT_DECAY,
              COUPLED)
          .beginning("v", "initial_accumulator")
          .by(FORMULAS);

  static final Method ADAM =
      Method.of(
              "adam",
              Family.ADAM,
              "along the average of the gradients, divided by the root of that of their squares",
              "Kingma & Ba 2015, arXiv 1412.6980")
          .taking(
              ADAM_LR,
              BETA1,
              BETA2,
              EPSILON,
              choice("epsilon_place", EpsilonPlace.OUTSIDE),
              choice("bias_correction", BiasCorrection.BOTH),
              WEIGHT_DECAY,
              COUPLED)
          .by(FORMULAS);

  static final Method ADAMW =
      Method.of(
              "adamw",
              Family.ADAM,
              "Adam, with the decay of the weights beside the rule, not through it",
              "Loshchilov & Hutter 2019, arXiv 1711.05101")
          .taking(
              number("lr", 1e-3, POSITIVE, "Loshchilov & Hutter 2019, algorithm 2"),
              BETA1,
              BETA2,
              EPSILON,
              number("weight_decay", 0.01, NOT_NEGATIVE, "PyTorch's; the paper has none"),
              choice("epsilon_place", EpsilonPlace.OUTSIDE),
              choice("bias_correction", BiasCorrection.BOTH))
          .by(FORMULAS);

  /// In the order of the lists that a user sees.
  static final List<Method> ALL = List.of(SGD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, ADAMW);

  private PaperMethods() {}

  /// The formulas of this table.
  private static final class Lines implements Formulas {
    @Override
    public String formula(String method, Settings s) {
      return switch (method) {
        case "sgd" -> decayed(s, "p -= lr * g");
        case "momentum" ->
            isHeavyBallBesideDecay(s)
                ? heavyBallBesideDecay(s, s.flag("nesterov"))
                : decayed(s, momentum(s));
        case "nesterov" ->
            isHeavyBallBesideDecay(s)
                ? heavyBallBesideDecay(s, true)
                : decayed(s, nesterov(s.choice("form", MomentumForm.class), false));
        case "adagrad" -> decayed(s, "s = s + g^2\np -= lr * " + over(s, "g", "s"));
        case "rmsprop" -> decayed(s, rmsprop(s));
        case "adam" -> decayed(s, moments(s) + "p -= lr * " + adamStep(s));
        case "adamw" ->
            s.has("weight_decay")
                ? moments(s) + "p -= lr * (" + adamStep(s) + " + weight_decay * p)"
                : moments(s) + "p -= lr * " + adamStep(s);
        default -> throw new IllegalStateException("no formula of " + method);
      };
    }

    @Override
    public Optional<String> conflict(String method, Settings s) {
      return switch (method) {
        case "momentum" -> momentumConflict(s);
        case "nesterov" -> gradientRateConflict(s);
        case "adagrad" -> noHat(s);
        case "rmsprop" -> rmspropConflict(s);
        default -> Optional.empty();
      };
    }
  }

  /// A rule's lines with the decay that is set before them, or after.
  private static String decayed(Settings s, String rule) {
    if (!s.has("weight_decay")) {
      return rule;
    }
    return switch (s.choice("decay", DecayForm.class)) {
      case COUPLED -> "g += weight_decay * p\n" + rule;
      case DECOUPLED -> DECOUPLED + rule;
      case CONSTANT -> CONSTANT + rule;
      case PROXIMAL -> rule + "\np /= 1 + lr * weight_decay";
    };
  }

  private static boolean isHeavyBallBesideDecay(Settings s) {
    DecayForm decay = s.choice("decay", DecayForm.class);
    return s.has("weight_decay")
        && s.choice("form", MomentumForm.class) == MomentumForm.HEAVY_BALL
        && (decay == DecayForm.DECOUPLED || decay == DecayForm.CONSTANT);
  }

  /// The velocity is how far the rule has moved; where the decay stands beside the rule, what it
  /// moves is no part of that.
  private static String heavyBallBesideDecay(Settings s, boolean nesterov) {
    String decay = s.choice("decay", DecayForm.class) == DecayForm.DECOUPLED ? DECOUPLED : CONSTANT;
    return nesterov
        ? "v = p - lr * g - before\n" + decay + "before = p - lr * g\np = before + momentum * v"
        : "v = p - before\n" + decay + "before = p\np += momentum * v - lr * g";
  }

  private static String momentum(Settings s) {
    MomentumForm form = s.choice("form", MomentumForm.class);
    if (s.flag("nesterov")) {
      return nesterov(form, s.flag("debias"));
    }
    return switch (form) {
      case TRACE -> "v = momentum * v + g\np -= lr * v";
      case VELOCITY -> "v = momentum * v - lr * g\np += v";
      case AVERAGED ->
          s.flag("debias")
              ? "v = momentum * v + (1 - momentum) * g\np -= lr * v / (1 - momentum^t)"
              : "v = momentum * v + (1 - momentum) * g\np -= lr * v";
      case TWO_RATES -> "v = momentum * v + gradient_rate * g\np -= lr * v";
      case HEAVY_BALL ->
          """
          next = p - lr * g + momentum * (p - before)
          before = p
          p = next\
          """;
    };
  }

  private static String nesterov(MomentumForm form, boolean debias) {
    return switch (form) {
      case TRACE -> "v = momentum * v + g\np -= lr * (g + momentum * v)";
      case VELOCITY -> "v = momentum * v - lr * g\np += momentum * v - lr * g";
      case AVERAGED ->
          "v = momentum * v + (1 - momentum) * g\np -= lr * (momentum * v + (1 - momentum) * g)"
              + (debias ? " / (1 - momentum^t)" : "");
      case TWO_RATES ->
          "v = momentum * v + gradient_rate * g\np -= lr * (momentum * v + gradient_rate * g)";
      case HEAVY_BALL ->
          """
          next = p - lr * g
          p = next + momentum * (next - before)
          before = next\
          """;
    };
  }

  private static Optional<String> momentumConflict(Settings s) {
    if (s.flag("debias") && s.choice("form", MomentumForm.class) != MomentumForm.AVERAGED) {
      return Optional.of("debias needs form=averaged");
    }
    return gradientRateConflict(s);
  }

  private static Optional<String> gradientRateConflict(Settings s) {
    if (!s.is("gradient_rate", 1)
        && s.choice("form", MomentumForm.class) != MomentumForm.TWO_RATES) {
      return Optional.of("gradient_rate needs form=two_rates");
    }
    return Optional.empty();
  }

  private static Optional<String> noHat(Settings s) {
    return s.choice("epsilon_place", EpsilonPlace.class) == EpsilonPlace.HAT
        ? Optional.of("epsilon_place=hat is Adam's; expected outside or inside")
        : Optional.empty();
  }

  private static Optional<String> rmspropConflict(Settings s) {
    MomentumForm form = s.choice("form", MomentumForm.class);
    if (form != MomentumForm.TRACE && form != MomentumForm.VELOCITY) {
      return Optional.of(
          "form=" + Argument.word(form) + " isn't defined here; expected trace or velocity");
    }
    return noHat(s);
  }

  /// x over the root of a square, with ε where the setting has it.
  private static String over(Settings s, String x, String square) {
    String root =
        s.choice("epsilon_place", EpsilonPlace.class) == EpsilonPlace.INSIDE
            ? "sqrt(" + square + " + epsilon)"
            : "(sqrt(" + square + ") + epsilon)";
    return s.over("epsilon", x, square, root, "sqrt(" + square + ")");
  }

  private static String rmsprop(Settings s) {
    String lines = "v = rho * v + (1 - rho) * g^2\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += "m = rho * m + (1 - rho) * g\n";
      square = "max(v - m^2, 0)";
    }
    String step = over(s, "g", square);
    if (!s.has("momentum")) {
      return lines + "p -= lr * " + step;
    }
    return s.choice("form", MomentumForm.class) == MomentumForm.VELOCITY
        ? lines + "b = momentum * b + lr * " + step + "\np -= b"
        : lines + "b = momentum * b + " + step + "\np -= lr * b";
  }

  private static String moments(Settings s) {
    return s.average("m", "g", "beta1", "beta1", 0) + s.average("v", "g^2", "beta2", "beta2", 0);
  }

  /// m̂/(√v̂ + ε) in the place of ε and with the corrections that are set.
  private static String adamStep(Settings s) {
    BiasCorrection corrected = s.choice("bias_correction", BiasCorrection.class);
    String mean = corrected.ofFirst() ? "(m / (1 - beta1^t))" : "m";
    String square = corrected.ofSecond() ? "v / (1 - beta2^t)" : "v";
    if (s.choice("epsilon_place", EpsilonPlace.class) != EpsilonPlace.HAT) {
      return over(s, mean, square);
    }
    String hat = over(s, mean, "v");
    return corrected.ofSecond() ? "sqrt(1 - beta2^t) * " + hat : hat;
  }
}
