package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.Setting;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Locale;
import java.util.Optional;

/// `keras.optimizers.Muon`, as Keras computes it: parameters that are no matrices, and those whose
/// name has `embedding` in it, are moved by Adam. Its rule is that of trace momentum, which differs
/// from an average only by a factor that is normalised away.
public final class KerasMuon implements CardedRule {
  @Override
  public String card() {
    return """
    keras.Muon (MATRIX): matrices by Muon, all else by Keras' AdamW
    learning_rate:lr = 0.001 in [0, ∞)
    adam_beta_1 = 0.9 in [0, 1)
    adam_beta_2 = 0.999 in [0, 1)
    adam_weight_decay = 0.004 in [0, ∞)
    epsilon = 1e-7 in [0, ∞)
    weight_decay = 0.004 in [0, ∞)
    …
    exclude_layers = refused none: write muon(…) for 'name.*': adamw(…) instead
    exclude_embeddings = true
    muon_a = 3.4445
    muon_b = -4.775
    muon_c = 2.0315
    adam_lr_ratio = 1 in [0, ∞)
    momentum = 0.95 in [0, ∞)
    ns_steps = whole 5 in [0, ∞)
    nesterov = true
    rms_rate = optional 0.2 in [0, ∞)
    """;
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(
        s,
        KerasCalls.before(s)
            + "m = momentum * m + g\n"
            + "u = "
            + (s.flag("nesterov") ? "g + momentum * m" : "m")
            + "\n"
            + "u = newton_schulz(u / (norm(u) + 1e-7), ns_steps, muon_a, muon_b, muon_c)\n"
            + "p -= lr * "
            + (s.isGiven("rms_rate") ? "sqrt(max(rows, columns)) * rms_rate * " : "")
            + "u");
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    boolean embedding =
        s.flag("exclude_embeddings")
            && parameter.name().toLowerCase(Locale.ROOT).contains("embedding");
    return parameter.dimensions().length == 2 && !embedding ? formula(s) : adam(s);
  }

  private static String adam(Settings s) {
    boolean decays = s.has("adam_weight_decay");
    return KerasCalls.around(
        s,
        KerasCalls.before(s.with("weight_decay", Setting.none()))
            + (decays ? "p -= lr * adam_weight_decay * p\n" : "")
            + """
            m += (g - m) * (1 - adam_beta_1)
            v += (g^2 - v) * (1 - adam_beta_2)
            p -= \
            """
            + s.overRootBeside(
                "epsilon",
                "lr * adam_lr_ratio * sqrt(1 - adam_beta_2^t) / (1 - adam_beta_1^t) * m",
                "v"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}
