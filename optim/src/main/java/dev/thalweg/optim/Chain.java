package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.PlanOutline;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The stages of an optimizer as one program: their formulas one after the other.
///
/// Each stage's names are its own, but `p`, `g` and `t`; where two stages have the same, the rule
/// keeps its name and the other one gets a number: `limit`, `limit_2`. A stage that uses `lr`
/// without having it means the rule's.
///
/// A chain that was known when the library was built is [Prepared]: how it is carried out stands
/// ready, and its formula is put together only when somebody asks for it.
final class Chain implements Supplier<LoopProgram> {
  /// What the objective is where the step begins: a number that a formula may read.
  static final String VALUE = "value";

  /// The rate of the rule, which has this name in all formulas.
  static final String RATE = "lr";

  private final PlanOutline outline;
  private final SequencedMap<String, Schedule> hyperparameters;
  private final Map<String, Expression> initial;

  /// What it was made from; empty where the plan was given.
  private final List<Stage> stages;

  /// What is done before each request for a further gradient; the chain itself is behind the last.
  private final List<Chain> asked;

  /// The slots that are kept within a step only.
  private final Set<String> carried;

  /// The program with what it asks for; null where it asks for nothing.
  private final @Nullable Program whole;

  /// Made when first asked for; the same whoever makes it.
  private volatile @Nullable UpdatePlan plan;

  /// @param hyperparameters by their names in the program
  /// @param initial what slots begin at if not 0
  Chain(
      UpdatePlan plan,
      SequencedMap<String, Schedule> hyperparameters,
      Map<String, Expression> initial) {
    this(plan, hyperparameters, initial, null, List.of(), Set.of());
  }

  private Chain(
      UpdatePlan plan,
      SequencedMap<String, Schedule> hyperparameters,
      Map<String, Expression> initial,
      @Nullable Program whole,
      List<Chain> asked,
      Set<String> carried) {
    this.plan = plan;
    outline = plan.outline();
    this.hyperparameters = Collections.unmodifiableSequencedMap(hyperparameters);
    this.initial = Map.copyOf(initial);
    this.whole = whole;
    this.asked = asked;
    this.carried = carried;
    stages = List.of();
  }

  /// A chain whose plan is known in outline.
  Chain(
      PlanOutline outline,
      SequencedMap<String, Schedule> hyperparameters,
      Map<String, Expression> initial,
      List<Stage> stages) {
    this.outline = outline;
    this.hyperparameters = Collections.unmodifiableSequencedMap(hyperparameters);
    this.initial = Map.copyOf(initial);
    this.stages = stages;
    whole = null;
    asked = List.of();
    carried = Set.of();
  }

  /// What is done before each request for a further gradient.
  List<Chain> asked() {
    return asked;
  }

  /// Whether a slot is kept within a step only.
  boolean isCarried(String slot) {
    return carried.contains(slot);
  }

  /// Whether a step needs more than gradients: others, or the value of what is minimised.
  boolean asks() {
    return !asked.isEmpty() || readsValue(outline) || isSearch();
  }

  /// Whether it is a method that goes its own way.
  boolean isSearch() {
    return whole != null && whole.assignments().isEmpty();
  }

  /// What a request is for.
  Program.Cause cause(int request) {
    return Objects.requireNonNull(whole).pauses().get(request).cause();
  }

  /// How often a step asks for further gradients.
  int requests() {
    return asked.size();
  }

  /// The name of the method that asks.
  static String asking(List<Stage> stages) {
    for (Stage stage : stages) {
      if (stage.asks() || (stage.computes() && stage.program().variables().contains(VALUE))) {
        return stage.method().name();
      }
    }
    return stages.getFirst().method().name();
  }

  private boolean readsValue(PlanOutline of) {
    return of.hyperparameters().contains(VALUE) && !hyperparameters.containsKey(VALUE);
  }

  /// How the program is carried out.
  PlanOutline outline() {
    return outline;
  }

  /// The hyperparameters by their names in the program.
  SequencedMap<String, Schedule> hyperparameters() {
    return hyperparameters;
  }

