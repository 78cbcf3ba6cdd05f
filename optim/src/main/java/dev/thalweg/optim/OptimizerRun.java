package dev.thalweg.optim;

import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Program;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.HasValues;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.around.LayerDecay;
import dev.thalweg.optim.around.Unfreeze;
import dev.thalweg.optim.minimize.SearchRule;
import dev.thalweg.optim.rule.LossScaling;
import dev.thalweg.optim.rule.RateController;
import dev.thalweg.optim.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An optimizer at work on some parameters: the state, the step counter, and the steps.
///
/// A step takes one gradient a parameter, checks all of them, and then updates parameters and slots
/// in place, in one pass, on the threads of the current engine. How the work is cut never changes a
/// bit. In F32, state that has become smaller than 1e-32, and parameters smaller than 7.5e-37, are
/// set to 0 every 16 steps.
///
/// A gradient with a NaN or an infinity fails the step before anything has moved, unless the
/// optimizer says otherwise ([Optimizer#onNonFinite]).
///
/// A run belongs to one thread at a time. Parameters must not be written to by others during a
/// step.
public final class OptimizerRun {
  private final Optimizer optimizer;
  private final NonFinite policy;
  private final Chain chain;
  private final List<Parameter> parameters;

  /// By parameter: what it is.
  private final DType[] kinds;

  /// By parameter: its sizes.
  private final int[][] shapes;

  /// How many numbers there are in all.
  private final long total;

  /// By what the optimizer is for some of the parameters.
  private final List<Part> parts;

  /// What makes the gradients of the parts; null where they take them as they are given.
  private final @Nullable Part front;

  /// A method that goes its own way instead of the parts; null where there is none.
  private final @Nullable Searching searching;

  /// By parameter: its part, and its place there.
  private final int[][] places;

  /// The gradients of the step that is under way; a list, since C2 (JDK 25) compiles what stores
  /// into an array of an interface twice.
  private final List<Values> gradients;

  private final FiniteCheck check;

  /// Those of a part.
  private final List<Values> some = new ArrayList<>();

  private long steps;

  /// How often a gradient was skipped that was not finite.
  private final double[] skipped = new double[1];

  /// How many were not finite since the last one that was.
  private final double[] inRow = new double[1];

  /// How many in a row may be skipped.
  private final long mostInRow;

  /// What the loss is multiplied by; null where it is not.
  private final @Nullable LossScaler scaler;

  /// What makes the rate smaller; null where nothing does.
  private final @Nullable PlateauWatch plateau;

  /// What makes steps private; null where nothing does.
  private final @Nullable PrivateSums sums;

  /// By part: what its rate is multiplied by.
  private final List<Double> rates;

  /// Adds gradients up; null where each makes an update.
  private final @Nullable Accumulation accumulation;

  /// Where objectives write gradients; empty until there is one.
  private final List<Values> room = new ArrayList<>();

  /// Whether the parameters are where the method is to be evaluated, not where it goes on.
  private boolean finished;

  OptimizerRun(Optimizer optimizer, List<Parameter> parameters) {
    this(optimizer, optimizer.chain(), parameters);
  }

