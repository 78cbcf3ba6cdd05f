package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.nn.Losses;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;

/// What a key of `--grid` changes in a training.
///
/// It is, the first of these that there is:
///
/// * an option: `model`, `loss`, `optimizer`, `augment`, `epochs`, `batch`, `sampling`, `patience`;
/// * an argument in the optimizer's text, of the last stage that has it: `lr`, `weight_decay`;
/// * an argument of the model: `dropout`, `l2`; or of the loss: `label_smoothing`;
/// * with `model.`, `loss.`, `optimizer.` or the name of a stage before it, an argument of that
///   one: `model.max_norm`, `clip_norm.limit`;
/// * a stage that clips, by its name: `clip_norm=1,none` puts it before the others, or leaves it
///   out.
///
/// @param name as it was typed
record GridKey(String name) {

  private static final List<String> OPTIONS =
      List.of(
          "model",
          "loss",
          "optimizer",
          "augment",
          "epochs",
          "batch",
          "sampling",
          "patience",
          "scale-target");

  private static final List<String> MODEL_ARGUMENTS =
      List.of("activation", "dropout", "initializer", "l1", "l2", "max_norm");

  private static final List<String> LOSS_ARGUMENTS =
      Losses.signatures().stream()
          .flatMap(signature -> signature.arguments().stream())
          .map(argument -> argument.name())
          .filter(name -> !name.equals("formula"))
          .distinct()
          .toList();

  /// Stages that a chain may have or not.
  private static final List<String> CLIPS = List.of("clip_norm", "clip_value");

  private static final String NONE = "none";

  private static final String SAME_DATA =
      "is the same for all points, whose scores are compared on the same data";
  private static final String SAME_JUDGE =
      "says which rows the points are judged on, and is the same for all";
  private static final String NO_MODEL = "changes nothing about what is trained";

