package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.optim.around.PlainStage;
import dev.thalweg.optim.dialect.OptaxPart;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.CardedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The table of all methods, a line each: the class, and the names that it answers to. Only the
/// class of the name that is asked for is loaded.
final class Methods {
  /// The class in a package of this one, or a constant of an enum, its name, then aliases and the
  /// calls of other libraries that its card has.
  private static final String TABLE =
      """
      rule.Sgd sgd gd gradient_descent
      rule.Momentum momentum
      rule.Nesterov nesterov nag
      rule.Adagrad adagrad keras.Adagrad optax.adagrad optax.scale_by_rss
      rule.Rmsprop rmsprop keras.RMSprop
      rule.Adam adam
      rule.AdamW adamw
      rule.Lion lion keras.Lion optax.lion
      rule.SignSgd sign_sgd signsgd optax.sign_sgd optax.scale_by_sign
      rule.Signum signum optax.signum
      rule.Sgdw sgdw
      rule.Qhm qhm
      rule.AggMo aggmo
      rule.Optimistic optimistic optax.optimistic_gradient_descent optax.scale_by_optimistic_gradient
      rule.Asgd asgd averaged_sgd
      rule.NoisySgd noisy_sgd optax.noisy_sgd
      rule.Sgld sgld
      rule.Normalized normalized
      rule.Polyak polyak
      rule.Accelerated accelerated
      rule.RmspropTf rmsprop_tf
      rule.Rprop rprop torch.Rprop
      rule.Adadelta adadelta torch.Adadelta keras.Adadelta optax.adadelta optax.scale_by_adadelta
      rule.Adamax adamax torch.Adamax keras.Adamax optax.adamax optax.scale_by_adamax
      rule.AdamaxW adamaxw optax.adamaxw
      rule.Nadam nadam torch.NAdam keras.Nadam
      rule.NAdamW nadamw
      rule.AmsGrad amsgrad
      rule.Radam radam torch.RAdam
      rule.AdaBelief adabelief optax.adabelief optax.scale_by_belief
      rule.Yogi yogi optax.yogi optax.scale_by_yogi
      rule.AdaBound adabound
      rule.LaProp laprop
      rule.Adopt adopt optax.adopt optax.scale_by_adopt
      rule.AdEMAMix ademamix optax.ademamix optax.scale_by_ademamix
      rule.SimplifiedAdEMAMix simplified_ademamix optax.simplified_ademamix optax.scale_by_simplified_ademamix
      rule.Adan adan
      rule.StableAdamW stable_adamw
      rule.AdamMini adam_mini
      rule.Mars mars
      rule.Madgrad madgrad optax.madgrad optax.scale_by_madgrad
      rule.NovoGrad novograd optax.novograd optax.scale_by_novograd
      rule.Lamb lamb keras.Lamb optax.lamb
      rule.Lars lars
      rule.Fromage fromage optax.fromage
      rule.Ftrl ftrl keras.Ftrl
      rule.Muon muon
      rule.Adafactor adafactor keras.Adafactor
      rule.Came came
      rule.Sm3 sm3 optax.sm3 optax.scale_by_sm3
      rule.NorMuon normuon
      rule.AdaMuon adamuon
      rule.Scion scion
      rule.Dion dion
      rule.Shampoo shampoo
      rule.KlShampoo kl_shampoo
      rule.Soap soap
      rule.GaLore galore
      rule.Kron kron psgd_kron
      rule.AdaHessian adahessian
      rule.Sophia sophia sophia_h
      rule.SophiaG sophia_g
      rule.ScheduleFreeSgd schedule_free_sgd
      rule.ScheduleFreeAdamW schedule_free_adamw
      rule.ScheduleFreeRadam schedule_free_radam
      rule.Dog dog
      minimize.Lbfgs lbfgs l_bfgs
      minimize.LbfgsB lbfgs_b l_bfgs_b
      minimize.ConjugateGradient conjugate_gradient cg
      minimize.NewtonCg newton_cg
      minimize.GaussNewton gauss_newton
      minimize.LevenbergMarquardt levenberg_marquardt lm
      rule.Dowg dowg optax.dowg
      rule.DAdaptSgd dadapt_sgd
      rule.DAdaptAdam dadapt_adam optax.dadapt_adamw
      rule.Prodigy prodigy optax.prodigy
      rule.Cocob cocob optax.cocob optax.scale_by_cocob
      rule.SgdHd sgd_hd
      rule.AdamHd adam_hd
      rule.YellowFin yellowfin
      rule.AdGd adgd
      rule.AdGdAccelerated adgd_accelerated
      rule.AdaptiveHeavyBall adaptive_heavy_ball
      around.PlainStage#CLIP_VALUE clip_value torch.clip_grad_value_ optax.clip
      around.ClipNorm clip_norm clip_global_norm optax.clip_by_global_norm
      around.PlainStage#CLIP_UNITS clip_units agc optax.adaptive_grad_clip
      around.PlainStage#CLIP_QUANTILE clip_quantile
      around.Normalize normalize optax.normalize
      around.PlainStage#NOISE noise optax.add_noise
      around.Decay decay weight_decay optax.add_decayed_weights
      around.Trace trace
      around.Average average ema optax.ema
      around.Lazy lazy
      around.PlainStage#MAXIMIZE maximize
      around.Sam sam
      around.Asam asam
      around.Gsam gsam
      around.Lookahead lookahead optax.lookahead
      around.ScheduleFreeAround schedule_free
      around.Mechanic mechanic optax.mechanize
      around.EmaWeights ema_weights
      around.Swa swa
      around.Cautious cautious
      around.PlainStage#CAUTIOUS_DECAY cautious_decay
      around.Box box
      around.Hyperball hyperball
      around.PlainStage#L2_BALL l2_ball
      around.PlainStage#L1_BALL l1_ball
      around.PlainStage#SIMPLEX simplex
      around.PlainStage#CENTERED centered
      around.Accumulate accumulate optax.MultiSteps
      around.Finite finite
      around.LossScale loss_scale
      around.Plateau plateau
      around.LayerDecay layer_decay
      around.Unfreeze unfreeze
      around.Dp dp dp_sgd
      dialect.TorchSgd torch.SGD
      dialect.TorchAdagrad torch.Adagrad
      dialect.TorchRmsprop torch.RMSprop
      dialect.TorchAdam torch.Adam torch.AdamW
      dialect.TorchClipNorm torch.clip_grad_norm_
      dialect.TorchMuon torch.Muon
      dialect.TorchAdafactor torch.Adafactor
      dialect.TorchLbfgs torch.LBFGS
      dialect.TorchAsgd torch.ASGD
      dialect.TorchSparseAdam torch.SparseAdam
      dialect.TorchReduceLROnPlateau torch.ReduceLROnPlateau
      dialect.KerasSgd keras.SGD
      dialect.KerasAdam keras.Adam
      dialect.KerasAdamW keras.AdamW
      dialect.KerasMuon keras.Muon
      dialect.KerasScheduleFreeAdamW keras.ScheduleFreeAdamW
      dialect.KerasLossScaleOptimizer keras.LossScaleOptimizer
      dialect.KerasReduceLROnPlateau keras.ReduceLROnPlateau
      dialect.OptaxSgd optax.sgd optax.trace
      dialect.OptaxRmsprop optax.rmsprop optax.scale_by_rms optax.scale_by_stddev
      dialect.OptaxAdamW optax.adamw optax.adam optax.nadam optax.nadamw optax.scale_by_adam
      dialect.OptaxAmsgrad optax.amsgrad optax.scale_by_amsgrad
      dialect.OptaxMuon optax.muon
      dialect.OptaxScaleByMuon optax.scale_by_muon
      dialect.OptaxRadam optax.radam optax.scale_by_radam
      dialect.OptaxAdan optax.adan optax.scale_by_adan
      dialect.OptaxPart#RPROP optax.rprop optax.scale_by_rprop
      dialect.OptaxLars optax.lars
      dialect.OptaxPolyakSgd optax.polyak_sgd optax.scale_by_polyak
      dialect.OptaxOptimisticAdam optax.optimistic_adam
      dialect.OptaxOptimisticAdamV2 optax.optimistic_adam_v2
      dialect.OptaxAcprop optax.acprop optax.scale_by_acprop
      dialect.OptaxMomo optax.momo
      dialect.OptaxMomoAdam optax.momo_adam
      dialect.OptaxSophia optax.sophia
      dialect.OptaxAdafactor optax.adafactor optax.scale_by_factored_rms
      dialect.OptaxDog optax.dog
      dialect.OptaxGalore optax.galore optax.scale_by_galore
      dialect.OptaxSam optax.sam
      minimize.OptaxLbfgs optax.lbfgs
      dialect.OptaxReduceOnPlateau optax.reduce_on_plateau
      dialect.OptaxPart#APPLY_EVERY optax.apply_every
      dialect.OptaxNormalizeByUpdateNorm optax.normalize_by_update_norm
      dialect.OptaxScheduleFreeSgd optax.schedule_free_sgd
      dialect.OptaxScheduleFreeAdamW optax.schedule_free_adamw
      dialect.OptaxScheduleFree optax.schedule_free
      dialect.OptaxDpsgd optax.dpsgd
      dialect.OptaxDifferentiallyPrivateAggregate optax.differentially_private_aggregate
      dialect.OptaxApplyIfFinite optax.apply_if_finite
      dialect.OptaxZeroNans optax.zero_nans
      dialect.OptaxPart#KEEP_PARAMS_NONNEGATIVE optax.keep_params_nonnegative
      dialect.OptaxPart#CENTRALIZE optax.centralize
      dialect.OptaxPart#CLIP_BY_BLOCK_RMS optax.clip_by_block_rms
      dialect.OptaxScaleByLion optax.scale_by_lion
      dialect.OptaxPart#SCALE_BY_TRUST_RATIO optax.scale_by_trust_ratio
      dialect.OptaxPart#SCALE_BY_PARAM_BLOCK_NORM optax.scale_by_param_block_norm
      dialect.OptaxPart#SCALE_BY_PARAM_BLOCK_RMS optax.scale_by_param_block_rms
      dialect.OptaxScaleByDistanceOverGradients optax.scale_by_distance_over_gradients
      dialect.OptaxPart#SCALE optax.scale optax.scale_by_schedule
      dialect.OptaxScaleByLearningRate optax.scale_by_learning_rate
      """;

