package dev.thalweg.train;

import dev.thalweg.optim.OptimizerRun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much curvature an optimizer bears at its rate: along a direction whose eigenvalue of the
/// Hessian is larger, its steps on a quadratic function grow.
///
/// | method | edge | of |
/// |---|---|---|
/// | `sgd` | 2/η | H |
/// | `momentum` | 2 (1 + β)/η | H |
/// | `nesterov` | 2 (1 + β)/(η (1 + 2β)) | H |
/// | `adam`, `adamw` | 2 (1 + β₁)/((1 − β₁) η) | D^−½ H D^−½, D = diag(√v̂ + ε) |
///
/// Cohen et al. 2021, "Gradient descent on neural networks typically occurs at the edge of
/// stability", arXiv 2103.00065, and 2022, "Adaptive gradient methods at the edge of stability",
/// arXiv 2207.14484. What other methods bear is not known here, nor what these do behind a stage
/// such as `cautious` or `lookahead`.
///
/// @param value the edge
/// @param preconditioned whether it is of the Hessian scaled as Adam scales
record StabilityEdge(double value, boolean preconditioned) {

  /// Of a run, at the rate of its last step; nothing where it has groups, or another method.
  static Optional<StabilityEdge> of(OptimizerRun run, double rate) {
    String text = run.optimizer().toString();
    if (text.contains(" for ") || !(rate > 0)) {
      return Optional.empty();
    }
    List<String> stages = List.of(text.split("\\s*\\|\\s*", -1));
    String rule = stages.getLast();
    if (!stages.subList(0, stages.size() - 1).stream().allMatch(StabilityEdge::leavesEdge)) {
      return Optional.empty();
    }
    String name = rule.replaceFirst("\\(.*", "").toLowerCase(Locale.ROOT);
    var settings = run.hyperparameters();
    Double momentum = settings.get("momentum");
    boolean nesterov = name.equals("nesterov") || rule.contains("nesterov=true");
    boolean usual = !rule.contains("form=") && !rule.contains("dampening");
    return switch (name.replaceFirst("^(torch|keras|optax)\\.", "")) {
      case "sgd", "momentum", "nesterov" -> {
        if (momentum == null || momentum == 0) {
          yield name.endsWith("sgd")
              ? Optional.of(new StabilityEdge(2 / rate, false))
              : Optional.empty();
        }
        double edge = 2 * (1 + momentum) / rate;
        yield usual
            ? Optional.of(new StabilityEdge(nesterov ? edge / (1 + 2 * momentum) : edge, false))
            : Optional.empty();
      }
      case "adam", "adamw" -> {
        Double beta1 = settings.get("beta1");
        yield beta1 == null || !run.slots().contains("v")
            ? Optional.empty()
            : Optional.of(new StabilityEdge(2 * (1 + beta1) / ((1 - beta1) * rate), true));
      }
      default -> Optional.empty();
    };
  }

  /// Whether a stage before the rule leaves it what its steps bear: one that shortens gradients
  /// makes the rate smaller, which the edge then says too strictly.
  private static boolean leavesEdge(String stage) {
    return stage.matches("(clip_norm|clip_value|decay|finite)\\b.*");
  }
}