  /// Why the other options of `train` are no keys.
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("data", SAME_DATA),
          Map.entry("target", SAME_DATA),
          Map.entry("task", SAME_DATA),
          Map.entry("categorical", SAME_DATA),
          Map.entry("ignore", SAME_DATA),
          Map.entry("weight", SAME_DATA),
          Map.entry("separator", SAME_DATA),
          Map.entry("header", SAME_DATA),
          Map.entry("decimal", SAME_DATA),
          Map.entry("thousands", SAME_DATA),
          Map.entry("day-first", SAME_DATA),
          Map.entry("missing", SAME_DATA),
          Map.entry("download", NO_MODEL),
          Map.entry("images", SAME_DATA),
          Map.entry("size", SAME_DATA),
          Map.entry("fit", SAME_DATA),
          Map.entry("channels", SAME_DATA),
          Map.entry("sample-rate", SAME_DATA),
          Map.entry("seconds", SAME_DATA),
          Map.entry("folder", SAME_DATA),
          Map.entry("sha256", SAME_DATA),
          Map.entry("test", SAME_JUDGE),
          Map.entry("validation", SAME_JUDGE),
          Map.entry("folds", SAME_JUDGE),
          Map.entry("seed", "a seed is no setting to choose; --seeds N judges each point with N"),
          Map.entry("seeds", SAME_JUDGE),
          Map.entry("judge", SAME_JUDGE),
          Map.entry("positive", SAME_DATA),
          Map.entry("threshold", SAME_JUDGE),
          Map.entry("calibrate", SAME_JUDGE),
          Map.entry("text", SAME_DATA),
          Map.entry("tokenizer", SAME_DATA),
          Map.entry("context", SAME_DATA),
          Map.entry("documents", SAME_DATA),
          Map.entry("checkpoint-every", NO_MODEL),
          Map.entry("from", SAME_DATA),
          Map.entry("freeze", SAME_DATA),
          Map.entry("plot-memory", NO_MODEL),
          Map.entry("metrics", NO_MODEL),
          Map.entry("tensorboard", NO_MODEL),
          Map.entry("watch", NO_MODEL),
          Map.entry("explain", NO_MODEL),
          Map.entry("grid", "a grid has no grids; each --grid is one more key"),
          Map.entry("config", NO_MODEL),
          Map.entry("out", NO_MODEL),
          Map.entry("plot", NO_MODEL),
          Map.entry("threads", NO_MODEL),
          Map.entry("provider", NO_MODEL),
          Map.entry("format", NO_MODEL),
          Map.entry("quiet", NO_MODEL),
          Map.entry("debug", NO_MODEL),
          Map.entry("help", NO_MODEL),
          Map.entry("version", NO_MODEL),
          Map.entry("schedule", "a schedule is a value of lr: --grid 'lr=0.01,cosine(0.01)'"),
          Map.entry("init", "the key is initializer"));

  /// Whether it is an option, and not an argument within the text of one.
  boolean isOption() {
    return OPTIONS.contains(name);
  }

  /// A training in which this has a value.
  ///
  /// @throws Failure if there is no such key, or the value is none of its kind
  RunConfig in(RunConfig config, String value) {
    return switch (name) {
      case "model" -> config.withModel(value);
      case "loss" -> config.withLoss(value);
      case "optimizer" -> config.withOptimizer(value);
      case "augment" ->
          config.withAugment(value.equals(NONE) ? Optional.empty() : Optional.of(value));
      case "scale-target" -> config.withScaleTarget(read(value, new Values.YesOrNo()) == YesNo.YES);
      case "epochs" -> config.withEpochs(read(value, new Values.Count()));
      case "batch" -> config.withBatch(read(value, new Values.Count()));
      case "sampling" -> config.withSampling(read(value, new Values.SamplingName()));
      case "patience" ->
          config.withPatience(
              value.equals(NONE) ? Optional.empty() : Optional.of(read(value, new Values.Count())));
      default -> argument(config, value);
    };
  }

  private <T> T read(String value, ITypeConverter<T> converter) {
    try {
      return converter.convert(value);
    } catch (BadValue bad) {
      throw wrong("=" + value + ": " + bad.getMessage());
    } catch (Exception e) {
      throw new IllegalStateException(name + ": can't be read", e);
    }
  }

  private Failure wrong(String sentence) {
    return Failure.usage("--grid " + name + sentence);
  }

  /// A changed chain with the groups of the text that it was changed in.
  static String withGroups(String chain, String optimizer) {
    var groups = optimizer.substring(Optimizer.chainOf(optimizer).length());
    return groups.isEmpty() ? chain : chain + " " + groups;
  }

  private RunConfig argument(RunConfig config, String value) {
    if (REFUSED.containsKey(name)) {
      throw wrong(": " + REFUSED.get(name));
    }
    var owner = owner();
    var argument = argument();
    var ofOptimizer = owner.isEmpty() || !(owner.equals("model") || owner.equals("loss"));
    var optimizer = config.optimizer().orElse(TrainOptions.OPTIMIZER);
    var stages = known("--optimizer", () -> Call.parseChain(Optimizer.chainOf(optimizer)));
    if (ofOptimizer) {
      var changed = inChain(stages, parsed(value));
      if (changed.isPresent()) {
        return config.withOptimizer(withGroups(changed.get(), optimizer));
      }
    }
    if (MODEL_ARGUMENTS.contains(argument) && (owner.isEmpty() || owner.equals("model"))) {
      var calls = known("--model", () -> Call.parseChain(config.model()));
      if (calls.size() > 1) {
        throw wrong(
            ": is an argument of a model with a name, and --model is a list of layers; expected"
                + " --grid 'model=…,…'");
      }
      var call = calls.getFirst();
      return config.withModel(with(call, Integer.MAX_VALUE, argument, parsed(value)).toString());
    }
    if (LOSS_ARGUMENTS.contains(argument) && (owner.isEmpty() || owner.equals("loss"))) {
      var call = known("--loss", () -> Call.parse(config.loss().orElseThrow()));
      return config.withLoss(with(call, Integer.MAX_VALUE, argument, parsed(value)).toString());
    }
    if (CLIPS.contains(name)) {
      return config.withOptimizer(withGroups(text(clipped(stages, value)), optimizer));
    }
    throw wrong(": " + Nearest.sentence("key", name, names(stages)));
  }

  /// A chain with a value for this argument, which is the rule's: the last stage's that has it.
  /// Empty where none has.
  Optional<String> inChain(List<Call> calls, CallValue value) {
    var i = stage(calls);
    if (i < 0) {
      return Optional.empty();
    }
    var call = calls.get(i);
    var changed = new ArrayList<>(calls);
    changed.set(i, with(call, optimizerArguments(call).indexOf(argument()), argument(), value));
    return Optional.of(text(changed));
  }

  /// The value that this argument has in a chain, where it is said.
  Optional<CallValue> inStage(List<Call> calls) {
    var i = stage(calls);
    if (i < 0) {
      return Optional.empty();
    }
    var call = calls.get(i);
    var position = optimizerArguments(call).indexOf(argument());
    return call.named(argument())
        .or(() ->
            position < call.positional().size()
                ? Optional.of(call.positional().get(position))
                : Optional.empty());
  }

  /// The last stage that has this argument, -1 where none has.
  private int stage(List<Call> calls) {
    var owner = owner();
    for (var i = calls.size() - 1; i >= 0; i--) {
      var call = calls.get(i);
      var isMeant = owner.isEmpty() || owner.equals("optimizer") || isNamed(call, owner);
      if (isMeant && optimizerArguments(call).contains(argument())) {
        return i;
      }
    }
    return -1;
  }

  /// What stands before the last dot.
  private String owner() {
    var dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  /// What stands after the last dot.
  private String argument() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static boolean isNamed(Call call, String stage) {
    return call.name().equalsIgnoreCase(stage);
  }

  /// The grammar of a value is that of an argument.
  private CallValue parsed(String value) {
    return value("--grid " + name + "=" + value, value);
  }

  /// A text as the value of an argument.
  ///
  /// @param said what messages begin with
  /// @throws Failure if it is none
  static CallValue value(String said, String text) {
    return known(said, () -> Call.parse("x(y=" + text + ")")).named("y").orElseThrow();
  }

  /// The chain with this stage's first argument, in its place or before all others; or without it.
  private List<Call> clipped(List<Call> calls, String value) {
    var changed = new ArrayList<>(calls);
    if (value.equals(NONE)) {
      changed.removeIf(call -> isNamed(call, name));
      return changed;
    }
    for (var i = 0; i < changed.size(); i++) {
      var call = changed.get(i);
      if (isNamed(call, name)) {
        changed.set(i, with(call, 0, optimizerArguments(call).getFirst(), parsed(value)));
        return changed;
      }
    }
    var span = calls.getFirst().span();
    changed.addFirst(new Call(name, List.of(parsed(value)), List.of(), span));
    return changed;
  }

  private static String text(List<Call> chain) {
    return chain.stream().map(Call::toString).collect(Collectors.joining(" | "));
  }

  /// The names in positional order; of a rule of one's own those that are given.
  private static List<String> optimizerArguments(Call call) {
    if (call.name().equalsIgnoreCase("rule")) {
      return call.named().stream().map(Call.Argument::name).toList();
    }
    return known("--optimizer", () -> Optimizers.describe(call.name())).arguments().stream()
        .map(Hyperparameter::name)
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

  /// Every key that a grid may have over a training with this optimizer.
  private static List<String> names(List<Call> optimizer) {
    var keys = new ArrayList<>(OPTIONS);
    optimizer.forEach(call -> keys.addAll(optimizerArguments(call)));
    keys.addAll(MODEL_ARGUMENTS);
    keys.addAll(LOSS_ARGUMENTS);
    keys.addAll(CLIPS);
    return keys.stream().distinct().toList();
  }
}
