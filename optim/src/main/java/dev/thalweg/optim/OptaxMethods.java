package dev.thalweg.optim;

import static dev.thalweg.formula.Range.ANY;
import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.PART;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.Argument.fixed;
import static dev.thalweg.optim.Argument.flag;
import static dev.thalweg.optim.Argument.number;
import static dev.thalweg.optim.Argument.optional;
import static dev.thalweg.optim.Argument.refused;
import static dev.thalweg.optim.Argument.required;

import java.util.ArrayList;
import java.util.List;

/// Optax' own calls, computed as Optax 0.2.8 computes them: its optimizers, and the transformations
/// that its chains are made of, with `|` for `optax.chain`.
///
/// In a chain `g` is what Optax calls the update. `optax.scale_by_learning_rate` and the optimizers
/// move the parameter; a chain without one of them adds its update to the parameter, as
/// `apply_updates` does.
final class OptaxMethods {
  private static final String VERSION = "Optax 0.2.8";
  private static final String DEFAULT = "Optax' default";
  private static final Argument LEARNING_RATE =
      required("learning_rate", NOT_NEGATIVE).symbol("lr");
  private static final Argument MASK = refused("mask", Setting.NONE, "choosing parameters is not");
  private static final Argument B1 = number("b1", 0.9, FRACTION, DEFAULT).symbol("beta1");
  private static final Argument B2 = number("b2", 0.999, FRACTION, DEFAULT).symbol("beta2");
  private static final Argument EPS_ROOT = number("eps_root", 0, NOT_NEGATIVE, DEFAULT);

  private static final Formulas FORMULAS = new Lines();

  static final Method SGD =
      optax("sgd", Family.MOMENTUM, "descent, with the trace form of momentum")
          .taking(
              LEARNING_RATE,
              optional("momentum", PART),
              flag("nesterov", false),
              precision("accumulator_dtype"))
          .by(FORMULAS);

  static final Method ADAGRAD =
      optax("adagrad", Family.ADAPTIVE, "AdaGrad, ε inside the root, sums beginning at 0.1")
          .taking(
              LEARNING_RATE,
              fixed("initial_accumulator_value", 0.1, NOT_NEGATIVE, DEFAULT),
              eps(1e-7))
          .beginning("s", "initial_accumulator_value")
          .by(FORMULAS);

  static final Method RMSPROP =
      optax("rmsprop", Family.ADAPTIVE, "RMSProp, ε inside the root unless said otherwise")
          .taking(
              LEARNING_RATE,
              number("decay", 0.9, FRACTION, DEFAULT),
              eps(1e-8),
              fixed("initial_scale", 0, NOT_NEGATIVE, DEFAULT),
              flag("eps_in_sqrt", true),
              flag("centered", false),
              optional("momentum", PART),
              flag("nesterov", false),
              flag("bias_correction", false))
          .beginning("v", "initial_scale")
          .by(FORMULAS);

  static final Method ADAM =
      optax("adam", Family.ADAM, "Adam, a second ε inside the root where wanted")
          .taking(adamArguments())
          .byNameFrom("nesterov")
          .by(FORMULAS);

  static final Method ADAMW =
      optax("adamw", Family.ADAM, "Adam with decoupled decay")
          .taking(adamArguments(number("weight_decay", 1e-4, ANY, DEFAULT), MASK))
          .byNameFrom("nesterov")
          .by(FORMULAS);

  static final Method AMSGRAD =
      optax("amsgrad", Family.ADAM, "AMSGrad, the largest of the corrected averages")
          .taking(
              LEARNING_RATE,
              B1,
              B2,
              eps(1e-8),
              EPS_ROOT,
              precision("mu_dtype"),
              flag("bias_correction_mu", true),
              flag("bias_correction_nu", true))
          .by(FORMULAS);

  static final Method CLIP =
      stage("clip", "each number of the update into [-max_delta, max_delta]")
          .taking(required("max_delta", POSITIVE).symbol("limit"))
          .by(FORMULAS);

