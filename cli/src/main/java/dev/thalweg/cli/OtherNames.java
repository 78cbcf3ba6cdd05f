package dev.thalweg.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// How to say what other tools have another name for: options as they are typed by those who come
/// from Keras, PyTorch or scikit-learn.
final class OtherNames {

  /// The option that is meant, and what it is called elsewhere: without dashes, words parted by
  /// one.
  private static final Map<String, String> OPTIONS =
      named(
          "lr: learning-rate lrate learning-rate-init eta eta0 alpha step-size rate",
          "batch: batch-size bs minibatch minibatch-size train-batch-size",
          "epochs: num-epochs n-epochs nb-epoch num-train-epochs max-epochs max-iter n-iter"
              + " max-iterations iterations",
          "iterations: max-iter n-iter max-iterations num-iterations steps max-steps epochs",
          "seed: random-state random-seed manual-seed rng-seed",
          "threads: n-jobs jobs num-threads num-workers workers nthread",
          "test: test-size test-split test-fraction test-ratio holdout",
          "validation: validation-split validation-size validation-fraction val val-split val-size"
              + " dev valid",
          "patience: early-stopping n-iter-no-change early-stopping-rounds stop-after",
          "folds: cv k-folds kfold n-splits cross-validation cross-val k",
          "judge: scoring score metric metrics eval-metric refit",
          "grid: param-grid params sweep search grid-search",
          "target: label labels label-column target-column y y-column response predict",
          "ignore: drop drop-columns exclude skip-columns",
          "categorical: categorical-features cat-features categories cat-columns",
          "weight: sample-weight sample-weights weights weight-column",
          "optimizer: opt optim solver optimiser",
          "loss: criterion objective loss-function",
          "model: architecture arch estimator network net",
          "out: output-dir run-dir save save-dir model-dir logdir",
          "plot: figure picture png save-plot",
          "quiet: silent",
          "separator: sep delimiter",
          "decimal: decimal-sign",
          "missing: na na-values nan null missing-values",
          "tolerance: tol gtol ftol epsilon",
          "start: x0 init initial",
          "positive: pos-label positive-class",
          "threshold: cutoff decision-threshold",
          "calibrate: calibration temperature temperature-scaling",
          "probabilities: proba predict-proba probs scores",
          "keep: keep-columns passthrough id id-column copy",
          "scale-target: target-scaling normalize-target",
          "input: data file csv",
          "data: input file csv test-data",
          "output: out result save");

  /// What is no option, and the text of which it is a part.
  private static final Map<String, String> WITHIN =
      named(
          "--optimizer 'adamw(weight_decay=0.01)': weight-decay wd",
          "--optimizer 'momentum(0.01)', or torch.SGD(lr=0.01, momentum=0.9): momentum nesterov",
          "--optimizer 'adam(beta1=0.9, beta2=0.999)': beta1 beta2 betas beta-1 beta-2 eps amsgrad",
          "--optimizer 'clip_norm(1) | adam': clip clipnorm clip-norm grad-clip gradient-clip"
              + " max-grad-norm clipvalue clip-value gradient-clip-val",
          "--optimizer 'adam(lr=cosine(1e-3, warmup=100))': scheduler lr-scheduler schedule"
              + " lr-schedule warmup warmup-steps warmup-ratio decay lr-decay",
          "--model 'mlp(128, 64, dropout=0.1)': dropout dropout-rate hidden hidden-layers"
              + " hidden-layer-sizes hidden-size hidden-dim layers num-layers units width depth"
              + " neurons",
          "--model 'mlp(128, activation=tanh)': activation activations",
          "--model 'mlp(128, l2=1e-4)': l1 l2 penalty regularization reg",
          "--model 'mlp(128, initializer=he_normal)': initializer init kernel-initializer",
          "--loss 'softmax_cross_entropy(class_weights=balanced)': class-weight class-weights"
              + " balanced pos-weight scale-pos-weight",
          "--loss 'softmax_cross_entropy(label_smoothing=0.1)': label-smoothing smoothing");

  private OtherNames() {}

  private static Map<String, String> named(String... lines) {
    return Stream.of(lines)
        .collect(
            Collectors.toUnmodifiableMap(
                line -> line.substring(line.lastIndexOf(": ") + 2),
                line -> line.substring(0, line.lastIndexOf(": "))));
  }

  /// How a command says what was typed, where it has a way to.
  ///
  /// @param typed with or without dashes
  /// @return `--batch`, or `--optimizer 'adamw(weight_decay=0.01)'`
  static Optional<String> here(CommandSpec command, String typed) {
    var word = typed.replaceFirst("^-+", "").replace('_', '-').toLowerCase(Locale.ROOT);
    return of(OPTIONS, word)
        .map("--"::concat)
        .filter(option -> has(command, option))
        .findFirst()
        .or(() ->
            of(WITHIN, word)
                .filter(text -> has(command, text.substring(0, text.indexOf(' '))))
                .findFirst());
  }

  private static Stream<String> of(Map<String, String> names, String word) {
    return names.entrySet().stream()
        .filter(entry -> Stream.of(entry.getKey().split(" ", -1)).anyMatch(word::equals))
        .map(Map.Entry::getValue)
        .sorted();
  }

  private static boolean has(CommandSpec command, String option) {
    var known = command.findOption(option);
    return known != null && !known.hidden();
  }
}
