package dev.thalweg.cli;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.CrossValidation;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a training came to, for people and for programs.
///
/// @param plan what was to be done
/// @param validated the cross-validation before, where one was asked for
/// @param trained the model, of all rows to train on
/// @param fitted the same, deciding on classes as was asked for
/// @param tested how well it does on the rows kept for the end, where there are some
/// @param run the run folder, which is in its place
/// @param weightsSha256 of its weights
/// @param engine on which it ran
record TrainReport(
    TrainPlan plan,
    Optional<CrossValidation> validated,
    FittedModel trained,
    FittedModel fitted,
    Optional<Evaluation> tested,
    Path run,
    String weightsSha256,
    Engine engine) {

  /// How the targets were scaled, where they were.
  private Optional<Standardizer> scaling() {
    return fitted.preprocessing().targetStandardizer();
  }

  /// What scaling did to numbers that lie too close to each other, a sentence a column.
  private List<String> merged() {
    var sentences = new ArrayList<String>();
    fitted
        .preprocessing()
        .standardizer()
        .ifPresent(scaling -> sentences.addAll(scaling.merged(plan.train())));
    scaling().flatMap(scaling -> scaling.mergedTargets(plan.train())).ifPresent(sentences::add);
    return sentences;
  }

  private TrainingFacts facts() {
    return new TrainingFacts(
        plan.config(),
        history(),
        "samples",
        fitted.network().parameterCount(),
        weightsSha256,
        engine);
  }

  private History history() {
    return fitted.history().orElseThrow();
  }

  /// One object, as `--format json` prints it.
  Map<String, @Nullable Object> json() {
    var config = plan.config();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", run.toString());
    json.put("data", config.data().name());
    json.put("task", plan.train().task().toString());
    plan.understanding().ifPresent(understood -> json.putAll(understood.json()));
    var merged = merged();
    if (!merged.isEmpty()) {
      var notes = new ArrayList<Object>(merged);
      if (json.get("notes") instanceof List<?> before) {
        notes.addAll(0, before);
      }
      json.put("notes", notes);
    }
    json.put("model", config.model());
    json.put("loss", plan.loss().toString());
    json.put("optimizer", config.optimizer().orElseThrow());
    scaling()
        .ifPresent(scaling -> {
          json.put("target_mean", scaling.means()[0]);
          json.put("target_scale", scaling.scales()[0]);
        });
    json.put("test_loss", tested.map(Evaluation::loss).orElse(null));
    if (fitted.preprocessing().task() == Task.CLASSIFICATION) {
      json.put("test_accuracy", tested.map(Evaluation::accuracy).orElse(null));
    } else {
      json.put("test_r2", tested.map(Evaluation::r2).orElse(null));
      json.put("test_mae", tested.map(Evaluation::mae).orElse(null));
    }
    tested.ifPresent(evaluation -> Metrics.json("test_", evaluation).forEach(json::putIfAbsent));
    validated.ifPresent(folds -> {
      json.put("folds", folds.folds().size());
      json.put("cross_validation", FoldedPlan.json(folds));
    });
    json.putAll(new DecisionReport(plan, trained, fitted).json());
    json.put("train_loss", facts().epoch().loss());
    if (plan.validation().isPresent()) {
      json.put("validation_loss", facts().epoch().validationLoss().orElse(Double.NaN));
      json.put("validation_" + score("r2"), facts().epoch().validationScore().orElse(Double.NaN));
    }
    json.put("train_rows", plan.train().rows());
    json.put("validation_rows", plan.validation().map(Dataset::rows).orElse(0));
    json.put("test_rows", plan.test().map(Dataset::rows).orElse(0));
    facts().addTo(json);
    return json;
  }

  /// A table, and the figures of each class.
  String text() {
    var config = plan.config();
    var table =
        new Table()
            .row("data", parts())
            .row("model", facts().model())
            .row("optimizer", config.optimizer().orElseThrow());
    scaling()
        .ifPresent(scaling ->
            table.row(
                "target",
                "%s, scaled by its mean %s and standard deviation %s, which the loss counts"
                    .formatted(
                        plan.train().targetName(),
                        Numbers.text(scaling.means()[0], 6),
                        Numbers.text(scaling.scales()[0], 6))));
    for (var sentence : merged()) {
      table.row("note", sentence);
    }
    validated.ifPresent(folds -> table.row("folds", folds.toString()));
    table.row(
        "trained", facts().trained() + (validated.isPresent() ? ", on all rows to train on" : ""));
    facts().addPrivacyTo(table);
    watched()
        .ifPresent(text ->
            table.row(plan.config().patience().isPresent() ? "best epoch" : "validation", text));
    new DecisionReport(plan, trained, fitted).rows(table);
    tested.ifPresent(evaluation -> Metrics.rows(table, "test ", evaluation));
    table.row("run", run.toString());
    return table + tested.map(Metrics::details).orElse("");
  }

  /// `epoch 31 of 51, whose weights the model has: validation loss 0.0917, accuracy 0.9708`;
  /// without patience what the last epoch came to on the validation part, where there is one.
  private Optional<String> watched() {
    var epoch = facts().epoch();
    var figures =
        epoch.validationLoss().isPresent()
            ? "validation loss %s, %s %s"
                .formatted(
                    Numbers.figure(epoch.validationLoss().getAsDouble()),
                    score("R²"),
                    Numbers.figure(epoch.validationScore().orElse(Double.NaN)))
            : "loss %s, %s %s"
                .formatted(
                    Numbers.figure(epoch.loss()), score("R²"), Numbers.figure(epoch.score()));
    if (plan.config().patience().isPresent()) {
      return Optional.of(
          "epoch %d of %d, whose weights the model has: %s"
              .formatted(epoch.epoch(), history().epochs().size(), figures));
    }
    return epoch.validationLoss().isPresent()
        ? Optional.of(figures.replaceFirst("^validation ", ""))
        : Optional.empty();
  }

  private String score(String ofNumbers) {
    return plan.train().task() == Task.CLASSIFICATION ? "accuracy" : ofNumbers;
  }

  /// What there is to say of a regression that does worse than one number for all rows.
  Optional<String> note() {
    if (plan.train().task() != Task.REGRESSION) {
      return Optional.empty();
    }
    var r2 = tested.map(Evaluation::r2).orElseGet(() -> facts().epoch().score());
    return r2 < 0
        ? Optional.of(
            "R² of the %s rows is below 0, so the mean of the targets would predict better; their standard deviation is %s, and what helps is a higher rate (--optimizer 'adamw(lr=…)'), more --epochs, or %s"
                .formatted(
                    tested.isPresent() ? "test" : "training",
                    Numbers.text(spread(), 3),
                    scaling().isPresent()
                        ? "another --model"
                        : "scaled targets (without --scale-target no)"))
        : Optional.empty();
  }

  /// The standard deviation of the targets to train on.
  private double spread() {
    var targets = plan.train().targets();
    var sum = 0.0;
    for (var target : targets) {
      sum += target;
    }
    var mean = sum / targets.length;
    var squares = 0.0;
    for (var target : targets) {
      squares += (target - mean) * (target - mean);
    }
    return Math.sqrt(squares / targets.length);
  }

  /// `digits: 1,438 rows to train, 359 to test`
  private String parts() {
    return plan.config().data().name()
        + ": "
        + Numbers.count(plan.train().rows())
        + (plan.train().rows() == 1 ? " row to train" : " rows to train")
        + plan.validation()
            .map(rows -> ", " + Numbers.count(rows.rows()) + " to validate")
            .orElse("")
        + plan.test().map(rows -> ", " + Numbers.count(rows.rows()) + " to test").orElse("")
        + divided();
  }

  /// Who has divided the rows, if it was somebody else.
  private String divided() {
    if (!plan.division().published()) {
      return "";
    }
    return Rows.isName(plan.config().data().name()) ? " (as published)" : " (by its folders)";
  }
}
