package dev.thalweg.cli;

import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What calibration and the threshold of a training came to, on the validation part that they were
/// chosen on.
///
/// @param plan with what was asked for
/// @param trained the model as it was trained
/// @param fitted the model that decides as was asked for
record DecisionReport(TrainPlan plan, FittedModel trained, FittedModel fitted) {

  /// How a model does on the validation part, where there is one.
  private Optional<Evaluation> validated(FittedModel model) {
    return plan.validation().map(model::evaluate);
  }

  /// Adds a row for the temperature and one for the threshold, where they were asked for.
  void rows(Table table) {
    var choice = plan.config().choice();
    var decision = fitted.decision();
    if (choice.calibrate()) {
      table.row(
          "calibrated",
          decision.temperature() == 1
              ? "temperature 1: no other makes the log-loss of the validation rows smaller"
              : "temperature %s, log-loss of the validation rows %s, before %s"
                  .formatted(
                      Numbers.text(decision.temperature(), 4),
                      number(validated(fitted).map(Evaluation::logLoss)),
                      number(validated(trained).map(Evaluation::logLoss))));
    }
    choice
        .threshold()
        .ifPresent(asked ->
            table.row(
                "threshold",
                "%s for %s%s"
                    .formatted(
                        Numbers.text(decision.threshold().orElseThrow(), 4),
                        positive(),
                        asked.isAuto() ? ", the largest F1 of the validation rows: " + f1() : "")));
  }

  private String positive() {
    return fitted.decision().positive().orElseGet(() -> fitted.classNames().get(1));
  }

  private String f1() {
    return "%s, with the most probable class %s"
        .formatted(
            number(validated(fitted).map(Evaluation::f1)),
            number(validated(undecided()).map(Evaluation::f1)));
  }

  /// The trained model with the positive class named, and no threshold.
  private FittedModel undecided() {
    return plan.config().choice().positive().map(trained::withPositive).orElse(trained);
  }

  /// `positive`, `threshold` and `temperature`, as far as they were asked for, and the figures of
  /// the validation part before and after.
  Map<String, @Nullable Object> json() {
    var choice = plan.config().choice();
    var decision = fitted.decision();
    var json = new LinkedHashMap<String, @Nullable Object>();
    if (choice.positive().isPresent() || choice.threshold().isPresent()) {
      json.put("positive", positive());
    }
    choice
        .threshold()
        .ifPresent(asked -> {
          json.put("threshold", decision.threshold().orElseThrow());
          if (asked.isAuto()) {
            json.put("validation_f1", validated(fitted).map(Evaluation::f1).orElse(null));
            json.put(
                "validation_f1_before", validated(undecided()).map(Evaluation::f1).orElse(null));
          }
        });
    if (choice.calibrate()) {
      json.put("temperature", decision.temperature());
      json.put("validation_log_loss", validated(fitted).map(Evaluation::logLoss).orElse(null));
      json.put(
          "validation_log_loss_before", validated(trained).map(Evaluation::logLoss).orElse(null));
    }
    return json;
  }

  private static String number(Optional<Double> value) {
    return value.map(v -> String.format(Locale.ROOT, "%.4f", v)).orElse("-");
  }
}
