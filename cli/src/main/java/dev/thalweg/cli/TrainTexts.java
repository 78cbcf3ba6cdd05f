package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Argument;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is trained, as texts: what a grid changes.
///
/// @param model the model's text
/// @param loss the loss's text
/// @param optimizer the optimizer's text
/// @param epochs at most
/// @param batch rows a step
record TrainTexts(String model, String loss, String optimizer, int epochs, int batch) {

  /// The options that a grid may go over.
  static final List<String> OPTIONS = List.of("model", "loss", "optimizer", "epochs", "batch");

  private static final List<String> MODEL_ARGUMENTS =
      List.of("activation", "dropout", "initializer", "l1", "l2", "max_norm");

  private static final List<String> LOSS_ARGUMENTS =
      List.of("label_smoothing", "class_weights", "delta", "reduction");

  /// The texts of a training of which all is known.
  static TrainTexts of(RunConfig completed) {
    return new TrainTexts(
        completed.model(),
        completed.loss().orElseThrow(),
        completed.optimizer(),
        completed.epochs().orElseThrow(),
        completed.batch());
  }

  /// A training with these texts.
  RunConfig in(RunConfig config) {
    return new RunConfig(
        config.data(),
        model,
        Optional.of(loss),
        optimizer,
        Optional.of(epochs),
        batch,
        config.sampling(),
        config.patience(),
        config.folds(),
        config.seed());
  }

  /// The same with another value of an option, or of an argument within a text; empty if there is
  /// none of this name.
  ///
  /// @throws Failure if the value is none of its kind
  Optional<TrainTexts> with(String key, String value) {
    return switch (key) {
      case "model" -> Optional.of(new TrainTexts(value, loss, optimizer, epochs, batch));
      case "loss" -> Optional.of(new TrainTexts(model, value, optimizer, epochs, batch));
      case "optimizer" -> Optional.of(new TrainTexts(model, loss, value, epochs, batch));
      case "epochs" ->
          Optional.of(new TrainTexts(model, loss, optimizer, count(key, value), batch));
      case "batch" ->
          Optional.of(new TrainTexts(model, loss, optimizer, epochs, count(key, value)));
      default -> withArgument(key, value);
    };
  }

  private static int count(String key, String value) {
    try {
      return new Values.Count().convert(value);
    } catch (BadValue bad) {
      throw Failure.usage("--grid " + key + "=" + value + ": " + bad.getMessage(), bad);
    }
  }

  private Optional<TrainTexts> withArgument(String key, String value) {
    // The grammar of a value is that of an argument.
    var parsed =
        known("--grid " + key + "=" + value, () -> Call.parse("x(y=" + value + ")"))
            .named("y")
            .orElseThrow();
    var calls = known("--optimizer", () -> Call.parseChain(optimizer));
    // The rule is the last stage that has the argument.
    for (var i = calls.size() - 1; i >= 0; i--) {
      var call = calls.get(i);
      var arguments = optimizerArguments(call);
      if (arguments.contains(key)) {
        var changed = new ArrayList<>(calls);
        changed.set(i, with(call, arguments.indexOf(key), key, parsed));
        var text = changed.stream().map(Call::toString).collect(Collectors.joining(" | "));
        return Optional.of(new TrainTexts(model, loss, text, epochs, batch));
      }
    }
    if (MODEL_ARGUMENTS.contains(key)) {
      var call = known("--model", () -> Call.parse(model));
      var text = with(call, Integer.MAX_VALUE, key, parsed).toString();
      return Optional.of(new TrainTexts(text, loss, optimizer, epochs, batch));
    }
    if (LOSS_ARGUMENTS.contains(key)) {
      var call = known("--loss", () -> Call.parse(loss));
      var text = with(call, Integer.MAX_VALUE, key, parsed).toString();
      return Optional.of(new TrainTexts(model, text, optimizer, epochs, batch));
    }
    return Optional.empty();
  }

  /// The names in positional order; of a rule of one's own those that are given.
  private static List<String> optimizerArguments(Call call) {
    if (call.name().equalsIgnoreCase("rule")) {
      return call.named().stream().map(Call.Argument::name).toList();
    }
    return known("--optimizer", () -> Optimizers.describe(call.name())).arguments().stream()
        .map(Argument::name)
        .toList();
  }

  private static Call with(Call call, int position, String key, CallValue value) {
    var positional = new ArrayList<>(call.positional());
    var named = new ArrayList<Call.Argument>();
    var done = false;
    for (var argument : call.named()) {
      var same = argument.name().equals(key);
      named.add(same ? new Call.Argument(key, value, argument.span()) : argument);
      done |= same;
    }
    if (!done && position < positional.size()) {
      positional.set(position, value);
    } else if (!done) {
      named.add(new Call.Argument(key, value, call.span()));
    }
    return new Call(call.name(), positional, named, call.span());
  }

  /// Every key that a grid over these texts may have.
  List<String> keys() {
    var keys = new ArrayList<>(OPTIONS);
    known("--optimizer", () -> Call.parseChain(optimizer))
        .forEach(call -> keys.addAll(optimizerArguments(call)));
    keys.addAll(MODEL_ARGUMENTS);
    keys.addAll(LOSS_ARGUMENTS);
    return keys.stream().distinct().toList();
  }

  /// Reads all texts.
  ///
  /// @throws Failure if one can't be read, or does not fit the data
  void check(Dataset data) {
    var parsed = known("--grid: --loss", () -> Losses.parse(loss));
    known(
        "--grid: --loss",
        () -> {
          Trainer.checkLoss(parsed, data);
          return parsed;
        });
    known("--grid: --model", () -> Models.parse(model, outputs(parsed, data)));
    known("--grid: --optimizer", () -> Optimizer.parse(optimizer));
  }

  /// How many outputs a model must have.
  static int outputs(Loss loss, Dataset data) {
    return data.task() == Task.CLASSIFICATION ? loss.targets().outputs(data.classes()) : 1;
  }
}
