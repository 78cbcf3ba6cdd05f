package dev.thalweg.formula;

import dev.thalweg.kernels.loop.BlockSums;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// An update rule as it is carried out: what a [Program] stores, what has to be known before, and
/// one fused loop for the rest.
///
/// In the program `p` is the parameter, `g` its gradient, and `t` the number of the update, counted
/// from 1. A name that is read before it is assigned is a *slot*: state, as large as what is
/// assigned to it. A name that is only read is a hyperparameter. All other names stand for what was
/// assigned to them.
///
/// What does not depend on elements is computed once a step, in double ([ScalarPlan]). A reduction
/// (`norm`, `sum`, `mean`, `max_norm` over a tensor, `global_norm` … over all parameters) needs a
/// pass of its own before what uses it, over everything as it was before the step, and so does a
/// function of whole arrays ([ArrayOperator]); nothing else does: all the assignments are one loop.
///
/// ```java
/// UpdatePlan plan = UpdatePlan.of(Program.parse("v = momentum * v + g; p -= lr * v"));
/// plan.slots();             // v, as large as the parameter
/// plan.hyperparameters();   // momentum, lr
/// plan.loop();              // arrays p, g, v; scalars momentum, lr
/// ```
public final class UpdatePlan {
  /// The parameter's name in a program.
  public static final String PARAMETER = "p";

  /// The gradient's name in a program.
  public static final String GRADIENT = "g";

  /// The name of the number of the update, counted from 1.
  public static final String STEP = "t";

  /// The name of the rows of a parameter taken as a matrix: all its dimensions but the last
  /// together.
  public static final String ROWS = "rows";

  /// The name of its columns: the last dimension, 1 for a scalar.
  public static final String COLUMNS = "columns";

  /// What every program may read.
  private static final Set<String> GIVEN = Set.of(PARAMETER, GRADIENT, STEP, ROWS, COLUMNS);

  /// Whether a name means the same in all programs: `p`, `g`, `t`, `rows`, `columns`.
  public static boolean isGiven(String name) {
    return GIVEN.contains(name);
  }

  /// How often a value is there.
  public enum Level {
    /// Once a step.
    STEP,
    /// Once a tensor.
    TENSOR,
    /// Once an element.
    ELEMENT
  }

  /// State that a rule keeps from step to step.
  public record Slot(String name, Level level) {}

  /// A sum, or a largest magnitude, that must be known before what uses it.
  ///
  /// @param program the summands: arrays as those of [#loop], and one more, the last, that receives
  ///   them
  /// @param global whether it runs over all tensors, or over each by itself
  /// @param fold whether the summands are added, or the largest is taken: they are not negative
  ///   then
  /// @param depth how many reductions it stands upon
  /// @param result where [ScalarPlan] finds the sum
  public record Reduction(
      LoopProgram program, boolean global, BlockSums.Fold fold, int depth, int result) {}

  /// A function of whole arrays that must be called before what uses its result.
  ///
  /// @param function what is called
  /// @param program puts what the function takes into arrays
  /// @param arrays where those are among the arrays of [#loop]; the result belongs into the first
  /// @param depth how many reductions and calls it stands upon, itself included
  public record Pass(ArrayOperator function, LoopProgram program, List<Integer> arrays, int depth) {
    /// Copies the list.
    public Pass {
      arrays = List.copyOf(arrays);
    }
  }

  private final Program program;
  private final List<Slot> slots;
  private final List<String> hyperparameters;
  private final LoopProgram loop;
  private final List<Reduction> reductions;
  private final List<Pass> passes;
  private final ScalarPlan scalars;

  private UpdatePlan(
      Program program,
      List<Slot> slots,
      List<String> hyperparameters,
      LoopProgram loop,
      List<Reduction> reductions,
      List<Pass> passes,
      ScalarPlan scalars) {
    this.program = program;
    this.slots = slots;
    this.hyperparameters = hyperparameters;
    this.loop = loop;
    this.reductions = reductions;
    this.passes = passes;
    this.scalars = scalars;
  }