  /// Whether the schedule of a hyperparameter may have any value, so that each has to be looked at.
  boolean isWatched(String hyperparameter) {
    Schedule schedule = hyperparameters.get(hyperparameter);
    return schedule != null && !Double.isFinite(schedule.least() - schedule.greatest());
  }

  /// What is wrong with a value that a hyperparameter has come to.
  ///
  /// @param stages of which the chain was made
  Optional<String> complaint(String hyperparameter, double value, List<Stage> stages) {
    Schedule schedule = hyperparameters.get(hyperparameter);
    for (Stage stage : stages) {
      for (Map.Entry<String, Schedule> own : stage.schedules().entrySet()) {
        String name = own.getKey();
        Hyperparameter argument = stage.argument(name);
        boolean renamed = hyperparameter.startsWith(name + "_"); // see newNames
        if (argument != null
            && own.getValue().equals(schedule)
            && (renamed || hyperparameter.equals(name))) {
          return Stage.complaint(stage.method(), argument, own.getValue(), value);
        }
      }
    }
    return Optional.empty();
  }

  /// What slots begin at if not 0.
  Map<String, Expression> initial() {
    return initial;
  }

  /// What a slot begins at, where its elements are those of the parameter.
  ///
  /// @param p an element of the parameter at the start
  double beginning(String slot, double p) {
    Expression value = initial.get(slot);
    if (value == null) {
      return 0;
    }
    var values = new HashMap<String, Double>();
    for (String name : value.variables()) {
      Schedule known = hyperparameters.get(name);
      values.put(name, known == null ? p : known.at(0));
    }
    return value.evaluate(values);
  }

  /// Whether a slot begins as something of the parameter, not as a number.
  boolean beginsAsParameter(String slot) {
    Expression value = initial.get(slot);
    return value != null && value.variables().contains(UpdatePlan.PARAMETER);
  }

  /// The program, and how it is carried out.
  UpdatePlan plan() {
    UpdatePlan known = plan;
    if (known == null) {
      known = made(stages).plan();
      plan = known;
    }
    return known;
  }

  /// The program of the loop.
  @Override
  public LoopProgram get() {
    return plan().loop();
  }

  /// The stages' formulas, one after the other.
  Program program() {
    return whole == null ? plan().program() : whole;
  }

  /// Whether it needs a number over all parameters.
  boolean isGlobal() {
    for (PlanOutline.Sum sum : outline.sums()) {
      if (sum.global()) {
        return true;
      }
    }
    for (Chain one : asked) {
      if (one.isGlobal()) {
        return true;
      }
    }
    return false;
  }

  /// The loop of the update.
  ///
  /// @param kind the only kind of numbers that it is for; null for both
  FusedLoop loop(@Nullable DType kind) {
    FusedLoop built = Loops.built(outline.loop());
    return built == null ? LoopCompiler.compile(plan().loop(), kind) : built;
  }

  /// The loop of the summands of a sum of the outline, likewise.
  FusedLoop sumLoop(int sum, @Nullable DType kind) {
    FusedLoop built = Loops.built(outline.sums().get(sum).loop());
    return built == null
        ? LoopCompiler.compile(plan().reductions().get(sum).program(), kind)
        : built;
  }

  /// The loop that puts together what a pass of the outline takes, likewise.
  FusedLoop passLoop(int pass, @Nullable DType kind) {
    FusedLoop built = Loops.built(outline.passes().get(pass).loop());
    return built == null ? LoopCompiler.compile(plan().passes().get(pass).program(), kind) : built;
  }

  /// The chain, prepared where it is a known one.
  ///
  /// @throws IllegalArgumentException if nothing moves the parameters
  static Chain of(List<Stage> stages) {
    for (Stage stage : stages) {
      stage.requireComplete();
    }
    Chain prepared = Prepared.chain(stages);
    return prepared == null ? made(stages) : prepared;
  }

  /// The chain from the stages' formulas.
  ///
  /// @throws IllegalArgumentException if nothing moves the parameters
  static Chain made(List<Stage> stages) {
    checkOrder(stages);
    for (Stage stage : stages) {
      if (stage.searches()) {
        return ofSearch(stages, stage);
      }
    }
    var places = new ArrayList<Integer>();
    for (int i = 0; i < stages.size(); i++) {
      places.add(i);
    }
    return join(stages, places, false);
  }