  static final Method CLIP_GLOBAL =
      stage("clip_by_global_norm", "the update shortened where its norm is above a limit")
          .taking(required("max_norm", POSITIVE).symbol("limit"))
          .by(FORMULAS);

  static final Method CLIP_BLOCK =
      stage("clip_by_block_rms", "each parameter's update shortened to a root mean square")
          .taking(required("threshold", POSITIVE).symbol("limit"))
          .by(FORMULAS);

  static final Method DECAYED_WEIGHTS =
      stage("add_decayed_weights", "a part of the weights added to the update")
          .taking(number("weight_decay", 0, ANY, DEFAULT), MASK)
          .by(FORMULAS);

  static final Method TRACE =
      stage("trace", "a fading sum of the updates")
          .taking(
              required("decay", PART).symbol("momentum"),
              flag("nesterov", false),
              precision("accumulator_dtype"))
          .by(FORMULAS);

  static final Method EMA =
      stage("ema", "the average of the updates")
          .taking(
              required("decay", FRACTION).symbol("momentum"),
              flag("debias", true),
              precision("accumulator_dtype"))
          .by(FORMULAS);

  static final Method SCALE =
      stage("scale", "the update times a number")
          .taking(required("step_size", ANY).symbol("factor"))
          .by(FORMULAS);

  static final Method SCALE_BY_LEARNING_RATE =
      optax("scale_by_learning_rate", Family.DESCENT, "against the update, times the rate")
          .taking(LEARNING_RATE, flag("flip_sign", true))
          .byNameFrom("flip_sign")
          .by(FORMULAS);

  static final Method SCALE_BY_ADAM =
      stage("scale_by_adam", "Adam's direction")
          .taking(B1, B2, eps(1e-8), EPS_ROOT, precision("mu_dtype"), flag("nesterov", false))
          .byNameFrom("nesterov")
          .by(FORMULAS);

  static final Method SCALE_BY_RMS =
      stage("scale_by_rms", "divided by the root of the average of the squares")
          .taking(
              number("decay", 0.9, FRACTION, DEFAULT),
              eps(1e-8),
              fixed("initial_scale", 0, NOT_NEGATIVE, DEFAULT),
              flag("eps_in_sqrt", true),
              flag("bias_correction", false))
          .beginning("v", "initial_scale")
          .by(FORMULAS);

  static final List<Method> ALL =
      List.of(
          SGD,
          ADAGRAD,
          RMSPROP,
          ADAM,
          ADAMW,
          AMSGRAD,
          CLIP,
          CLIP_GLOBAL,
          CLIP_BLOCK,
          DECAYED_WEIGHTS,
          TRACE,
          EMA,
          SCALE,
          SCALE_BY_LEARNING_RATE,
          SCALE_BY_ADAM,
          SCALE_BY_RMS);

  private OptaxMethods() {}