  /// Finds out what a program needs and makes its loops.
  ///
  /// @throws SyntaxException if it assigns to the step, or to `rows` or `columns`
  public static UpdatePlan of(Program program) {
    return of(program, false);
  }

  /// The same, with the gradient that the program makes stored in the place of the one that it was
  /// given.
  public static UpdatePlan ofGradient(Program program) {
    return of(program, true);
  }

  private static UpdatePlan of(Program program, boolean storesGradient) {
    if (!program.pauses().isEmpty()) {
      throw new IllegalArgumentException(
          "update: expected assignments alone, found a program in which something else happens: "
              + program.pauses().getFirst().cause());
    }
    for (Assignment assignment : program.assignments()) {
      if (assignment.target().equals(STEP)) {
        throw assignment.span().error(STEP + " is the number of the update, not to be assigned");
      }
      if (assignment.target().equals(ROWS) || assignment.target().equals(COLUMNS)) {
        throw assignment
            .span()
            .error(assignment.target() + " is a size of the parameter, not to be assigned");
      }
    }
    List<String> slotNames = names(program, true);
    List<String> hyperparameters = names(program, false);
    SequencedMap<String, Expression> results = Reductions.spelledOut(program.results());
    ArrayCalls calls = ArrayCalls.takenOutOf(results);
    Levels levels = Levels.of(results, slotNames, program.beginnings(), calls);
    calls.check(levels);
    var slots = new ArrayList<Slot>();
    for (String name : slotNames) {
      slots.add(new Slot(name, levels.ofSlot(name)));
    }
    return new Builder(program, slots, hyperparameters, results, levels, calls)
        .build(storesGradient);
  }

  /// The names that a program only reads, in the order in which it does: without making its loops.
  public static List<String> hyperparameters(Program program) {
    return names(program, false);
  }

  /// The names that are read before they are assigned: those that are assigned or have a beginning,
  /// or those that are not and have none.
  private static List<String> names(Program program, boolean assigned) {
    var kept = new HashSet<>(program.targets());
    for (Assignment beginning : program.beginnings()) {
      kept.add(beginning.target());
    }
    var names = new ArrayList<String>();
    for (String name : program.variables()) {
      if (!GIVEN.contains(name) && kept.contains(name) == assigned) {
        names.add(name);
      }
    }
    return names;
  }

  /// Puts the loops together.
  private static final class Builder {
    private final Program program;
    private final List<Slot> slots;
    private final List<String> hyperparameters;
    private final SequencedMap<String, Expression> results;
    private final Levels levels;
    private final ArrayCalls calls;
    private final Map<String, Integer> arrays = new HashMap<>();

    Builder(
        Program program,
        List<Slot> slots,
        List<String> hyperparameters,
        SequencedMap<String, Expression> results,
        Levels levels,
        ArrayCalls calls) {
      this.calls = calls;
      this.program = program;
      this.slots = slots;
      this.hyperparameters = hyperparameters;
      this.results = results;
      this.levels = levels;
      arrays.put(PARAMETER, 0);
      arrays.put(GRADIENT, 1);
      for (Slot slot : slots) {
        if (slot.level() == Level.ELEMENT) {
          arrays.put(slot.name(), arrays.size());
        }
      }
      for (ArrayCalls.One call : calls.all()) {
        for (String name : call.names()) {
          arrays.put(name, arrays.size());
        }
      }
    }