  /// What the names of libraries begin with, in the order of the lists that a user sees.
  private static final String[] LIBRARIES = {"", "torch.", "keras.", "optax."};

  /// Packages of other libraries, and what their names begin with here.
  private static final String[][] PACKAGES = {
    {"torch.optim.lr_scheduler.", "torch."},
    {"torch.optim.", "torch."},
    {"torch.nn.utils.", "torch."},
    {"keras.optimizers.", "keras."},
    {"keras.callbacks.", "keras."},
    {"optax.contrib.", "optax."}
  };

  private Methods() {}

  /// In the order of the lists that a user sees.
  static List<Method> all() {
    var all = new ArrayList<Method>();
    for (String name : names()) {
      all.add(named(name).orElseThrow());
    }
    return List.copyOf(all);
  }

  /// The names in the same order, without aliases.
  static List<String> names() {
    var names = new ArrayList<String>();
    for (String library : LIBRARIES) {
      for (String line : lines()) {
        String[] words = line.split(" ", 0);
        for (int i = 1; i < words.length; i++) {
          boolean isOwn = i == 1 && words[i].indexOf('.') < 0;
          if (library.isEmpty() ? isOwn : words[i].startsWith(library)) {
            names.add(words[i]);
          }
        }
      }
    }
    return List.copyOf(names);
  }