  /// A method that goes its own way has no program: this one leaves all as it is.
  private static Chain ofSearch(List<Stage> stages, Stage search) {
    for (Stage stage : stages) {
      if (stage.computes()) {
        throw new IllegalArgumentException(
            "optimizer: %s goes its own way over all parameters, and stands alone: found %s beside it"
                .formatted(search.method(), stage.method()));
      }
    }
    return new Chain(
        UpdatePlan.of(Program.parse("p = p")),
        search.schedules(),
        Map.of(),
        Program.of(List.of()),
        List.of(),
        Set.of());
  }

  /// The first stages of a chain by themselves: what they make of the gradients. Those that are
  /// around what follows them are not among them.
  static Chain front(List<Stage> stages, int count) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      if (!stages.get(i).isAround()) {
        places.add(i);
      }
    }
    return join(stages, places, true);
  }

  /// The chain without those stages.
  static Chain behind(List<Stage> stages, int count) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < stages.size(); i++) {
      if (i >= count || stages.get(i).isAround()) {
        places.add(i);
      }
    }
    return join(stages, places, false);
  }

  /// Makes what a stage tells of a step of the parameters, instead of moving them.
  ///
  /// @param behind the stages before this place that are not around others are left out
  /// @param place of the stage
  /// @param quantity that it tells
  static Chain told(List<Stage> stages, int behind, int place, Expression quantity) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < stages.size(); i++) {
      if (i >= behind || stages.get(i).isAround()) {
        places.add(i);
      }
    }
    var joined = new JoinedStages(stages, places, true, new JoinedStages.Told(place, quantity));
    var initial = new HashMap<String, Expression>();
    for (Assignment beginning : joined.beginnings()) {
      initial.put(beginning.target(), beginning.value());
    }
    return new Chain(UpdatePlan.of(joined.program()), joined.hyperparameters(), initial);
  }

  /// The names of each stage's slots and hyperparameters in the program, by those in its own
  /// formula.
  static List<Map<String, String>> names(List<Stage> stages) {
    var taken = new HashSet<String>();
    var last = new HashMap<String, Integer>();
    // by the place in the chain: two equal stages have slots of their own
    var names = new ArrayList<Map<String, String>>(Collections.nCopies(stages.size(), Map.of()));
    for (boolean rules : new boolean[] {true, false}) {
      for (int i = 0; i < stages.size(); i++) {
        Stage stage = stages.get(i);
        if (isRule(stage) == rules && stage.computes()) {
          names.set(i, newNames(stage, taken, last));
        }
      }
    }
    return names;
  }

  private static boolean isRule(Stage stage) {
    return stage.method().family() != Family.STAGE;
  }

  /// The hyperparameters of a stage that its formula or a slot's beginning reads.
  static SequencedMap<String, Schedule> used(Stage stage) {
    var read = new HashSet<>(stage.program().variables());
    for (Assignment beginning : stage.program().beginnings()) {
      read.addAll(beginning.value().variables());
    }
    var used = new LinkedHashMap<String, Schedule>();
    for (Map.Entry<String, Schedule> schedule : stage.schedules().entrySet()) {
      String name = schedule.getKey();
      if (read.contains(name)) {
        used.put(name, schedule.getValue());
      }
    }
    return used;
  }

  /// The names of a stage's slots and hyperparameters, by those in its own formula.
  ///
  /// @param last the number that a name was last given
  private static Map<String, String> newNames(
      Stage stage, Set<String> taken, Map<String, Integer> last) {
    var own = new ArrayList<>(stage.program().targets());
    for (Assignment beginning : stage.program().beginnings()) {
      own.add(beginning.target());
    }
    own.addAll(used(stage).keySet());
    var names = new HashMap<String, String>();
    for (String name : own) {
      if (!JoinedStages.isShared(name) && !names.containsKey(name)) {
        String free = name;
        int number = last.getOrDefault(name, 1);
        while (!taken.add(free)) {
          number++;
          free = name + "_" + number;
        }
        last.put(name, number);
        names.put(name, free);
      }
    }
    return names;
  }

  /// Some stages of a chain: where they are not its end, the gradient that they make is what is
  /// stored.
  private static Chain join(List<Stage> stages, List<Integer> places, boolean isFront) {
    var joined = new JoinedStages(stages, places, !isFront);
    Program whole = joined.program();
    var initial = new HashMap<String, Expression>();
    for (Assignment beginning : joined.beginnings()) {
      initial.put(beginning.target(), beginning.value());
    }
    var asked = new ArrayList<Chain>();
    List<Program> programs = List.of(whole);
    Set<String> carried = Set.of();
    if (!whole.pauses().isEmpty()) {
      var segments = new Segments(whole);
      programs = segments.programs();
      carried = segments.carried();
    }
    for (int i = 0; i < programs.size(); i++) {
      boolean isLast = i + 1 == programs.size();
      boolean handsOver = !isLast && whole.pauses().get(i).cause() != Program.Cause.GRADIENT;
      UpdatePlan plan =
          (isLast && isFront) || handsOver
              ? UpdatePlan.ofGradient(programs.get(i))
              : UpdatePlan.of(programs.get(i));
      checkKnown(plan, joined.hyperparameters());
      List<Chain> before = isLast ? List.copyOf(asked) : List.of();
      asked.add(new Chain(plan, joined.hyperparameters(), initial, whole, before, carried));
    }
    return asked.getLast();
  }

  /// What changes the gradient stands before the rule, which reads it; behind it nobody would.
  private static void checkOrder(List<Stage> stages) {
    Stage rule = null;
    for (Stage stage : stages) {
      if (rule != null && stage.isAround()) {
        throw new IllegalArgumentException(
            "optimizer: %s is around what follows it, and %s stands before it; put it before the rule"
                .formatted(stage.method(), rule.method()));
      }
      if (rule != null
          && stage.computes()
          && stage.program().targets().contains(UpdatePlan.GRADIENT)) {
        throw new IllegalArgumentException(
            "optimizer: %s changes the gradient, and %s before it has moved the parameters already; %s"
                .formatted(
                    stage.method(),
                    rule.method(),
                    isOptax(stage) && isOptax(rule)
                        ? "make a rate that other transformations follow optax.scale(-rate)"
                        : "put it before the rule"));
      }
      if (isRule(stage) && stage.program().targets().contains(UpdatePlan.PARAMETER)) {
        rule = stage;
      }
      if (rule == null && stage.method().name().equals("optax.keep_params_nonnegative")) {
        throw new IllegalArgumentException(
            "optimizer: %s stands behind what moves the parameters: expected an optimizer before it, for example optax.sgd(0.1), found none"
                .formatted(stage.method()));
      }
    }
  }

  private static boolean isOptax(Stage stage) {
    return stage.method().name().startsWith("optax.");
  }

  /// A chain that ends with one of Optax' transformations adds what comes out of it to the
  /// parameters.
  static void addUpdate(List<Stage> stages, List<Assignment> assignments) {
    for (Stage stage : stages) {
      if (isRule(stage) && stage.program().targets().contains(UpdatePlan.PARAMETER)) {
        return;
      }
    }
    Stage last = null;
    for (Stage stage : stages) {
      last = stage.computes() ? stage : last;
    }
    if (last == null || !isOptax(last)) {
      throw new IllegalArgumentException(
          "optimizer: no stage moves the parameters; add a rule, for example | sgd(0.1)");
    }
    assignments.addAll(Program.parse("p += g").assignments());
  }

  private static void checkKnown(UpdatePlan plan, SequencedMap<String, Schedule> hyperparameters) {
    var names = new ArrayList<>(plan.hyperparameters());
    for (Assignment beginning : plan.program().beginnings()) {
      names.addAll(beginning.value().variables());
    }
    for (String name : names) {
      if (!UpdatePlan.isGiven(name) && !hyperparameters.containsKey(name) && !name.equals(VALUE)) {
        throw new IllegalArgumentException(
            "optimizer: "
                + name
                + " has no value: "
                + "the chain's rule has no hyperparameter of this name");
      }
    }
  }
}