    UpdatePlan build(boolean storesGradient) {
      var targets = new ArrayList<Integer>();
      var values = new ArrayList<Expression>();
      var scalarSlots = new ArrayList<String>();
      var scalarValues = new ArrayList<Expression>();
      for (Slot slot : slots) {
        if (slot.level() == Level.ELEMENT) {
          if (results.containsKey(slot.name())) { // else it stays as it began
            targets.add(array(slot.name()));
            values.add(result(slot.name()));
          }
        } else {
          scalarSlots.add(slot.name());
          scalarValues.add(result(slot.name()));
        }
      }
      if (results.containsKey(PARAMETER)) {
        targets.add(0);
        values.add(result(PARAMETER));
      }
      if (storesGradient && results.containsKey(GRADIENT)) {
        targets.add(1);
        values.add(result(GRADIENT));
      }
      var sharing = new Sharing();
      var lowering = new Lowering(levels, arrays, sharing);
      LoopProgram loop = lowering.loop(arrays.size(), targets, values);
      var needed = new ArrayList<Expression>(lowering.scalars());
      needed.addAll(scalarValues);
      var takers = new ArrayList<Lowering>();
      var passes = new ArrayList<Pass>();
      for (ArrayCalls.One call : calls.all()) {
        var inner = new Lowering(levels, arrays, sharing);
        var places = new ArrayList<Integer>();
        for (String name : call.names()) {
          places.add(array(name));
        }
        passes.add(
            new Pass(
                call.function(),
                inner.loop(arrays.size(), places, call.arrays()),
                places,
                levels.depth(Expression.variable(call.result()))));
        takers.add(inner);
        needed.addAll(inner.scalars());
        needed.addAll(call.numbers());
      }
      var summands = new ArrayList<Lowering>();
      List<LoopProgram> sums = new ArrayList<>();
      var within = new ArrayList<>(values);
      within.addAll(calls.inputs());
      List<Expression> sumNodes = Reductions.in(within, needed);
      for (Expression sum : sumNodes) {
        var inner = new Lowering(levels, arrays, sharing);
        sums.add(inner.loop(arrays.size() + 1, List.of(arrays.size()), List.of(sum.input(0))));
        summands.add(inner);
        needed.addAll(inner.scalars());
      }
      var scalars =
          new ScalarNodes(levels, hyperparameters, scalarSlots, scalarValues, needed, sumNodes);
      scalars.addLoop(lowering.scalars());
      var reductions = new ArrayList<Reduction>();
      for (int i = 0; i < sums.size(); i++) {
        Expression sum = sumNodes.get(i);
        scalars.addLoop(summands.get(i).scalars());
        reductions.add(
            new Reduction(
                sums.get(i),
                sum.operation().isGlobal(),
                fold(sum.operation()),
                levels.depth(sum),
                scalars.place(sum)));
      }
      for (int i = 0; i < takers.size(); i++) {
        scalars.addLoop(takers.get(i).scalars());
        scalars.addLoop(calls.all().get(i).numbers());
      }
      return new UpdatePlan(
          program,
          List.copyOf(slots),
          List.copyOf(hyperparameters),
          loop,
          List.copyOf(reductions),
          List.copyOf(passes),
          scalars.plan());
    }

    private static BlockSums.Fold fold(Operator reduction) {
      return reduction == Operator.MAX_NORM || reduction == Operator.GLOBAL_MAX_NORM
          ? BlockSums.Fold.LARGEST
          : BlockSums.Fold.SUM;
    }

    private int array(String name) {
      Integer index = arrays.get(name);
      if (index == null) {
        throw new IllegalStateException("no array " + name);
      }
      return index;
    }

    /// What a name is after the step; itself, if nothing is assigned to it.
    private Expression result(String name) {
      return results.getOrDefault(name, Expression.variable(name));
    }
  }

  /// What it was made from.
  public Program program() {
    return program;
  }

  /// The state, in the order in which it is first read.
  public List<Slot> slots() {
    return slots;
  }

  /// The names that are only read, in the order in which they are.
  public List<String> hyperparameters() {
    return hyperparameters;
  }

  /// The arrays of the loops: `p`, `g`, then the slots of level [Level#ELEMENT] in order, then
  /// those of [#passes].
  public LoopProgram loop() {
    return loop;
  }

  /// The sums, each after those it stands upon.
  public List<Reduction> reductions() {
    return reductions;
  }

  /// The calls of functions of whole arrays, each after those it stands upon.
  public List<Pass> passes() {
    return passes;
  }

  /// What is computed once a step, or once a tensor.
  public ScalarPlan scalars() {
    return scalars;
  }

  /// What a run needs of it, without formula and graphs.
  public PlanOutline outline() {
    return PlanOutline.of(this);
  }
}
