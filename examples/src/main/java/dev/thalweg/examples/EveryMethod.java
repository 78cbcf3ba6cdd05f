package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// (θ − 5)² to 1e-8 by the rules that all others come from, the other libraries' calls included,
/// with settings that lead there.
///
/// Some things to see: what divides the gradient by its own size (RMSProp) steps to and fro around
/// the minimum unless its rate falls; AdaGrad, whose rates only fall, wants a large one; a decay of
/// the weights, which pulls towards 0, must be off, or the end is elsewhere. Methods for matrices
/// are not among them: a number is none.
///
/// Run it with `examples/run EveryMethod`.
public final class EveryMethod {

  /// In the order in which `thalweg optimizers` lists them.
  static final List<String> OPTIMIZERS =
      List.of(
          "sgd(0.1)",
          "momentum(0.1)",
          "nesterov(0.1)",
          "adagrad(2)",
          "rmsprop(exponential(0.5, 0.97))",
          "adam(0.5)",
          "adamw(0.5, weight_decay=0)",
          "lion(exponential(1, 0.9), weight_decay=0)",
          "sign_sgd(exponential(1, 0.9))",
          "signum(exponential(1, 0.95))",
          "sgdw(0.1, weight_decay=0)",
          "qhm(0.5, momentum=0.9)",
          "aggmo(exponential(2, 0.97))",
          "optimistic(0.1)",
          "asgd(0.1, start=100000)",
          "noisy_sgd(0.1, eta=1e-20)",
          "sgld(0.1, temperature=1e-20)",
          "normalized(exponential(2, 0.8))",
          "polyak",
          "accelerated(0.1)",
          "rmsprop_tf(exponential(0.5, 0.97))",
          "rprop(0.1, smallest=1e-9)",
          "adadelta(5, weight_decay=0)",
          "adamax(1)",
          "adamaxw(1, weight_decay=0)",
          "nadam(exponential(2, 0.97))",
          "nadamw(0.5, weight_decay=0)",
          "amsgrad(0.5)",
          "radam(2)",
          "adabelief(exponential(1, 0.99))",
          "yogi(exponential(1, 0.99))",
          "adabound(exponential(2, 0.97))",
          "laprop(2)",
          "adopt(5)",
          "ademamix(0.5, beta3=0.9, weight_decay=0)",
          "simplified_ademamix(exponential(0.1, 0.97), beta1=0.9)",
          "adan(2, weight_decay=0)",
          "stable_adamw(exponential(1, 0.99), weight_decay=0)",
          "adam_mini(0.5, weight_decay=0)",
          "mars(0.5, weight_decay=0)",
          "madgrad(0.05)",
          "novograd(0.01)",
          "lamb(exponential(0.5, 0.97), weight_decay=0)",
          "lars(exponential(1, 0.97), trust_coefficient=0.3, weight_decay=0)",
          "fromage(exponential(2, 0.97))",
          "ftrl(5)",
          "adahessian(1)",
          "sophia(0.5, gamma=1, beta2=0.5, every=1, weight_decay=0)",
          "schedule_free_sgd(1)",
          "schedule_free_adamw(1)",
          "schedule_free_radam(1)",
          "dog(1)",
          "lbfgs",
          "lbfgs_b",
          "conjugate_gradient",
          "newton_cg",
          "gauss_newton",
          "levenberg_marquardt",
          "dowg",
          "dadapt_sgd",
          "dadapt_adam",
          "prodigy",
          "cocob",
          "sgd_hd(0.1, hyper_lr=1e-3)",
          "adam_hd(0.5, hyper_lr=1e-4)",
          "yellowfin(0.3)",
          "adgd",
          "adgd_accelerated",
          "adaptive_heavy_ball",
          "torch.Rprop(lr=0.1, step_sizes=(1e-9, 50))",
          "torch.Adadelta(lr=5)",
          "torch.Adamax(lr=1)",
          "torch.NAdam(lr=exponential(2, 0.97))",
          "torch.RAdam(lr=1)",
          "torch.SGD(lr=0.1, momentum=0.5, dampening=0.2)",
          "torch.Adagrad(lr=2)",
          "torch.RMSprop(lr=exponential(0.5, 0.97), alpha=0.9)",
          "torch.Adam(lr=0.5)",
          "torch.AdamW(lr=0.5, weight_decay=0)",
          "torch.LBFGS(tolerance_grad=0)",
          "torch.ASGD(lr=0.1, lambd=0)",
          "torch.SparseAdam(lr=0.5)",
          "keras.Adagrad(learning_rate=2)",
          "keras.RMSprop(learning_rate=exponential(0.5, 0.97))",
          "keras.Lion(learning_rate=exponential(1, 0.9))",
          "keras.Adadelta(learning_rate=5)",
          "keras.Adamax(learning_rate=1)",
          "keras.Nadam(learning_rate=5)",
          "keras.Lamb(learning_rate=exponential(0.5, 0.97))",
          "keras.Ftrl(learning_rate=5)",
          "keras.SGD(learning_rate=0.1, momentum=0.9, nesterov=true)",
          "keras.Adam(learning_rate=0.5)",
          "keras.AdamW(learning_rate=0.5, weight_decay=0)",
          "keras.ScheduleFreeAdamW(learning_rate=1)",
          "optax.adagrad(learning_rate=2)",
          "optax.lion(learning_rate=exponential(1, 0.9), weight_decay=0)",
          "optax.sign_sgd(learning_rate=exponential(1, 0.9))",
          "optax.signum(learning_rate=exponential(0.5, 0.95))",
          "optax.optimistic_gradient_descent(learning_rate=0.1)",
          "optax.noisy_sgd(learning_rate=0.1, eta=1e-20)",
          "optax.adadelta(learning_rate=5)",
          "optax.adamax(learning_rate=1)",
          "optax.adamaxw(learning_rate=1, weight_decay=0)",
          "optax.adabelief(learning_rate=exponential(1, 0.99))",
          "optax.yogi(learning_rate=exponential(1, 0.99))",
          "optax.adopt(learning_rate=5)",
          "optax.ademamix(learning_rate=0.5, b3=0.9, alpha=1)",
          "optax.simplified_ademamix(learning_rate=exponential(0.1, 0.97), b1=0.9)",
          "optax.madgrad(learning_rate=0.05)",
          "optax.novograd(learning_rate=exponential(0.5, 0.9))",
          "optax.lamb(learning_rate=exponential(0.5, 0.97))",
          "optax.fromage(learning_rate=exponential(2, 0.97))",
          "optax.dowg",
          "optax.dadapt_adamw",
          "optax.prodigy",
          "optax.cocob",
          "optax.sgd(learning_rate=0.1, momentum=0.9)",
          "optax.rmsprop(learning_rate=exponential(0.5, 0.97))",
          "optax.adamw(learning_rate=0.5, weight_decay=0)",
          "optax.adam(learning_rate=0.5)",
          "optax.nadam(learning_rate=0.5)",
          "optax.nadamw(learning_rate=0.5, weight_decay=0)",
          "optax.amsgrad(learning_rate=0.5)",
          "optax.radam(learning_rate=2)",
          "optax.adan(learning_rate=0.5)",
          "optax.rprop(learning_rate=0.1, min_step_size=1e-9)",
          "optax.lars(learning_rate=exponential(1, 0.97), trust_coefficient=0.3)",
          "optax.polyak_sgd",
          "optax.optimistic_adam(learning_rate=exponential(1, 0.987))",
          "optax.optimistic_adam_v2(learning_rate=exponential(2, 0.986))",
          "optax.acprop(learning_rate=exponential(0.5, 0.97))",
          "optax.momo",
          "optax.momo_adam(learning_rate=1)",
          "optax.sophia(learning_rate=0.5, gamma=1, b2=0.5, update_interval=1, weight_decay=0)",
          "optax.dog",
          "optax.lbfgs",
          "optax.schedule_free_sgd(learning_rate=1)",
          "optax.schedule_free_adamw(learning_rate=1)",
          "optax.trace(decay=0.9) | optax.scale_by_learning_rate(0.1)");

  private static final double CLOSE = 1e-8;

  private EveryMethod() {}

  /// Prints the table.
  public static void main(String[] arguments) {
    IO.println("(theta - 5)^2 from theta = 0 to 1e-8");
    for (String text : OPTIMIZERS) {
      Minimum answer = minimize(text);
      IO.println(
          "%-62s %5d steps  |theta - 5| = %.1e"
              .formatted(text, answer.iterations(), Math.abs(answer.point("theta") - 5)));
    }
  }

  /// The way down; the gradient is twice as large as θ − 5.
  static Minimum minimize(String optimizer) {
    return Minimizer.of(Optimizer.parse(optimizer))
        .withTolerance(2 * CLOSE)
        .minimize(Formula.parse("(theta-5)^2"), Map.of("theta", 0.0));
  }
}
