package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.ANY;
import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;
import static dev.thalweg.optim.rule.Arguments.optional;
import static dev.thalweg.optim.rule.Arguments.refused;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.Setting;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `keras.optimizers.Muon`, as Keras computes it: parameters that are no matrices, and those whose
/// name has `embedding` in it, are moved by Adam. Its rule is that of trace momentum, which differs
/// from an average only by a factor that is normalised away.
public final class KerasMuon implements Rule {
  @Override
  public Card card() {
    var arguments =
        new ArrayList<Hyperparameter>(
            List.of(
                named(number("learning_rate", 1e-3, NOT_NEGATIVE, KerasCalls.DEFAULT), "lr"),
                number("adam_beta_1", 0.9, FRACTION, KerasCalls.DEFAULT),
                number("adam_beta_2", 0.999, FRACTION, KerasCalls.DEFAULT),
                number("adam_weight_decay", 4e-3, NOT_NEGATIVE, KerasCalls.DEFAULT),
                number("epsilon", 1e-7, NOT_NEGATIVE, KerasCalls.DEFAULT),
                number("weight_decay", 4e-3, NOT_NEGATIVE, KerasCalls.DEFAULT)));
    List<Hyperparameter> all = KerasCalls.withBase(arguments);
    arguments.clear();
    arguments.addAll(all);
    arguments.add(
        refused("exclude_layers", Setting.none(), "write muon(…) for 'name.*': adamw(…) instead"));
    arguments.add(flag("exclude_embeddings", true));
    arguments.add(number("muon_a", 3.4445, ANY, KerasCalls.DEFAULT));
    arguments.add(number("muon_b", -4.775, ANY, KerasCalls.DEFAULT));
    arguments.add(number("muon_c", 2.0315, ANY, KerasCalls.DEFAULT));
    arguments.add(number("adam_lr_ratio", 1, NOT_NEGATIVE, KerasCalls.DEFAULT));
    arguments.add(number("momentum", 0.95, NOT_NEGATIVE, KerasCalls.DEFAULT));
    arguments.add(count("ns_steps", 5, 0, KerasCalls.DEFAULT));
    arguments.add(flag("nesterov", true));
    arguments.add(Arguments.usually(optional("rms_rate", NOT_NEGATIVE), 0.2));
    return Card.of(
            Library.KERAS, "Muon", Family.MATRIX, "matrices by Muon, all else by Keras' AdamW")
        .taking(arguments);
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
            p -= lr * adam_lr_ratio * sqrt(1 - adam_beta_2^t) / (1 - adam_beta_1^t) * m / (sqrt(v) + epsilon)\
            """);
  }

  @Override
  public Optional<String> conflict(Settings s) {
    Optional<String> base = KerasCalls.conflict(s);
    return base.isPresent() ? base : s.notWhole("ns_steps");
  }
}