  /// A run of a chain that may be another than the optimizer's: tests have programs with faults.
  OptimizerRun(Optimizer optimizer, Chain chain, List<Parameter> parameters) {
    this.optimizer = optimizer;
    policy = optimizer.onNonFinite();
    mostInRow = optimizer.mostSkippedInRow();
    this.chain = chain;
    this.parameters = List.copyOf(parameters);
    checkDistinct();
    kinds = new DType[parameters.size()];
    shapes = new int[parameters.size()][];
    long numbers = 0;
    for (int i = 0; i < shapes.length; i++) {
      Parameter parameter = parameters.get(i);
      kinds[i] = parameter.dtype();
      shapes[i] = parameter.dimensions();
      numbers += parameter.size();
    }
    total = numbers;
    gradients = new ArrayList<>(parameters.size());
    check = new FiniteCheck(parameters.size());
    accumulation = Accumulation.of(optimizer.stages(), this.parameters);
    if (accumulation != null && chain.asks()) {
      throw new IllegalArgumentException(
          "optimizer: accumulate adds up gradients of several batches, and %s asks for more of one: expected one of them, found both"
              .formatted(Chain.asking(optimizer.stages())));
    }
    Optional<LossScaling.Terms> scaling = LossScaler.terms(optimizer.stages());
    scaler = scaling.isPresent() ? new LossScaler(scaling.get(), this.parameters) : null;
    if (scaler != null && chain.asks()) {
      throw new IllegalArgumentException(
          "optimizer: loss_scale is told gradients of a scaled loss, and %s asks for some itself: expected one of them, found both"
              .formatted(Chain.asking(optimizer.stages())));
    }
    plateau = PlateauWatch.of(optimizer.stages());
    Optional<Privacy> terms = privacy();
    sums = terms.isPresent() ? new PrivateSums(terms.get(), this.parameters) : null;
    if (sums != null && (chain.asks() || scaler != null || accumulation != null)) {
      throw new IllegalArgumentException(
          "optimizer: dp takes the gradients of single examples, and %s other ones: expected one of them, found both"
              .formatted(
                  scaler != null
                      ? "loss_scale"
                      : accumulation != null ? "accumulate" : Chain.asking(optimizer.stages())));
    }
    checkHasRate();
    searching = chain.isSearch() ? searching() : null;
    if (searching == null) {
      var partition = new Partition(optimizer, chain, this.parameters);
      parts = partition.parts();
      places = partition.places();
      rates = partition.rates();
      front = partition.front();
    } else {
      parts = List.of();
      places = new int[0][];
      rates = List.of();
      front = null;
    }
  }

  /// The method that goes its own way over all parameters.
  private Searching searching() {
    if (!optimizer.groups().isEmpty()) {
      throw new IllegalArgumentException(
          "optimizer: %s goes its own way over all parameters, and has no groups: found '%s'"
              .formatted(optimizer.name(), optimizer.groups().getFirst()));
    }
    for (Stage stage : optimizer.stages()) {
      if (stage.method().rule() instanceof SearchRule rule) {
        return new Searching(stage, rule, parameters);
      }
    }
    throw new IllegalStateException("no method that searches in " + optimizer);
  }

  /// What changes a rate needs one.
  private void checkHasRate() {
    for (Stage stage : optimizer.stages()) {
      Rule rule = stage.method().rule();
      boolean rated = rule instanceof RateController || rule instanceof LayerDecay;
      if ((rated && !chain.hyperparameters().containsKey(Chain.RATE))
          || ((rated || rule instanceof Unfreeze) && chain.isSearch())) {
        throw new IllegalArgumentException(
            "optimizer: %s is for rules with a rate lr, found %s"
                .formatted(stage.method(), optimizer.name()));
      }
    }
  }

