package dev.thalweg.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The faults and other conventions that no golden value can notice, each with the reason why it is
/// the same mathematics.
final class Survivors {
  /// A fault, and the formulas in which it is none.
  @SuppressWarnings("UnusedVariable") // the reason is for the reader
  private record Survivor(String why, String fault, List<String> formulas) {}

  private static final String[] ACCUMULATED = {
    "keras-sgd-accumulation-a keras.SGD",
    "keras-sgd-accumulation-b keras.SGD",
    "keras-sgd-accumulation-ema-a keras.SGD",
    "keras-sgd-accumulation-ema-b keras.SGD",
    "keras-rmsprop-accumulated-a keras.RMSprop",
    "keras-rmsprop-accumulated-b keras.RMSprop",
    "keras-adagrad-accumulated-a keras.Adagrad",
    "keras-adagrad-accumulated-b keras.Adagrad",
    "keras-adam-accumulation-a keras.Adam",
    "keras-adam-accumulated-a keras.Adam",
    "keras-adam-accumulated-b keras.Adam",
    "keras-adam-accumulation-ema-a keras.Adam",
    "keras-adam-accumulation-ema-b keras.Adam",
    "keras-adamw-accumulated-a keras.AdamW",
    "keras-adamw-accumulated-b keras.AdamW"
  };

  private static final String[] AVERAGED = {
    "keras-sgd-ema-a keras.SGD",
    "keras-rmsprop-ema-a keras.RMSprop",
    "keras-rmsprop-ema-b keras.RMSprop",
    "keras-adagrad-ema-a keras.Adagrad",
    "keras-adam-ema-a keras.Adam",
    "keras-adamw-ema-a keras.AdamW"
  };