  /// The method of this name or alias, in any case.
  static Optional<Method> named(String name) {
    String lower = shortened(name.toLowerCase(Locale.ROOT));
    String whole = " " + lower + " ";
    for (String line : lines()) {
      if ((line.toLowerCase(Locale.ROOT) + " ").contains(whole)) {
        return Optional.of(method(line.substring(0, line.indexOf(' ')), lower));
      }
    }
    return Optional.empty();
  }

  /// The method of a line under one of its names.
  private static Method method(String type, String lower) {
    CardedRule rule = rule(type);
    Card card = Card.of(rule.card());
    for (Card.OtherCall call : card.calls()) {
      if ((call.library().prefix() + call.name()).toLowerCase(Locale.ROOT).equals(lower)) {
        return Renamed.method(rule, card, call);
      }
    }
    return new Method(rule, card);
  }

  /// The rule of the first word of a line.
  static CardedRule rule(String type) {
    int constant = type.indexOf('#') + 1;
    if (constant > 0) {
      String name = type.substring(constant);
      return type.startsWith("around") ? PlainStage.valueOf(name) : OptaxPart.valueOf(name);
    }
    try {
      return Class.forName(Methods.class.getPackageName() + "." + type)
          .asSubclass(CardedRule.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the rule " + type + " can't be made", e);
    }
  }

  /// A name as it is after an import, without the library's packages.
  private static String shortened(String lower) {
    for (String[] names : PACKAGES) {
      if (lower.startsWith(names[0])) {
        return names[1] + lower.substring(names[0].length());
      }
    }
    return lower;
  }

  /// The sentence about a name that is none of them.
  static String unknown(String name) {
    return Nearest.sentence("optimizer", CallValue.shortened(name), names());
  }

  /// The lines of the table.
  static List<String> lines() {
    return TABLE.lines().toList();
  }
}
