package dev.thalweg.optim;

import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Program;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.optim.around.Finite;
import dev.thalweg.optim.rule.NonFinitePolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How parameters move by their gradients: an immutable value, without state. A chain of stages, of
/// which one is the rule: `clip_norm(limit=1) | adamw(lr=0.001)`.
///
/// Made by [Optimizers] or from a text, changed by `with…` methods, which return another one.
/// [#attach] makes a run, which has the state; any number of runs can be attached to one optimizer
/// and share nothing.
///
/// ```java
/// Optimizer optimizer = Optimizer.parse("adamw(lr=1e-3, weight_decay=0.05)");
/// OptimizerRun run = optimizer.attach(Parameter.of("weights", weights));
/// run.step(gradient);
/// ```
///
/// What it computes is what [#formula] says, line by line; the loops are made from that text.
/// `toString` is the text form: the rate, and whatever differs from the defaults. It parses to an
/// equal optimizer.
public final class Optimizer {
  /// A stage that needs a sum of what all before it have made of the gradient computes that once
  /// more: work that grows with the square of their number.
  private static final int LONGEST = 500;

  private final List<Stage> stages;
  private final List<Group> groups;

  /// Made when first asked for; the same whoever makes it.
  private @Nullable Chain chain;

  /// @throws IllegalArgumentException if there is more than one rule, or very many stages
  Optimizer(List<Stage> stages) {
    this(stages, List.of());
  }

  Optimizer(List<Stage> stages, List<Group> groups) {
    this.stages = List.copyOf(stages);
    this.groups = List.copyOf(groups);
    var rules = new ArrayList<Stage>();
    int computing = 0;
    for (Stage stage : this.stages) {
      if (stage.computes()) {
        computing++;
      }
      if (isRule(stage)) {
        rules.add(stage);
      }
    }
    if (computing > LONGEST) {
      throw new IllegalArgumentException(
          "optimizer: expected at most %d stages, found %d".formatted(LONGEST, computing));
    }
    if (rules.size() > 1) {
      throw new IllegalArgumentException(
          "optimizer: a chain has one rule, found %s and %s"
              .formatted(rules.get(0).method(), rules.get(1).method()));
    }
  }

  private static boolean isRule(Stage stage) {
    return stage.method().family() != Family.STAGE;
  }

  /// Reads the text form: `adam`, `sgd(0.1)`, `clip_norm(1) | adamw(lr=cosine(1e-3, warmup=100))`,
  /// `torch.SGD(lr=0.1, momentum=0.9)`, `rule('p -= lr * sign(g)', lr=0.1)`.
  ///
  /// Arguments without a name take the names of [Optimizers#describe] in order; what is not given
  /// has its default. Names of methods may be in any case.
  ///
  /// Behind the chain stand groups of parameters for which something is otherwise: `adamw(lr=1e-3)
  /// for 'head.*': lr=1e-2; for rank<2: weight_decay=0`, `muon(0.02) for rank<2: adamw(3e-4)`.
  ///
  /// @throws dev.thalweg.formula.SyntaxException if the text is malformed, names an unknown
  ///   optimizer or hyperparameter (with the nearest known one), a value is out of its range or
  ///   isn't supported, no stage of a chain moves the parameters, or one that changes the gradient
  ///   stands behind the rule; a caret stands under the culprit
  public static Optimizer parse(String text) {
    NotNull.check(text, "text");
    return GroupText.read(text);
  }

  /// The part of a text form that is the chain: what stands before `for`.
  public static String chainOf(String text) {
    NotNull.check(text, "text");
    return GroupText.chain(text);
  }

  /// This chain, followed by another: `clipNorm(1).then(adamw(1e-3))`.
  ///
  /// @throws IllegalArgumentException if both have a rule
  public Optimizer then(Optimizer next) {
    NotNull.check(next, "next");
    var all = new ArrayList<>(stages);
    all.addAll(next.stages);
    var both = new ArrayList<>(groups);
    both.addAll(next.groups);
    return new Optimizer(all, both);
  }

