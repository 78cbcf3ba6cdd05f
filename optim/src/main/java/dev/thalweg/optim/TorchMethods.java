package dev.thalweg.optim;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.formula.Range.POSITIVE_OR_INFINITE;
import static dev.thalweg.optim.Argument.fixed;
import static dev.thalweg.optim.Argument.flag;
import static dev.thalweg.optim.Argument.ignored;
import static dev.thalweg.optim.Argument.number;
import static dev.thalweg.optim.Argument.refused;
import static dev.thalweg.optim.Argument.tuple;

import dev.thalweg.formula.Range;
import java.util.List;
import java.util.Optional;

/// PyTorch's own calls, computed as PyTorch 2.15.0 computes them: `torch.optim` and the clipping of
/// `torch.nn.utils`.
///
/// `foreach`, `fused` and `capturable` choose how PyTorch computes and have no effect here.
final class TorchMethods {
  private static final String VERSION = "PyTorch 2.15.0, torch.optim";
  private static final String DEFAULT = "PyTorch's default";
  private static final Argument WEIGHT_DECAY = number("weight_decay", 0, NOT_NEGATIVE, DEFAULT);
  private static final Argument BETAS =
      tuple("betas", List.of("beta1", "beta2"), List.of(0.9, 0.999), FRACTION, DEFAULT);

  private static final Argument MAXIMIZE = flag("maximize", false);
  private static final Argument DIFFERENTIABLE =
      refused(
          "differentiable",
          new Setting.Flag(false),
          "steps that are differentiated themselves are not");

  private static final Formulas FORMULAS = new Lines();

  static final Method SGD =
      torch("SGD", Family.MOMENTUM, "descent, with a buffer whose first value is the gradient")
          .taking(
              number("lr", 1e-3, NOT_NEGATIVE, DEFAULT),
              number("momentum", 0, NOT_NEGATIVE, DEFAULT),
              number("dampening", 0, Range.ANY, DEFAULT),
              WEIGHT_DECAY,
              flag("nesterov", false),
              MAXIMIZE,
              ignored("foreach"),
              DIFFERENTIABLE,
              ignored("fused"))
          .byNameFrom("maximize")
          .by(FORMULAS);

  static final Method ADAGRAD =
      torch("Adagrad", Family.ADAPTIVE, "AdaGrad, ε outside the root, the rate falling too")
          .taking(
              number("lr", 1e-2, NOT_NEGATIVE, DEFAULT),
              number("lr_decay", 0, NOT_NEGATIVE, DEFAULT),
              WEIGHT_DECAY,
              fixed("initial_accumulator_value", 0, NOT_NEGATIVE, DEFAULT),
              eps(1e-10),
              ignored("foreach"),
              MAXIMIZE,
              DIFFERENTIABLE,
              ignored("fused"))
          .byNameFrom("maximize")
          .beginning("s", "initial_accumulator_value")
          .by(FORMULAS);

  static final Method RMSPROP =
      torch("RMSprop", Family.ADAPTIVE, "RMSProp, ε outside the root, the rate outside the buffer")
          .taking(
              number("lr", 1e-2, NOT_NEGATIVE, DEFAULT),
              number("alpha", 0.99, NOT_NEGATIVE, DEFAULT),
              eps(1e-8),
              WEIGHT_DECAY,
              number("momentum", 0, NOT_NEGATIVE, DEFAULT),
              flag("centered", false),
              ignored("capturable"),
              ignored("foreach"),
              MAXIMIZE,
              DIFFERENTIABLE)
          .by(FORMULAS);

  static final Method ADAM =
      torch("Adam", Family.ADAM, "Adam, its decay coupled unless it is said to be decoupled")
          .taking(
              number("lr", 1e-3, NOT_NEGATIVE, DEFAULT),
              BETAS,
              eps(1e-8),
              WEIGHT_DECAY,
              flag("amsgrad", false),
              ignored("foreach"),
              MAXIMIZE,
              ignored("capturable"),
              DIFFERENTIABLE,
              ignored("fused"),
              flag("decoupled_weight_decay", false))
          .byNameFrom("foreach")
          .by(FORMULAS);

  static final Method ADAMW =
      torch("AdamW", Family.ADAM, "Adam with decoupled decay")
          .taking(
              number("lr", 1e-3, NOT_NEGATIVE, DEFAULT),
              BETAS,
              eps(1e-8),
              number("weight_decay", 1e-2, NOT_NEGATIVE, DEFAULT),
              flag("amsgrad", false),
              MAXIMIZE,
              ignored("foreach"),
              ignored("capturable"),
              DIFFERENTIABLE,
              ignored("fused"))
          .byNameFrom("maximize")
          .by(FORMULAS);

