package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes optimizers by name, each in the form of its paper. Those of other libraries are read from
/// their own calls by [Optimizer#parse], or made by [Torch], [Keras] and [Optax].
///
/// ```java
/// import static dev.thalweg.optim.Optimizers.*;
/// var optimizer = clipNorm(1).then(adamw(cosine(1e-3)).withWeightDecay(0.05));
/// ```
public final class Optimizers {
  private Optimizers() {}

  /// Gradient descent: θ ← θ − αg.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Optimizer sgd(double learningRate) {
    return named("sgd").withLearningRate(learningRate);
  }

  /// Gradient descent with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end
  public static Optimizer sgd(Schedule learningRate) {
    NotNull.check(learningRate, "learningRate");
    return named("sgd").withLearningRate(learningRate);
  }

  /// Descent with momentum 0.9 in the trace form: v ← 0.9v + g, θ ← θ − αv.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Optimizer momentum(double learningRate) {
    return named("momentum").withLearningRate(learningRate);
  }

  /// Descent with momentum 0.9 in the trace form, with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end
  public static Optimizer momentum(Schedule learningRate) {
    NotNull.check(learningRate, "learningRate");
    return named("momentum").withLearningRate(learningRate);
  }

  /// Descent with momentum in the trace form: v ← βv + g, θ ← θ − αv; other forms by
  /// [Optimizer#withForm].
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite, or β not in [0, 1)
  public static Optimizer momentum(double learningRate, double momentum) {
    return momentum(learningRate).withMomentum(momentum);
  }

  /// Descent with momentum in the trace form, with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end, or β is
  ///   not in [0, 1)
  public static Optimizer momentum(Schedule learningRate, double momentum) {
    NotNull.check(learningRate, "learningRate");
    return momentum(learningRate).withMomentum(momentum);
  }

  /// Descent with momentum in one of its forms.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite, or β not in [0, 1)
  public static Optimizer momentum(double learningRate, double momentum, MomentumForm form) {
    NotNull.check(form, "form");
    return momentum(learningRate, momentum).withForm(form);
  }

  /// Descent with momentum in one of its forms, with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end, or β is
  ///   not in [0, 1)
  public static Optimizer momentum(Schedule learningRate, double momentum, MomentumForm form) {
    NotNull.check(learningRate, "learningRate");
    NotNull.check(form, "form");
    return momentum(learningRate, momentum).withForm(form);
  }

  /// Momentum with the gradient taken ahead, in the trace form: v ← βv + g, θ ← θ − α(g + βv).
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite, or β not in [0, 1)
  public static Optimizer nesterov(double learningRate, double momentum) {
    return named("nesterov").withLearningRate(learningRate).withMomentum(momentum);
  }

  /// Momentum with the gradient taken ahead, with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end, or β is
  ///   not in [0, 1)
  public static Optimizer nesterov(Schedule learningRate, double momentum) {
    NotNull.check(learningRate, "learningRate");
    return named("nesterov").withLearningRate(learningRate).withMomentum(momentum);
  }

  /// AdaGrad: s ← s + g², θ ← θ − αg/(√s + ε), ε = 1e-10.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Optimizer adagrad(double learningRate) {
    return named("adagrad").withLearningRate(learningRate);
  }

  /// AdaGrad with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end
  public static Optimizer adagrad(Schedule learningRate) {
    NotNull.check(learningRate, "learningRate");
    return named("adagrad").withLearningRate(learningRate);
  }

  /// RMSProp: v ← ρv + (1 − ρ)g², θ ← θ − αg/(√v + ε), ρ = 0.9, ε = 1e-8.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Optimizer rmsprop(double learningRate) {
    return named("rmsprop").withLearningRate(learningRate);
  }

  /// RMSProp with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end
  public static Optimizer rmsprop(Schedule learningRate) {
    NotNull.check(learningRate, "learningRate");
    return named("rmsprop").withLearningRate(learningRate);
  }

  /// Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8, the paper's values.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Optimizer adam(double learningRate) {
    return named("adam").withLearningRate(learningRate);
  }

  /// Adam with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end
  public static Optimizer adam(Schedule learningRate) {
    NotNull.check(learningRate, "learningRate");
    return named("adam").withLearningRate(learningRate);
  }

  /// AdamW with the paper's β₁ = 0.9, β₂ = 0.999, ε = 1e-8, and PyTorch's decay of 0.01.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Optimizer adamw(double learningRate) {
    return named("adamw").withLearningRate(learningRate);
  }

  /// AdamW with a schedule for its rate.
  ///
  /// @throws IllegalArgumentException if the schedule leaves (0, ∞) other than at its end
  public static Optimizer adamw(Schedule learningRate) {
    NotNull.check(learningRate, "learningRate");
    return named("adamw").withLearningRate(learningRate);
  }

  /// A rule by its formula: `rule("m = lerp(m, g, 0.1); p -= lr * sign(m)").with("lr", 1e-3)`. `p`
  /// is the parameter, `g` its gradient, `t` the number of the update counted from 1; a name that
  /// is read before it is assigned is a slot and begins at 0; every name that is never assigned is
  /// a hyperparameter and must be given before the rule is attached.
  ///
  /// @throws dev.thalweg.formula.SyntaxException if the formula is none
  public static Optimizer rule(String formula) {
    NotNull.check(formula, "formula");
    return of(OwnRule.method(formula));
  }

  /// A stage: the gradients of all parameters, made shorter where their common norm is above a
  /// limit.
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public static Optimizer clipNorm(double limit) {
    return named("clip_norm").with("limit", limit);
  }

  /// A stage: the same, of all parameters together or of each by itself, in one of the forms.
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public static Optimizer clipNorm(double limit, ClipScope scope, ClipForm form) {
    NotNull.check(scope, "scope");
    NotNull.check(form, "form");
    return clipNorm(limit).with("scope", scope).with("form", form);
  }

  /// A stage: each number of the gradients into [−limit, limit].
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public static Optimizer clipValue(double limit) {
    return named("clip_value").with("limit", limit);
  }

  /// A stage: the decay of the weights, in one of its forms; coupled before the rule, the others
  /// before or after it.
  ///
  /// @throws IllegalArgumentException if the decay is negative
  public static Optimizer decay(double weightDecay, DecayForm form) {
    NotNull.check(form, "form");
    return named("decay").with("weight_decay", weightDecay).with("form", form);
  }

  /// A method of the table as it is by default.
  static Optimizer named(String name) {
    return of(method(name));
  }

  /// Without a lambda: the first costs a start some milliseconds.
  private static Method method(String name) {
    Optional<Method> method = Methods.named(name);
    if (method.isEmpty()) {
      throw new IllegalArgumentException(Methods.unknown(name));
    }
    return method.get();
  }

  static Optimizer of(Method method) {
    return new Optimizer(List.of(new Stage(method, Settings.defaults(method.arguments()))));
  }

  /// The names that [Optimizer#parse] knows, those of other libraries behind the library's name.
  public static List<String> names() {
    return Methods.names();
  }

  /// All methods, described.
  public static List<Description> all() {
    var all = new ArrayList<Description>();
    for (Method method : Methods.all()) {
      all.add(Description.of(method));
    }
    return List.copyOf(all);
  }

  /// What is known about a method, or about one call of it: `clip_norm`, `clip_norm(form=torch)`.
  ///
  /// @throws IllegalArgumentException if there is no such method, with the nearest known one, or
  ///   the call can't be read
  public static Description describe(String name) {
    NotNull.check(name, "name");
    if (name.contains("(")) {
      Stage stage = OptimizerText.read(Call.parse(name));
      return Description.of(stage.method(), stage.settings());
    }
    return Description.of(method(name));
  }
}