  /// The name of the rule: `adamw`; of the first stage where there is none.
  public String name() {
    return stages.stream()
        .filter(Optimizer::isRule)
        .findFirst()
        .orElse(stages.getFirst())
        .method()
        .name();
  }

  List<Stage> stages() {
    return stages;
  }

  /// What is otherwise for some parameters.
  List<Group> groups() {
    return groups;
  }

  /// The names of the methods, in order.
  List<String> methods() {
    return stages.stream().map(stage -> stage.method().name()).toList();
  }

  /// What the stages compute.
  List<String> formulas() {
    // no lambda on the way to a first step
    var formulas = new ArrayList<String>(stages.size());
    for (Stage stage : stages) {
      formulas.add(stage.method().formula(stage.settings()));
    }
    return List.copyOf(formulas);
  }

  /// Where the rule is to be evaluated, if not where its gradients are taken.
  Optional<Expression> evaluation() {
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      Optional<String> formula = stage.method().rule().evaluation(stage.settings());
      if (formula.isPresent()) {
        return Optional.of(
            Expression.parse(formula.get())
                .substitute(JoinedStages.replacements(Chain.names(stages).get(i))));
      }
    }
    return Optional.empty();
  }

  /// How many stages stand before the rule.
  int stagesBeforeRule() {
    int count = 0;
    while (count < stages.size() && !isRule(stages.get(count))) {
      count++;
    }
    return count;
  }

  /// The stage whose argument of this name is meant.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  Stage stageOf(String name) {
    return stages.get(place(name));
  }

  /// The same with something otherwise for some of the parameters: `adamw(1e-3).where(rankBelow(2),
  /// it -> it.withWeightDecay(0))`.
  ///
  /// @throws IllegalArgumentException if nothing changes
  public Optimizer where(ParameterSelector selector, UnaryOperator<Optimizer> change) {
    NotNull.check(selector, "selector");
    NotNull.check(change, "change");
    var base = new Optimizer(stages);
    return with(Group.between(selector, base, change.apply(base)));
  }

  /// The same with another rule for some of the parameters: `muon(0.02).where(rankBelow(2),
  /// adamw(3e-4))`. What stands before the rule here is for all.
  public Optimizer where(ParameterSelector selector, Optimizer other) {
    NotNull.check(selector, "selector");
    NotNull.check(other, "other");
    return with(new Group(selector, new LinkedHashMap<>(), other));
  }

  /// The same with one more group.
  ///
  /// @throws IllegalArgumentException if what it says makes no sense here
  Optimizer with(Group group) {
    var all = new ArrayList<>(groups);
    all.add(group);
    int front = stagesBeforeRule();
    for (String name : group.changes().keySet()) {
      if (place(name) < front) {
        throw new IllegalArgumentException(
            "optimizer: %s stands before the rule and is the same for all parameters: %s can't be another for %s"
                .formatted(stageOf(name).method(), name, group.where()));
      }
    }
    var optimizer = new Optimizer(stages, all);
    optimizer.resolved(List.of(group)); // complains where values are wrong
    return optimizer;
  }

  /// What moves a parameter that is in these groups.
  Optimizer resolved(List<Group> of, Parameter parameter) {
    List<Stage> now = resolved(of);
    boolean same = of.isEmpty() && groups.isEmpty();
    var own = new ArrayList<Stage>();
    for (Stage stage : now) {
      Stage one = stage.forParameter(parameter);
      same &= one.method().equals(stage.method());
      own.add(one);
    }
    return same ? this : new Optimizer(own);
  }

  /// The stages with what these groups say.
  private List<Stage> resolved(List<Group> of) {
    List<Stage> now = stages;
    for (Group group : of) {
      Optimizer other = group.other();
      if (other != null) {
        now = new ArrayList<>(stages.subList(0, stagesBeforeRule()));
        now.addAll(other.stages);
      }
      for (Map.Entry<String, Setting> change : group.changes().entrySet()) {
        int at = place(change.getKey());
        now = new ArrayList<>(now);
        now.set(at, now.get(at).with(argument(now.get(at), change.getKey()), change.getValue()));
      }
    }
    return now;
  }

  /// The chain as one program.
  ///
  /// @throws IllegalArgumentException if nothing moves the parameters
  Chain chain() {
    Chain known = chain;
    if (known == null) {
      known = Chain.of(stages);
      chain = known;
    }
    return known;
  }

  /// The formula of the whole chain, a line an assignment: `p` is the parameter, `g` its gradient,
  /// `t` the number of the update counted from 1; slots begin at 0 if the method doesn't say
  /// otherwise.
  ///
  /// @throws IllegalArgumentException if nothing moves the parameters
  public Program formula() {
    return chain().program();
  }

  /// Whether a step leaves numbers of a parameter whose gradient is 0 as they are, and what is kept
  /// for them, as settings are in the first step. Then a step of an embedding costs as the rows
  /// that a batch looks up, else as all of them: averages fade, decays go on.
  ///
  /// @param parameter by its name and rank
  /// @throws IllegalArgumentException if nothing moves the parameters
  public boolean restsWithoutGradient(Parameter parameter) {
    NotNull.check(parameter, "parameter");
    var matching = new ArrayList<Group>();
    for (Group group : groups) {
      if (group.where().matches(parameter)) {
        matching.add(group);
      }
    }
    Optimizer one = resolved(matching, parameter).over(1);
    Chain moved = one.chain();
    if (moved.asks()) {
      return false;
    }
    int[] dimensions = new int[parameter.dimensions().length];
    Arrays.fill(dimensions, 2);
    var small = Parameter.of(parameter.name(), dimensions, new float[1 << dimensions.length]);
    var part = new Part(one, moved, List.of(small));
    part.prepare(0, Double.NaN);
    return part.restsNow();
  }

  /// The hyperparameters by their names in the [#formula].
  ///
  /// @throws IllegalArgumentException if nothing moves the parameters
  public SequencedMap<String, Schedule> hyperparameters() {
    return chain().hyperparameters();
  }

  /// What a step does with a gradient that has a NaN or an infinity; [NonFinite#FAIL] if nothing
  /// was said, and always [NonFinite#SKIP] where the loss is scaled.
  public NonFinite onNonFinite() {
    NonFinite policy = NonFinite.FAIL;
    if (LossScaler.terms(stages).isPresent()) {
      return NonFinite.SKIP;
    }
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof NonFinitePolicy rule) {
        policy = rule.policy(stage.settings());
      }
    }
    return policy;
  }

  /// How many gradients in a row may be skipped before one is taken as it is.
  long mostSkippedInRow() {
    long most = Long.MAX_VALUE;
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof NonFinitePolicy rule) {
        most = rule.mostInRow(stage.settings());
      }
    }
    return most;
  }

  /// What private steps do, where it makes such (`dp`).
  public Optional<Privacy> privacy() {
    return PrivateSums.terms(stages);
  }

  /// The same optimizer with another policy.
  public Optimizer onNonFinite(NonFinite policy) {
    NotNull.check(policy, "policy");
    var others = new ArrayList<>(stages);
    others.removeIf(stage -> stage.method().rule() instanceof NonFinitePolicy);
    if (policy != NonFinite.FAIL) {
      others.addFirst(
          Optimizers.of(new Method(new Finite())).with("policy", policy).stages.getFirst());
    }
    return new Optimizer(others, groups);
  }

  /// The same with another value of a hyperparameter, by the name in the text form or in the
  /// formula.
  ///
  /// @throws IllegalArgumentException if there is none of this name, or the value is out of its
  ///   range
  public Optimizer with(String name, double value) {
    NotNull.check(name, "name");
    return with(name, Schedule.constant(value));
  }

  /// The same with a schedule for a hyperparameter.
  ///
  /// @throws IllegalArgumentException if there is none of this name, it can't have a schedule, or
  ///   the schedule leaves its range
  public Optimizer with(String name, Schedule schedule) {
    NotNull.check(name, "name");
    NotNull.check(schedule, "schedule");
    int at = place(name);
    Stage stage = stages.get(at);
    Hyperparameter argument = argument(stage, name);
    Hyperparameter.Kind kind = argument.kind();
    boolean isNumber =
        kind == Hyperparameter.Kind.NUMBER
            || kind == Hyperparameter.Kind.OPTIONAL
            || argument.isFixed();
    if (!isNumber && kind != Hyperparameter.Kind.TUPLE) {
      throw isNo(stage, name, "number");
    }
    Setting value =
        isNumber ? new Setting.Single(schedule) : several(stage, argument, name, schedule);
    return with(at, stage.with(argument, value));
  }

  /// The numbers of a tuple with one of them changed, by its symbol.
  private static Setting several(
      Stage stage, Hyperparameter argument, String name, Schedule schedule) {
    int index = argument.symbols().indexOf(name);
    if (index >= 0
        && stage.settings().values().get(argument.name())
            instanceof Setting.Several(List<Schedule> values)) {
      var changed = new ArrayList<>(values);
      changed.set(index, schedule);
      return new Setting.Several(changed);
    }
    throw isNo(stage, name, "number");
  }

  /// The same with a convention chosen: `with("form", MomentumForm.VELOCITY)`.
  ///
  /// @throws IllegalArgumentException if there is no choice of this name with such a word, or it
  ///   doesn't go with the other settings
  public Optimizer with(String name, Enum<?> choice) {
    NotNull.check(choice, "choice");
    return with(name, Hyperparameter.word(choice));
  }

  /// The same with another word of a choice: `with("norm", "sign")`.
  ///
  /// @throws IllegalArgumentException if there is no choice of this name with this word, or it
  ///   doesn't go with the other settings
  public Optimizer with(String name, String word) {
    NotNull.check(name, "name");
    NotNull.check(word, "word");
    int at = place(name);
    Stage stage = stages.get(at);
    Hyperparameter argument = argument(stage, name);
    if (!(argument.defaultValue() instanceof Setting.Choice usual)) {
      throw isNo(stage, name, "choice");
    }
    if (!usual.words().contains(word)) {
      throw new IllegalArgumentException(
          argument.unknown(stage.method() + ": " + argument.name(), word));
    }
    return with(at, stage.with(argument, usual.with(word)));
  }

  /// The same with something switched on or off: `with("nesterov", true)`.
  ///
  /// @throws IllegalArgumentException if there is no switch of this name, or it doesn't go with the
  ///   other settings
  public Optimizer with(String name, boolean flag) {
    NotNull.check(name, "name");
    int at = place(name);
    Stage stage = stages.get(at);
    Hyperparameter argument = argument(stage, name);
    if (argument.kind() != Hyperparameter.Kind.FLAG) {
      throw isNo(stage, name, "switch");
    }
    return with(at, stage.with(argument, new Setting.Flag(flag)));
  }

  private static IllegalArgumentException isNo(Stage stage, String name, String what) {
    return new IllegalArgumentException("%s: %s is no %s".formatted(stage.method(), name, what));
  }

  /// The stage whose argument of this name is meant: the rule, or the first that has one.
  private int place(String name) {
    int at = -1;
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).argument(name) != null && (at < 0 || isRule(stages.get(i)))) {
        at = i;
      }
    }
    if (at < 0) {
      throw new IllegalArgumentException(
          dev.thalweg.kernels.Nearest.sentence(
              "hyperparameter of " + name(),
              name,
              stages.stream()
                  .flatMap(stage -> stage.method().arguments().stream())
                  .map(Hyperparameter::name)
                  .toList()));
    }
    return at;
  }

  private static Hyperparameter argument(Stage stage, String name) {
    return Objects.requireNonNull(stage.argument(name));
  }

  private Optimizer with(int at, Stage stage) {
    var changed = new ArrayList<>(stages);
    changed.set(at, stage);
    return new Optimizer(changed, groups);
  }

  /// The same with another rate.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public Optimizer withLearningRate(double learningRate) {
    return with("lr", learningRate);
  }

  /// The same with a schedule for the rate.
  ///
  /// @throws IllegalArgumentException if it leaves its range
  public Optimizer withLearningRate(Schedule learningRate) {
    NotNull.check(learningRate, "learningRate");
    return with("lr", learningRate);
  }

  /// The same with another momentum β.
  ///
  /// @throws IllegalArgumentException if the method has none, or it is out of its range
  public Optimizer withMomentum(double momentum) {
    return with("momentum", momentum);
  }

  /// The same with the momentum in another form.
  ///
  /// @throws IllegalArgumentException if the method has no forms
  public Optimizer withForm(MomentumForm form) {
    NotNull.check(form, "form");
    return with("form", form);
  }

  /// The same with the gradient taken ahead, or not.
  ///
  /// @throws IllegalArgumentException if the method has no such form
  public Optimizer withNesterov(boolean nesterov) {
    return with("nesterov", nesterov);
  }

  /// The same with another β₁.
  ///
  /// @throws IllegalArgumentException if the method has none, or it is not in [0, 1)
  public Optimizer withBeta1(double beta1) {
    return with("beta1", beta1);
  }

  /// The same with another β₂.
  ///
  /// @throws IllegalArgumentException if the method has none, or it is not in [0, 1)
  public Optimizer withBeta2(double beta2) {
    return with("beta2", beta2);
  }

  /// The same with another ε.
  ///
  /// @throws IllegalArgumentException if the method has none, or it is negative
  public Optimizer withEpsilon(double epsilon) {
    return with("epsilon", epsilon);
  }

  /// The same with ε in another place.
  ///
  /// @throws IllegalArgumentException if the method has it in one place only
  public Optimizer withEpsilon(double epsilon, EpsilonPlace place) {
    NotNull.check(place, "place");
    return with("epsilon", epsilon).with("epsilon_place", place);
  }

  /// The same with another decay λ of the weights.
  ///
  /// @throws IllegalArgumentException if the method has none, or it is negative
  public Optimizer withWeightDecay(double weightDecay) {
    return with("weight_decay", weightDecay);
  }

  /// The same with every schedule's length known, of those that were given without: `cosine(1e-3)`
  /// then ends after so many gradients, which are as many updates if it doesn't `accumulate`.
  ///
  /// @throws IllegalArgumentException if the number isn't positive
  public Optimizer over(long gradients) {
    long totalSteps = Math.max(Math.min(gradients, 1), gradients / Accumulation.every(stages));
    var resolved = new ArrayList<Stage>();
    for (Stage stage : stages) {
      Stage now = stage;
      for (Hyperparameter argument : stage.method().arguments()) {
        Setting value = stage.settings().values().get(argument.name());
        if (value != null && !value.isResolved()) {
          now = now.with(argument, value.resolved(totalSteps));
        }
      }
      resolved.add(now);
    }
    return new Optimizer(
        resolved,
        groups.stream()
            .map(group ->
                group.with(value -> value.resolved(totalSteps), other -> other.over(totalSteps)))
            .toList());
  }

  /// A run with fresh state.
  ///
  /// @throws IllegalArgumentException if nothing in the chain moves the parameters, there is no
  ///   parameter, two have one name, or two share their storage; or if a schedule has no length
  public OptimizerRun attach(List<Parameter> parameters) {
    NotNull.check(parameters, "parameters");
    return new OptimizerRun(this, parameters);
  }

  /// A run with fresh state.
  ///
  /// @throws IllegalArgumentException as the other
  public OptimizerRun attach(Parameter... parameters) {
    NotNull.check(parameters, "parameters");
    return attach(List.of(parameters));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Optimizer optimizer
        && stages.equals(optimizer.stages)
        && groups.equals(optimizer.groups);
  }

  @Override
  public int hashCode() {
    return 31 * stages.hashCode() + groups.hashCode();
  }

  /// The text form: `adam(lr=0.001)`, `clip_norm(limit=1) | adamw(lr=0.001, weight_decay=0.1)`.
  @Override
  public String toString() {
    String chain = stages.stream().map(Stage::toString).collect(Collectors.joining(" | "));
    return groups.isEmpty()
        ? chain
        : chain + groups.stream().map(Group::toString).collect(Collectors.joining("; ", " ", ""));
  }
}