  static final Method CLIP_NORM =
      Method.of(
              "torch.clip_grad_norm_",
              Family.STAGE,
              "the gradients shortened to a common norm",
              "PyTorch 2.15.0, torch.nn.utils")
          .taking(
              number("max_norm", 1, POSITIVE, "PyTorch has none").symbol("limit"),
              fixed("norm_type", 2, POSITIVE_OR_INFINITE, DEFAULT),
              ignored("error_if_nonfinite"),
              ignored("foreach"))
          .by(FORMULAS);

  static final Method CLIP_VALUE =
      Method.of(
              "torch.clip_grad_value_",
              Family.STAGE,
              "each number of the gradients into a range",
              "PyTorch 2.15.0, torch.nn.utils")
          .taking(
              number("clip_value", 1, POSITIVE, "PyTorch has none").symbol("limit"),
              ignored("foreach"))
          .by(FORMULAS);

  static final List<Method> ALL =
      List.of(SGD, ADAGRAD, RMSPROP, ADAM, ADAMW, CLIP_NORM, CLIP_VALUE);

  private TorchMethods() {}

  /// The formulas of this table.
  private static final class Lines implements Formulas {
    @Override
    public String formula(String method, Settings s) {
      return switch (method) {
        case "SGD" -> sgd(s);
        case "Adagrad" ->
            before(s)
                + "s = s + g^2\np -= lr"
                + (s.has("lr_decay") ? " / (1 + (t - 1) * lr_decay)" : "")
                + " * "
                + over(s, "g", "s", "sqrt(s)");
        case "RMSprop" -> rmsprop(s);
        case "Adam" -> adam(s, s.flag("decoupled_weight_decay"));
        case "AdamW" -> adam(s, true);
        case "clip_grad_norm_" -> "g = g * min(limit / (" + norm(s) + " + 1e-6), 1)";
        case "clip_grad_value_" -> "g = clip(g, -limit, limit)";
        default -> throw new IllegalStateException("no formula of " + method);
      };
    }

    @Override
    public Optional<String> conflict(String method, Settings s) {
      return switch (method) {
        case "SGD" ->
            s.flag("nesterov") && (!s.has("momentum") || s.has("dampening"))
                ? Optional.of("nesterov needs a momentum and no dampening")
                : Optional.empty();
        default -> Optional.empty();
      };
    }
  }

  private static Method torch(String name, Family family, String summary) {
    return Method.of("torch." + name, family, summary, VERSION);
  }

  private static Argument eps(double value) {
    return number("eps", value, NOT_NEGATIVE, DEFAULT).symbol("epsilon");
  }

  /// What every one of them does to the gradient first.
  private static String before(Settings s) {
    return (s.flag("maximize") ? "g = -g\n" : "")
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "");
  }

  /// The norm of all gradients of the order `norm_type`.
  private static String norm(Settings s) {
    double order = s.fixed("norm_type");
    if (order == Double.POSITIVE_INFINITY) {
      return "global_max_norm(g)";
    }
    if (order == 2) {
      return "global_norm(g)";
    }
    return order == 1 ? "global_sum(abs(g))" : "global_sum(abs(g)^norm_type)^(1 / norm_type)";
  }

  private static String sgd(Settings s) {
    if (!s.has("momentum")) {
      return before(s) + "p -= lr * g";
    }
    String weight = s.has("dampening") ? "where(t > 1, 1 - dampening, 1) * g" : "g";
    return before(s)
        + "b = momentum * b + "
        + weight
        + "\np -= lr * "
        + (s.flag("nesterov") ? "(g + momentum * b)" : "b");
  }

  private static String rmsprop(Settings s) {
    String lines = before(s) + "v = alpha * v + (1 - alpha) * g * g\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += s.average("a", "g", "alpha", "alpha", 0);
      square = "max(v - a^2, 0)";
    }
    String step = over(s, "g", square, "sqrt(" + square + ")");
    return s.has("momentum")
        ? lines + "b = momentum * b + " + step + "\np -= lr * b"
        : lines + "p -= lr * " + step;
  }

  private static String adam(Settings s, boolean decoupled) {
    String lines = s.flag("maximize") ? "g = -g\n" : "";
    if (s.has("weight_decay")) {
      lines += decoupled ? "p -= lr * weight_decay * p\n" : "g += weight_decay * p\n";
    }
    lines += s.average("m", "g", "betas", "beta1", 0) + "v = beta2 * v + (1 - beta2) * g * g\n";
    String square = "v";
    if (s.flag("amsgrad")) {
      lines += "largest = max(largest, v)\n";
      square = "largest";
    }
    return lines
        + "p -= lr / (1 - beta1^t) * "
        + over(s, "m", square, "sqrt(" + square + ") / sqrt(1 - beta2^t)");
  }

  private static String over(Settings s, String x, String square, String root) {
    return s.over("eps", x, square, "(" + root + " + epsilon)", "(" + root + ")");
  }
}