  /// Faults by the formula's name.
  static final Map<String, List<String>> FAULTS =
      byFormula(
          "survives",
          because(
              "Weights that are all 0, whose norm alone is asked for, are in no golden sequence:"
                  + " the trust of those is the start of layers whose weights begin at 0.",
              "trust: norm(p) * norm(g) became norm(g)",
              "lars-a lars",
              "lars-clip-a lars",
              "lars-nesterov-a lars",
              "lars-nesterov-clip-a lars"),
          because(
              "The average is read as its square only: it may as well be its negative.",
              "a: g - a became -g - a",
              "torch-rmsprop-centered-a torch.RMSprop",
              "torch-rmsprop-centered-momentum-a torch.RMSprop",
              "torch-rmsprop-maximize-b torch.RMSprop",
              "torch-rmsprop-coupled-centered-a torch.RMSprop",
              "torch-rmsprop-maximize-centered-a torch.RMSprop"),
          because(
              "The average is read as its square only: it may as well be its negative.",
              "m: rho * m + (1 - rho) * g became rho * m - (1 - rho) * g",
              "torch-rmsprop-coupled-centered-a rmsprop",
              "torch-rmsprop-centered-a rmsprop",
              "torch-rmsprop-centered-momentum-a rmsprop",
              "keras-rmsprop-centered-a keras.RMSprop",
              "keras-rmsprop-centered-momentum-a keras.RMSprop",
              "keras-rmsprop-all-a keras.RMSprop",
              "optax-rmsprop-outside-centered-momentum-a rmsprop",
              "optax-rmsprop-inside-centered-trace-a rmsprop"),
          because(
              "The average is read as its square only: it may as well be its negative.",
              "a: decay * a + (1 - decay) * g became decay * a - (1 - decay) * g",
              "optax-rmsprop-centered-a optax.rmsprop",
              "optax-rmsprop-centered-b optax.rmsprop",
              "optax-rmsprop-all-a optax.rmsprop",
              "optax-rmsprop-all-b optax.rmsprop",
              "optax-rmsprop-outside-centered-correction-a optax.rmsprop",
              "optax-rmsprop-outside-centered-nesterov-a optax.rmsprop",
              "optax-rmsprop-outside-centered-correction-momentum-a optax.rmsprop",
              "optax-rmsprop-outside-centered-correction-nesterov-a optax.rmsprop",
              "optax-rmsprop-centered-correction-a optax.rmsprop",
              "optax-rmsprop-centered-momentum-a optax.rmsprop",
              "optax-rmsprop-centered-nesterov-a optax.rmsprop",
              "optax-rmsprop-outside-centered-momentum-a optax.rmsprop"),
          because(
              "The average of squares is not less than the square of the average.",
              "p: max(v - a^2, 0) became v - a^2",
              "torch-rmsprop-centered-a torch.RMSprop",
              "optax-rmsprop-centered-a optax.rmsprop",
              "optax-rmsprop-centered-b optax.rmsprop",
              "torch-rmsprop-coupled-centered-a torch.RMSprop",
              "torch-rmsprop-maximize-centered-a torch.RMSprop"),
          because(
              "The average of squares is not less than the square of the average.",
              "p: max(v - m^2, 0) became v - m^2",
              "torch-rmsprop-centered-a rmsprop",
              "keras-rmsprop-centered-a keras.RMSprop",
              "torch-rmsprop-coupled-centered-a rmsprop"),
          because(
              "The average of squares is not less than the square of the average.",
              "b: max(v - a^2, 0) became v - a^2",
              "torch-rmsprop-centered-momentum-a torch.RMSprop",
              "torch-rmsprop-maximize-b torch.RMSprop"),
          because(
              "The average of squares is not less than the square of the average.",
              "b: max(v - m^2, 0) became v - m^2",
              "torch-rmsprop-centered-momentum-a rmsprop",
              "keras-rmsprop-centered-momentum-a keras.RMSprop",
              "keras-rmsprop-all-a keras.RMSprop",
              "optax-rmsprop-outside-centered-momentum-a rmsprop",
              "optax-rmsprop-inside-centered-trace-a rmsprop"),
          because(
              "The average of squares is not less than the square of the average.",
              "u: max(v / (1 - decay^t) - (a / (1 - decay^t))^2, 0) became "
                  + "v / (1 - decay^t) - (a / (1 - decay^t))^2",
              "optax-rmsprop-all-a optax.rmsprop",
              "optax-rmsprop-all-b optax.rmsprop",
              "optax-rmsprop-outside-centered-correction-momentum-a optax.rmsprop",
              "optax-rmsprop-outside-centered-correction-nesterov-a optax.rmsprop"),
          because(
              "The average of squares is not less than the square of the average.",
              "p: max(v / (1 - decay^t) - (a / (1 - decay^t))^2, 0) became "
                  + "v / (1 - decay^t) - (a / (1 - decay^t))^2",
              "optax-rmsprop-outside-centered-correction-a optax.rmsprop",
              "optax-rmsprop-centered-correction-a optax.rmsprop"),
          because(
              "The average of squares is not less than the square of the average.",
              "u: max(v - a^2, 0) became v - a^2",
              "optax-rmsprop-outside-centered-nesterov-a optax.rmsprop",
              "optax-rmsprop-centered-momentum-a optax.rmsprop",
              "optax-rmsprop-centered-nesterov-a optax.rmsprop",
              "optax-rmsprop-outside-centered-momentum-a optax.rmsprop"),
          because(
              "Without momentum, p − α(g + λp) is (1 − αλ)p − αg.",
              "decay decoupled",
              "torch-sgd-decay-maximize-a torch.SGD",
              "torch-sgd-decay-a torch.SGD"),
          because(
              "p − α(g + λp) is (1 − αλ)p − αg, and nothing else reads the gradient.",
              "decay decoupled",
              "optax-decay-coupled-velocity-nesterov-rates-a momentum 2"),
          because(
              "It stands before the step already.",
              "decay before the step",
              "exact-decay-proximal-before-a decay | sgd"),
          because(
              "Without momentum, p − α(g + λp) is (1 − αλ)p − αg.",
              "decay coupled",
              "keras-sgd-decay-a keras.SGD",
              "keras-sgd-accumulation-b keras.SGD",
              "keras-sgd-accumulation-ema-b keras.SGD"),
          because(
              "x == y is y == x.",
              "began: floor((t - 1) / gradient_accumulation_steps) * gradient_accu… became t - 1 =="
                  + " floor((t - 1) / gradient_accumulation_steps) * grad…",
              ACCUMULATED),
          because(
              "x == y is y == x.",
              "due: floor(t / gradient_accumulation_steps) * gradient_accumulati… became t =="
                  + " floor(t / gradient_accumulation_steps) * gradient_accum…",
              ACCUMULATED),
          because(
              "t and t + 1 have the same whole part of t/k where k > 1 divides t; elsewhere k times"
                  + " a whole number is not t.",
              "due: t / gradient_accumulation_steps became (t + 1) / gradient_accumulation_steps",
              ACCUMULATED),
          because(
              "x == y is y == x.",
              "due: floor(t / ema_overwrite_frequency) * ema_overwrite_frequency… became t =="
                  + " floor(t / ema_overwrite_frequency) * ema_overwrite_freq…",
              AVERAGED),
          because(
              "t and t + 1 have the same whole part of t/k where k > 1 divides t; elsewhere k times"
                  + " a whole number is not t.",
              "due: t / ema_overwrite_frequency became (t + 1) / ema_overwrite_frequency",
              "keras-rmsprop-ema-a keras.RMSprop",
              "keras-rmsprop-ema-b keras.RMSprop",
              "keras-adagrad-ema-a keras.Adagrad",
              "keras-adam-ema-a keras.Adam",
              "keras-adamw-ema-a keras.AdamW"),
          because(
              "x == y is y == x.",
              "due: floor(moves / ema_overwrite_frequency) * ema_overwrite_frequ… became moves =="
                  + " floor(moves / ema_overwrite_frequency) * ema_overwr…",
              "keras-sgd-accumulation-ema-a keras.SGD",
              "keras-sgd-accumulation-ema-b keras.SGD",
              "keras-adam-accumulation-ema-a keras.Adam",
              "keras-adam-accumulation-ema-b keras.Adam"),
          because(
              "Where the second move begins the point is its average still, and the average of both"
                  + " is the point.",
              "late: moves = floor((t - 1) / gradient_accumulation_steps) + 1",
              "keras-sgd-accumulation-ema-a keras.SGD",
              "keras-sgd-accumulation-ema-b keras.SGD",
              "keras-adam-accumulation-ema-a keras.Adam",
              "keras-adam-accumulation-ema-b keras.Adam"),
          because(
              "What p − before is at the end of a step it is at the beginning of the next.",
              "late: v = p - before",
              "keras-sgd-momentum-decay-rates-a momentum",
              "optax-decay-constant-momentum-velocity-rates-a momentum 2"),
          because(
              "The velocity is known by then: the gradient moves nothing but the point.",
              "decay coupled",
              "keras-sgd-nesterov-decay-rates-a momentum"),
          because(
              "A constant factor of the gradients is one of their fading sum.",
              "late: g = factor * g",
              "optax-two-rates-a optax.scale | optax.trace | optax.scale_by_learning_rate",
              "optax-two-rates-nesterov-a optax.scale | optax.trace |"
                  + " optax.scale_by_learning_rate"));

