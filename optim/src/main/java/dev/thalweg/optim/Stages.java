package dev.thalweg.optim;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.Argument.choice;
import static dev.thalweg.optim.Argument.flag;
import static dev.thalweg.optim.Argument.number;

import java.util.List;

/// The stages that stand in a chain around a rule: `clip_norm(1) | adamw(lr=1e-3) | decay(0.01)`.
///
/// Before the rule they rewrite the gradient, beside or after it they move the parameter. `lr` in
/// their formulas is the rate of the chain's rule.
final class Stages {
  private static final Formulas FORMULAS = new Lines();

  static final Method CLIP_VALUE =
      Method.of(
              "clip_value",
              Family.STAGE,
              "each number of the gradient into [-limit, limit]",
              "common practice")
          .taking(number("limit", 1, POSITIVE, "this library's choice"))
          .by(FORMULAS);

  static final Method CLIP_NORM =
      Method.of(
              "clip_norm",
              Family.STAGE,
              "the gradient made shorter where its norm is above a limit",
              "Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063")
          .alias("clip_global_norm")
          .taking(
              number("limit", 1, POSITIVE, "this library's choice"),
              choice("scope", ClipScope.GLOBAL),
              choice("form", ClipForm.EXACT))
          .by(FORMULAS);

  static final Method DECAY =
      Method.of("decay", Family.STAGE, "weights towards 0", "Loshchilov & Hutter 2019")
          .alias("weight_decay")
          .taking(
              number("weight_decay", 0.01, NOT_NEGATIVE, "PyTorch's AdamW"),
              choice("form", DecayForm.DECOUPLED))
          .by(FORMULAS);

  static final Method TRACE =
      Method.of(
              "trace", Family.STAGE, "the gradient replaced by a fading sum of gradients", "Optax")
          .taking(number("momentum", 0.9, FRACTION, "common practice"), flag("nesterov", false))
          .by(FORMULAS);

  static final Method AVERAGE =
      Method.of("average", Family.STAGE, "the gradient replaced by its average", "Optax `ema`")
          .alias("ema")
          .taking(number("momentum", 0.9, FRACTION, "common practice"), flag("debias", true))
          .by(FORMULAS);

  static final Method MAXIMIZE =
      Method.of("maximize", Family.STAGE, "uphill: the gradient's sign flipped", "PyTorch")
          .by(FORMULAS);

  /// What [#FINITE] is called.
  static final String FINITE_NAME = "finite";

  static final Method FINITE =
      Method.of(
              FINITE_NAME,
              Family.STAGE,
              "what happens at a gradient with a NaN or an infinity",
              "Optax `apply_if_finite`, `zero_nans`")
          .taking(choice("policy", NonFinite.FAIL));

  static final List<Method> ALL =
      List.of(CLIP_VALUE, CLIP_NORM, DECAY, TRACE, AVERAGE, MAXIMIZE, FINITE);

  private Stages() {}

  /// The formulas of this table.
  private static final class Lines implements Formulas {
    @Override
    public String formula(String method, Settings s) {
      return switch (method) {
        case "clip_value" -> "g = clip(g, -limit, limit)";
        case "clip_norm" ->
            clip(
                s.choice("scope", ClipScope.class) == ClipScope.GLOBAL,
                s.choice("form", ClipForm.class));
        case "decay" ->
            switch (s.choice("form", DecayForm.class)) {
              case COUPLED -> "g += weight_decay * p";
              case DECOUPLED -> "p -= lr * weight_decay * p";
              case CONSTANT -> "p -= weight_decay * p";
              case PROXIMAL -> "p /= 1 + lr * weight_decay";
            };
        case "trace" ->
            "v = momentum * v + g\ng = " + (s.flag("nesterov") ? "g + momentum * v" : "v");
        case "average" ->
            "v = momentum * v + (1 - momentum) * g\ng = v"
                + (s.flag("debias") ? " / (1 - momentum^t)" : "");
        case "maximize" -> "g = -g";
        default -> throw new IllegalStateException("no formula of " + method);
      };
    }
  }

  /// The gradient, shortened where the norm is above `limit`.
  static String clip(boolean global, ClipForm form) {
    String norm = global ? "global_norm(g)" : "norm(g)";
    return switch (form) {
      case EXACT -> "g = g * limit / max(" + norm + ", limit)";
      case TORCH -> "g = g * min(limit / (" + norm + " + 1e-6), 1)";
    };
  }
}