  /// The formulas of this table.
  private static final class Lines implements Formulas {
    @Override
    public String formula(String method, Settings s) {
      return switch (method) {
        case "sgd" ->
            s.isGiven("momentum")
                ? "v = g + momentum * v\np -= lr * "
                    + (s.flag("nesterov") ? "(g + momentum * v)" : "v")
                : "p -= lr * g";
        case "adagrad" ->
            "s = s + g^2\np -= " + s.over("eps", "lr * g", "s", "sqrt(s + epsilon)", "sqrt(s)");
        case "rmsprop" -> rmsprop(s);
        case "adam" -> moments() + "p -= lr * " + adamStep(s);
        case "adamw" ->
            moments()
                + (s.has("weight_decay")
                    ? "p -= lr * (" + adamStep(s) + " + weight_decay * p)"
                    : "p -= lr * " + adamStep(s));
        case "amsgrad" ->
            moments()
                + "largest = max(largest, "
                + (s.flag("bias_correction_nu") ? "v / (1 - beta2^t)" : "v")
                + ")\np -= lr * "
                + over(
                    s,
                    s.flag("bias_correction_mu") ? "m / (1 - beta1^t)" : "m",
                    "largest + eps_root");
        case "clip" -> "g = clip(g, -limit, limit)";
        case "clip_by_global_norm" -> Stages.clip(true, ClipForm.EXACT);
        case "clip_by_block_rms" -> "g = g / max(1, rms(g) / limit)";
        case "add_decayed_weights" -> "g += weight_decay * p";
        case "trace" ->
            "v = g + momentum * v\ng = " + (s.flag("nesterov") ? "g + momentum * v" : "v");
        case "ema" ->
            "v = momentum * v + (1 - momentum) * g\ng = v"
                + (s.flag("debias") ? " / (1 - momentum^t)" : "");
        case "scale" -> "g = factor * g";
        case "scale_by_learning_rate" -> s.flag("flip_sign") ? "p -= lr * g" : "p += lr * g";
        case "scale_by_adam" -> moments() + "g = " + adamStep(s);
        case "scale_by_rms" ->
            "v = decay * v + (1 - decay) * g^2\ng = "
                + rmsStep(s, s.flag("bias_correction") ? "v / (1 - decay^t)" : "v");
        default -> throw new IllegalStateException("no formula of " + method);
      };
    }
  }

  private static Method optax(String name, Family family, String summary) {
    return Method.of("optax." + name, family, summary, VERSION);
  }

  private static Method stage(String name, String summary) {
    return optax(name, Family.STAGE, summary);
  }

  private static Argument eps(double value) {
    return number("eps", value, NOT_NEGATIVE, DEFAULT).symbol("epsilon");
  }

  private static Argument precision(String name) {
    return refused(name, Setting.NONE, "state in another precision is not");
  }

  private static List<Argument> adamArguments(Argument... more) {
    var arguments =
        new ArrayList<>(List.of(LEARNING_RATE, B1, B2, eps(1e-8), EPS_ROOT, precision("mu_dtype")));
    arguments.addAll(List.of(more));
    arguments.add(flag("nesterov", false));
    return arguments;
  }

  private static String moments() {
    return "m = beta1 * m + (1 - beta1) * g\nv = beta2 * v + (1 - beta2) * g^2\n";
  }

  private static String adamStep(Settings s) {
    String mean =
        s.flag("nesterov")
            ? "(beta1 * m / (1 - beta1^(t + 1)) + (1 - beta1) * g / (1 - beta1^t))"
            : "m / (1 - beta1^t)";
    String square = "v / (1 - beta2^t)" + (s.has("eps_root") ? " + eps_root" : "");
    return over(s, mean, square);
  }

  private static String over(Settings s, String x, String square) {
    return s.over("eps", x, square, "(sqrt(" + square + ") + epsilon)", "sqrt(" + square + ")");
  }

  private static String rmsprop(Settings s) {
    String lines = "v = decay * v + (1 - decay) * g^2\n";
    String correction = s.flag("bias_correction") ? " / (1 - decay^t)" : "";
    String square = "v" + correction;
    if (s.flag("centered")) {
      lines += "a = decay * a + (1 - decay) * g\n";
      square = "max(" + square + " - (a" + correction + ")^2, 0)";
    }
    String step = "lr * " + rmsStep(s, square);
    if (!s.isGiven("momentum")) {
      return lines + "p -= " + step;
    }
    return lines
        + "u = "
        + step
        + "\nb = u + momentum * b\np -= "
        + (s.flag("nesterov") ? "u + momentum * b" : "b");
  }

  private static String rmsStep(Settings s, String square) {
    return s.flag("eps_in_sqrt")
        ? s.over("eps", "g", square, "sqrt(" + square + " + epsilon)", "sqrt(" + square + ")")
        : over(s, "g", square);
  }
}