  /// Other conventions by the formula's name.
  static final Map<String, List<String>> CONVENTIONS =
      byFormula(
          "alike",
          because(
              "Two rates are the trace where the inner one is 1, as it is if nothing is said.",
              "momentum: form=two_rates",
              "torch-sgd-momentum-a momentum",
              "torch-sgd-nesterov-a momentum",
              "torch-sgd-momentum-decay-a momentum",
              "optax-decay-decoupled-momentum-a momentum",
              "optax-decay-constant-momentum-rates-a momentum",
              "optax-decay-constant-nesterov-rates-a nesterov",
              "optax-decay-decoupled-nesterov-rates-a nesterov",
              "torch-sgd-nesterov-decay-rates-a momentum",
              "exact-decay-proximal-momentum-a momentum",
              "exact-decay-proximal-nesterov-trace-rates-a momentum"),
          because(
              "Two rates are the trace where the inner one is 1, as it is if nothing is said.",
              "nesterov: form=two_rates",
              "torch-sgd-nesterov-a momentum",
              "optax-decay-constant-nesterov-rates-a nesterov",
              "optax-decay-decoupled-nesterov-rates-a nesterov",
              "torch-sgd-nesterov-decay-rates-a momentum",
              "exact-decay-proximal-nesterov-trace-rates-a momentum"),
          because(
              "The heavy ball's p − p₋ is the velocity.",
              "momentum: form=heavy_ball",
              "optax-decay-coupled-velocity-rates-a momentum",
              "optax-decay-coupled-velocity-nesterov-rates-a momentum",
              "keras-sgd-momentum-decay-a keras.SGD",
              "keras-sgd-momentum-decay-b keras.SGD",
              "optax-decay-constant-momentum-velocity-rates-a momentum",
              "optax-decay-constant-nesterov-velocity-rates-a nesterov",
              "keras-sgd-momentum-a keras.SGD",
              "keras-sgd-nesterov-a keras.SGD",
              "keras-sgd-clipnorm-a clip_norm | momentum"),
          because(
              "The heavy ball's p − p₋ is the velocity.",
              "momentum: form=velocity",
              "optax-decay-coupled-velocity-rates-a momentum 2",
              "optax-decay-coupled-velocity-nesterov-rates-a momentum 2",
              "keras-sgd-momentum-decay-rates-a momentum",
              "keras-sgd-nesterov-decay-rates-a momentum",
              "optax-decay-constant-momentum-velocity-rates-a momentum 2",
              "optax-decay-constant-nesterov-velocity-rates-a nesterov 2",
              "keras-sgd-momentum-a momentum",
              "keras-sgd-nesterov-a momentum"),
          because(
              "The heavy ball's p − p₋ is the velocity.",
              "nesterov: form=heavy_ball",
              "keras-sgd-nesterov-a keras.SGD",
              "keras-sgd-momentum-decay-b keras.SGD",
              "optax-decay-constant-nesterov-velocity-rates-a nesterov"),
          because(
              "The heavy ball's p − p₋ is the velocity.",
              "nesterov: form=velocity",
              "keras-sgd-nesterov-a momentum",
              "keras-sgd-nesterov-decay-rates-a momentum",
              "optax-decay-constant-nesterov-velocity-rates-a nesterov 2"),
          because(
              "Without momentum, p − α(g + λp) is (1 − αλ)p − αg.",
              "sgd: decay=decoupled",
              "torch-sgd-decay-a torch.SGD"),
          because(
              "Without momentum, p − α(g + λp) is (1 − αλ)p − αg.",
              "decay: form=decoupled",
              "torch-sgd-decay-a torch.SGD"),
          because(
              "Without momentum, p − α(g + λp) is (1 − αλ)p − αg.",
              "sgd: decay=coupled",
              "keras-sgd-decay-a keras.SGD"),
          because(
              "Without momentum, p − α(g + λp) is (1 − αλ)p − αg.",
              "decay: form=coupled",
              "keras-sgd-decay-a keras.SGD"));

  private Survivors() {}

  private static Survivor because(String why, String fault, String... formulas) {
    return new Survivor(why, fault, List.of(formulas));
  }

  private static Map<String, List<String>> byFormula(String kind, Survivor... survivors) {
    var byFormula = new LinkedHashMap<String, List<String>>();
    for (String[] row : GoldenCase.lines(kind)) {
      byFormula.computeIfAbsent(row[1], name -> new ArrayList<>()).add(row[2]);
    }
    for (Survivor survivor : survivors) {
      for (String formula : survivor.formulas) {
        byFormula.computeIfAbsent(formula, name -> new ArrayList<>()).add(survivor.fault);
      }
    }
    return byFormula;
  }
}