  private void checkDistinct() {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(optimizer.name() + ": expected a parameter, found none");
    }
    var names = new HashSet<String>();
    var arrays = new IdentityHashMap<Object, String>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            optimizer.name() + ": two parameters have the name " + parameter.name());
      }
      String other = arrays.put(ArrayValues.array(parameter.values()), parameter.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "%s: parameters %s and %s share one array"
                .formatted(optimizer.name(), other, parameter.name()));
      }
    }
  }

  /// What the run was attached from.
  public Optimizer optimizer() {
    return optimizer;
  }

  /// The parameters, in the order in which a step takes their gradients.
  public List<Parameter> parameters() {
    return parameters;
  }

  /// How many updates were made.
  public long steps() {
    return steps;
  }

  /// How many steps were skipped, as a gradient had a NaN or an infinity and the policy is
  /// [NonFinite#SKIP].
  public long skipped() {
    return (long) skipped[0];
  }

  /// What the loss is to be multiplied by whose gradients [#step(List)] is given; 1 where the
  /// optimizer doesn't scale it (`loss_scale`).
  public double lossScale() {
    return scaler == null ? 1 : scaler.scale();
  }

  /// Tells how it goes, after each epoch, say, to an optimizer whose rate depends on it
  /// (`plateau`); others don't mind.
  ///
  /// @param loss that is to be small
  /// @param score that is to be large, NaN where there is none
  public void observe(double loss, double score) {
    Schedule rate = chain.hyperparameters().get(Chain.RATE);
    if (plateau != null && rate != null) {
      plateau.observe(loss, score, rate.at(steps));
    }
  }

  /// Whether a step needs more than the gradients at one point, so that it is made by
  /// [#step(GradientFunction)] only.
  public boolean asks() {
    return chain.asks();
  }

  /// Whether it is for sums of squares and asks for what is squared, as [Minimizer#leastSquares]
  /// knows it.
  public boolean asksForResiduals() {
    return Searching.needsResiduals(optimizer);
  }

  /// One update of every parameter, by an optimizer that may ask for gradients at points of its
  /// own, or for values.
  ///
  /// While the objective is asked the parameters are where the optimizer wants to know it. If a
  /// gradient is refused, or the objective throws, parameters and state are as they were.
  ///
  /// @param objective the value, and the gradients, at the parameters as they are
  /// @return the value where the step began
  /// @throws NonFiniteGradientException if a gradient has a NaN or an infinity and the optimizer's
  ///   policy is to fail; nothing has changed then
  public double step(GradientFunction objective) {
    NotNull.check(objective, "objective");
    checkNotPrivate();
    makeRoom();
    double value = objective.gradient(List.copyOf(room));
    if (scaler != null) {
      scaler.scale(room);
    }
    gradients.clear();
    gradients.addAll(room);
    update(value, objective);
    return value;
  }

  private void makeRoom() {
    if (room.isEmpty()) {
      for (Parameter parameter : parameters) {
        room.add(ArrayValues.zerosLike(parameter.values()));
      }
    }
  }

  /// What private steps do, where the optimizer makes such (`dp`).
  public Optional<Privacy> privacy() {
    return optimizer.privacy();
  }

  /// One private update of every parameter, by the gradients of each example of a batch.
  ///
  /// @throws IllegalArgumentException if the optimizer has no `dp`, or there is no example
  /// @throws NonFiniteGradientException if a gradient has a NaN or an infinity and the optimizer's
  ///   policy is to fail; nothing has changed then
  public void step(ExampleGradients examples) {
    NotNull.check(examples, "examples");
    if (sums == null) {
      throw new IllegalArgumentException(
          optimizer.name()
              + " takes the gradient of a batch: expected dp before it, found no such stage");
    }
    if (examples.count() < 1) {
      throw new IllegalArgumentException("dp: expected an example, found none");
    }
    makeRoom();
    sums.mean(examples, room, steps + 1);
    gradients.clear();
    gradients.addAll(room);
    update();
  }

  private void checkNotPrivate() {
    if (sums != null) {
      throw new IllegalArgumentException(
          "dp asks for the gradient of each example: expected step(examples), found gradients of"
              + " more than one");
    }
  }

  /// One update of every parameter.
  ///
  /// @param gradients one a parameter, in the order of [#parameters], each of the parameter's kind
  ///   and shape; they are only read, and not kept
  /// @throws IllegalArgumentException if one is missing or of another kind or shape; nothing has
  ///   changed then
  /// @throws NonFiniteGradientException if one has a NaN or an infinity and the optimizer's policy
  ///   is to fail; nothing has changed then
  public void step(List<? extends HasValues> gradients) {
    checkAsksNothing();
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%s: expected %d gradients, one a parameter, found %d"
              .formatted(optimizer.name(), parameters.size(), gradients.size()));
    }
    this.gradients.clear(); // one that could not be read may have ended a step
    for (int i = 0; i < parameters.size(); i++) {
      Values gradient = gradients.get(i).values();
      checkGradient(i, gradient);
      this.gradients.add(gradient);
    }
    update();
  }

  /// One update of the only parameter.
  ///
  /// @param gradient as long as the parameter, row-major
  /// @throws IllegalArgumentException if the gradient has another length, the parameter is F64, or
  ///   there are more of them; nothing has changed then
  public void step(float[] gradient) {
    checkOnly(DType.F32, gradient.length);
    gradients.clear();
    gradients.add(ArrayValues.vector(gradient));
    update();
  }

  /// One update of the only parameter.
  ///
  /// @param gradient as long as the parameter, row-major
  /// @throws IllegalArgumentException if the gradient has another length, the parameter is F32, or
  ///   there are more of them; nothing has changed then
  public void step(double[] gradient) {
    checkOnly(DType.F64, gradient.length);
    gradients.clear();
    gradients.add(ArrayValues.vector(gradient));
    update();
  }

  private void checkAsksNothing() {
    checkNotPrivate();
    if (chain.asks()) {
      throw new IllegalArgumentException(
          "%s asks for gradients or values at points of its own: expected step(objective), found gradients only"
              .formatted(Chain.asking(optimizer.stages())));
    }
  }

  private void checkOnly(DType dtype, int length) {
    checkAsksNothing();
    if (parameters.size() != 1) {
      throw new IllegalArgumentException(
          "%s: expected %d gradients, one a parameter, found one array"
              .formatted(optimizer.name(), parameters.size()));
    }
    Parameter parameter = parameters.getFirst();
    if (parameter.dtype() != dtype) {
      throw mismatch(parameter, parameter.dtype(), dtype);
    }
    if (parameter.size() != length) {
      throw mismatch(parameter, parameter.size() + " numbers", length);
    }
  }

  private void checkGradient(int i, Values gradient) {
    if (gradient.dtype() != kinds[i]) {
      throw mismatch(parameters.get(i), kinds[i], gradient.dtype());
    }
    if (!gradient.hasDimensions(shapes[i])) {
      throw mismatch(
          parameters.get(i),
          "shape " + Arrays.toString(shapes[i]),
          "shape " + Arrays.toString(gradient.dimensions()));
    }
  }

  private IllegalArgumentException mismatch(Parameter parameter, Object expected, Object found) {
    gradients.clear();
    return new IllegalArgumentException(
        "%s: gradient of %s: expected %s, found %s"
            .formatted(optimizer.name(), parameter.name(), expected, found));
  }

  private void update() {
    update(Double.NaN, null);
  }

  /// @param value where the step begins, if it is known
  /// @param objective for further gradients; null where only these are known
  private void update(double value, @Nullable GradientFunction objective) {
    if (finished) {
      gradients.clear();
      throw new IllegalStateException(
          optimizer.name() + ": the run was finished, and makes no step");
    }
    if (!isFinite()) {
      if (scaler != null) {
        scaler.backOff();
      }
      gradients.clear();
      return;
    }
    if (scaler != null) {
      scaler.divide(gradients);
    }
    if (accumulation != null && !accumulation.isDue(gradients)) {
      gradients.clear();
      return;
    }
    if (searching != null) {
      if (objective != null) {
        search(searching, value, objective);
      }
      return;
    }
    for (int part = 0; part < parts.size(); part++) {
      setRate(part);
      parts.get(part).prepare(steps, value);
    }
    if (front != null) {
      front.prepare(steps, value);
    }
    if (objective != null && chain.requests() > 0 && !ask(objective)) {
      gradients.clear();
      some.clear();
      return;
    }
    List<Values> made = front == null ? gradients : front.passed(gradients);
    for (int part = 0; part < parts.size(); part++) {
      if (parts.get(part).hasBegun(steps)) {
        parts.get(part).step(parts.size() == 1 ? made : of(part, made));
      }
    }
    gradients.clear();
    some.clear();
    steps++;
  }

  private void setRate(int part) {
    double factor = plateau == null ? 1 : plateau.factor();
    parts.get(part).setRate(rates.get(part) * factor);
  }

  /// Lets a method go its way; where the objective throws, all is as it was.
  private void search(Searching method, double value, GradientFunction objective) {
    var state = new LinkedHashMap<String, Values>();
    method.addState(state);
    var moved = new ArrayList<>(state.values());
    parameters.forEach(parameter -> moved.add(parameter.values()));
    var before = new ArrayList<Values>();
    moved.forEach(values -> before.add(ArrayValues.copyOf(values)));
    boolean done = false;
    try {
      method.step(steps, value, List.copyOf(gradients), objective, room);
      steps++;
      done = true;
    } finally {
      for (int i = 0; !done && i < moved.size(); i++) {
        ArrayValues.copy(before.get(i), moved.get(i));
      }
      gradients.clear();
    }
  }

  /// Takes the optimizer to where it asks for gradients, and comes to have them; whether all are
  /// finite, or what is done about it.
  private boolean ask(GradientFunction objective) {
    Part asking = front == null ? parts.getFirst() : front;
    var slots = new LinkedHashMap<String, Values>();
    asking.addAsked(slots);
    var numbers = new LinkedHashMap<String, Values>();
    asking.addNumbers(numbers);
    var moved = new ArrayList<>(slots.values());
    parameters.forEach(parameter -> moved.add(parameter.values()));
    var before = new ArrayList<Values>();
    moved.forEach(values -> before.add(ArrayValues.copyOf(values)));
    boolean done = false;
    try {
      for (int request = 0; request < asking.requests(); request++) {
        asking.ask(request, gradients);
        Program.Cause cause = asking.cause(request);
        if (cause == Program.Cause.HESSIAN) {
          HessianProduct.of(objective, parameters, room);
        } else if (cause == Program.Cause.GRADIENT) {
          objective.gradient(List.copyOf(room));
        } else if (HessianProduct.largest(room) > 0 && !objective.sampled(List.copyOf(room))) {
          throw new IllegalArgumentException(
              Chain.asking(optimizer.stages())
                  + " asks for gradients against answers that are drawn from what a model says:"
                  + " expected a function with such, found one without");
        }
        gradients.clear();
        gradients.addAll(room);
        if (!isFinite()) {
          return false;
        }
      }
      done = true;
    } finally {
      if (!done) {
        for (int i = 0; i < moved.size(); i++) {
          ArrayValues.copy(before.get(i), moved.get(i));
        }
        asking.setNumbers(numbers);
        gradients.clear();
      }
    }
    return true;
  }

  /// Those of all gradients that are a part's.
  private List<Values> of(int part, List<Values> all) {
    some.clear();
    for (int i = 0; i < places.length; i++) {
      if (places[i][0] == part) {
        some.add(all.get(i));
      }
    }
    return some;
  }

  /// Whether the step goes on: looks at the gradients as the policy says.
  private boolean isFinite() {
    if (policy == NonFinite.UNCHECKED) {
      return true;
    }
    boolean large = false;
    Engine engine = total <= FiniteCheck.FEW ? null : Engine.current();
    if (engine != null && check.areModerate(gradients, engine)) {
      inRow[0] = 0;
      return true;
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (FiniteCheck.areModerate(gradients.get(i), engine)) {
        continue;
      }
      large = true;
      int at = FiniteCheck.firstBad(gradients.get(i));
      if (at < 0) {
        continue;
      }
      if (policy == NonFinite.SKIP) {
        inRow[0]++;
        if (inRow[0] > mostInRow) {
          return true;
        }
        skipped[0]++;
        return false;
      }
      if (policy == NonFinite.ZERO || policy == NonFinite.ZERO_NANS) {
        gradients.set(i, FiniteCheck.cleaned(gradients.get(i), policy == NonFinite.ZERO_NANS));
        continue;
      }
      String sentence =
          FiniteCheck.sentence(optimizer.name(), parameters.get(i), gradients.get(i), at, steps);
      gradients.clear();
      throw new NonFiniteGradientException(sentence, parameters.get(i).name(), steps);
    }
    inRow[0] = 0;
    for (Part part : all()) {
      if (large) {
        part.setOverflowed();
      }
    }
    return true;
  }

  /// Does something at the point where the method is to be evaluated and saved: the parameters are
  /// there meanwhile. For most methods that is where they are; a schedule-free one takes its
  /// gradients elsewhere.
  public void atEvaluation(Runnable body) {
    NotNull.check(body, "body");
    List<Values> before = new ArrayList<>();
    for (Part part : parts) {
      List<Values> points = part.hasEvaluation() ? part.evaluation(steps) : List.of();
      for (int i = 0; i < points.size(); i++) {
        Values values = part.parameters().get(i).values();
        before.add(ArrayValues.copyOf(values));
        ArrayValues.copy(points.get(i), values);
      }
    }
    try {
      body.run();
    } finally {
      int next = 0;
      for (Part part : parts) {
        for (int i = 0; part.hasEvaluation() && i < part.parameters().size(); i++) {
          ArrayValues.copy(before.get(next++), part.parameters().get(i).values());
        }
      }
    }
  }

  /// Whether a method is to be evaluated elsewhere than where its gradients are taken.
  boolean hasEvaluation() {
    for (Part part : parts) {
      if (part.hasEvaluation()) {
        return true;
      }
    }
    return false;
  }

  /// Leaves the parameters at the point where the method is to be evaluated: the run is over.
  public void finish() {
    for (Part part : parts) {
      List<Values> points = part.hasEvaluation() ? part.evaluation(steps) : List.of();
      for (int i = 0; i < points.size(); i++) {
        ArrayValues.copy(points.get(i), part.parameters().get(i).values());
      }
    }
    finished = true;
  }

  /// The names of the slots that have a number for each number of a parameter: `m`, `v` for Adam.
  public List<String> slots() {
    var all = new LinkedHashSet<String>();
    for (Part part : parts) {
      all.addAll(part.slots());
    }
    return List.copyOf(all);
  }

  /// The hyperparameters as the next update will use them, by their names in the formula: the
  /// current rate is `hyperparameters().get("lr")`.
  public SequencedMap<String, Double> hyperparameters() {
    var now = new LinkedHashMap<String, Double>();
    chain.hyperparameters().forEach((name, schedule) -> now.put(name, schedule.at(steps)));
    if (plateau != null) {
      double factor = plateau.factor();
      now.computeIfPresent(Chain.RATE, (_, scheduled) -> scheduled * factor);
    }
    return now;
  }

  /// What each stage before the rule made of the gradients of the last step, in order: of those
  /// that keep nothing between steps. A stage that does ends the list, and so does one that is
  /// around what follows it.
  ///
  /// @param before the parameters as they were before the step, in the order of [#parameters]
  /// @param gradients that the step was given
  public List<StageEffect> effects(List<Parameter> before, List<? extends HasValues> gradients) {
    NotNull.check(before, "before");
    NotNull.check(gradients, "gradients");
    List<Stage> stages = optimizer.stages();
    var effects = new ArrayList<StageEffect>();
    List<Values> given = new ArrayList<>();
    for (HasValues each : gradients) {
      given.add(each.values());
    }
    List<Values> last = given;
    for (int i = 0; i + 1 < stages.size() && steps > 0; i++) {
      Stage stage = stages.get(i);
      if (!stage.computes()) {
        continue;
      }
      if (stage.isAround()) {
        break;
      }
      Part part = new Part(optimizer, Chain.front(stages, i + 1), before, "effect.");
      if (!part.slots().isEmpty()) {
        break;
      }
      part.prepare(steps - 1, Double.NaN);
      List<Values> made = part.passed(given);
      effects.add(effect(text(stage), last, made));
      last = made;
    }
    return effects;
  }

  /// What stages tell of the step to come besides what they make of gradients and parameters: the
  /// trust ratio of `lamb`, the share that `cautious` lets move. Nothing changes. A method that
  /// asks for gradients of its own tells nothing.
  ///
  /// @param gradients that the step will be given
  public List<StageNote> notes(List<? extends HasValues> gradients) {
    NotNull.check(gradients, "gradients");
    var notes = new ArrayList<StageNote>();
    if (!hasNotes()) {
      return notes;
    }
    List<Values> given = new ArrayList<>();
    for (HasValues each : gradients) {
      given.add(each.values());
    }
    if (front != null) {
      given = front.passedByCopy(given, steps);
    }
    int behind = front == null ? 0 : optimizer.stagesBeforeRule();
    for (int number = 0; number < parts.size(); number++) {
      Part part = parts.get(number);
      List<Stage> stages = part.stages();
      List<Values> own = parts.size() == 1 ? given : List.copyOf(of(number, given));
      for (int i = 0; i < stages.size(); i++) {
        Stage stage = stages.get(i);
        for (Map.Entry<String, String> each : told(stage).entrySet()) {
          var chain = Chain.told(stages, behind, i, Expression.parse(each.getValue()));
          double[] numbers = part.told(chain, steps, own);
          var byName = new LinkedHashMap<String, Double>();
          for (int k = 0; k < numbers.length; k++) {
            byName.put(part.parameters().get(k).name(), numbers[k]);
          }
          notes.add(new StageNote(text(stage), each.getKey(), byName));
        }
      }
    }
    return notes;
  }

  /// Whether [#notes] has any.
  public boolean hasNotes() {
    if (asks()) {
      return false;
    }
    for (Part part : parts) {
      for (Stage stage : part.stages()) {
        if (!told(stage).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static Map<String, String> told(Stage stage) {
    return stage.computes() ? stage.method().rule().told() : Map.of();
  }

  private static String text(Stage stage) {
    return stage.toCall().toString().replaceFirst("\\(\\)$", "");
  }

  private static StageEffect effect(String stage, List<Values> before, List<Values> after) {
    double one = 0;
    double other = 0;
    double both = 0;
    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < after.get(i).size(); j++) {
        double a = number(before.get(i), j);
        double b = number(after.get(i), j);
        one += a * a;
        other += b * b;
        both += a * b;
      }
    }
    return new StageEffect(
        stage, Math.sqrt(one), Math.sqrt(other), both / Math.sqrt(one) / Math.sqrt(other));
  }

  private static double number(Values values, int at) {
    return values.dtype() == DType.F32 ? values.floats()[at] : values.doubles()[at];
  }

  /// What a slot of a parameter holds now: a copy.
  ///
  /// @throws IllegalArgumentException if there is no such slot, or the parameter is another run's,
  ///   or is moved by a rule without that slot
  public Values slot(String slot, Parameter parameter) {
    if (!slots().contains(slot)) {
      throw new IllegalArgumentException(
          "%s: unknown slot %s; known: %s"
              .formatted(optimizer.name(), slot, String.join(", ", slots())));
    }
    int i = parameters.indexOf(parameter);
    if (i < 0) {
      throw new IllegalArgumentException(
          optimizer.name() + ": parameter " + parameter.name() + " is not one of this run");
    }
    Part part = parts.get(places[i][0]);
    int s = part.slots().indexOf(slot);
    if (s < 0) {
      throw new IllegalArgumentException(
          "%s: parameter %s has no slot %s; its slots: %s"
              .formatted(
                  optimizer.name(), parameter.name(), slot, String.join(", ", part.slots())));
    }
    return ArrayValues.copyOf(part.slot(s, places[i][1]));
  }

  /// A snapshot of steps, hyperparameters and slots.
  public OptimizerState state() {
    var snapshot = new LinkedHashMap<String, Values>();
    slotsByName().forEach((name, values) -> snapshot.put(name, ArrayValues.copyOf(values)));
    return new OptimizerState(optimizer.toString(), steps, hyperparameters(), snapshot);
  }

  /// Goes back to a snapshot, of this run or of one with an equal optimizer and parameters of the
  /// same names and shapes: the next steps are the same to the bit. The parameters' values are not
  /// part of it.
  ///
  /// @throws IllegalArgumentException if the state belongs to another optimizer or to other
  ///   parameters; nothing has changed then
  public void restore(OptimizerState state) {
    if (!state.optimizer().equals(optimizer.toString())) {
      throw new IllegalArgumentException(
          "optimizer state belongs to %s, this run is %s".formatted(state.optimizer(), optimizer));
    }
    SequencedMap<String, Values> mine = slotsByName();
    mine.forEach((name, expected) -> {
      Values found = state.slots().get(name);
      if (found == null) {
        throw new IllegalArgumentException("optimizer state has no slot " + name);
      }
      checkSlot(name, expected, found);
    });
    for (String name : state.slots().keySet()) {
      if (!mine.containsKey(name)) {
        throw new IllegalArgumentException(
            "optimizer state has a slot that is not of this run: " + name);
      }
    }
    arrays().forEach((name, values) -> ArrayValues.copy(saved(state, name), values));
    for (Part part : all()) {
      part.setNumbers(state.slots());
    }
    steps = state.steps();
    if (accumulation != null) {
      accumulation.restored();
    }
    for (Part part : all()) {
      part.lookForOverflow(true);
    }
  }

  private static Values saved(OptimizerState state, String name) {
    Values values = state.slots().get(name);
    if (values == null) {
      throw new IllegalStateException("no slot " + name);
    }
    return values;
  }

  private static void checkSlot(String name, Values expected, Values found) {
    if (expected.dtype() != found.dtype()
        || !Arrays.equals(expected.dimensions(), found.dimensions())) {
      throw new IllegalArgumentException(
          "optimizer state: slot %s: expected %s%s, found %s%s"
              .formatted(
                  name,
                  expected.dtype(),
                  Arrays.toString(expected.dimensions()),
                  found.dtype(),
                  Arrays.toString(found.dimensions())));
    }
  }

  private SequencedMap<String, Values> slotsByName() {
    SequencedMap<String, Values> byName = arrays();
    for (Part part : all()) {
      part.addNumbers(byName);
    }
    return byName;
  }

  /// The parts, and the one in front of them.
  private List<Part> all() {
    if (front == null) {
      return parts;
    }
    var all = new ArrayList<>(parts);
    all.add(front);
    return all;
  }

  private SequencedMap<String, Values> arrays() {
    var byName = new LinkedHashMap<String, Values>();
    for (Part part : all()) {
      part.addArrays(byName);
    }
    if (searching != null) {
      searching.addState(byName);
    }
    if (accumulation != null) {
      accumulation.addState(byName);
    }
    if (policy == NonFinite.SKIP) {
      byName.put("finite.skipped", ArrayValues.of("skipped", new int[0], skipped));
      if (mostInRow < Long.MAX_VALUE) {
        byName.put("finite.in_row", ArrayValues.of("in_row", new int[0], inRow));
      }
    }
    if (scaler != null) {
      scaler.addState(byName);
    }
    if (plateau != null) {
      plateau.addState(byName);
    }
    return byName;
  }

  /// The optimizer, its steps and parameters: `adamw(lr=0.001) after 100 steps on weights F32[784,
  /// 64]`.
  @Override
  public String toString() {
    return optimizer
        + " after "
        + steps
        + " steps on "
        + String.join(", ", parameters.stream().map(Parameter::toString).toList());
  }
}
