package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import dev.thalweg.formula.UpdatePlan.Slot;
import dev.thalweg.kernels.loop.BlockSums;
import java.util.ArrayList;
import java.util.List;

/// All of an [UpdatePlan] that a run needs, but for the loops, which stand here by their keys: no
/// formula, no graph.
///
/// It has a text and is read from it, so that what is known when a library is built (the methods
/// that it brings) needs no formula parsed, substituted and lowered when it is used.
public final class PlanOutline {
  private final List<String> hyperparameters;
  private final List<Slot> slots;
  private final String loop;
  private final List<Sum> sums;
  private final List<Pass> passes;
  private final ScalarPlan scalars;

  /// A reduction.
  ///
  /// @param loop the key of the loop that computes the summands
  /// @param arrays how many arrays it has; the last receives the summands
  /// @param read those that it reads
  /// @param global whether it runs over all tensors, or over each by itself
  /// @param fold whether the summands are added, or the largest is taken
  /// @param depth how many reductions it stands upon
  /// @param result where [ScalarPlan] finds the sum
  public record Sum(
      String loop,
      int arrays,
      List<Integer> read,
      boolean global,
      BlockSums.Fold fold,
      int depth,
      int result) {}

  /// A call of a function of whole arrays.
  ///
  /// @param function what is called
  /// @param loop the key of the loop that puts what it takes into arrays
  /// @param arrays where those are; the result belongs into the first
  /// @param depth how many reductions and calls it stands upon, itself included
  public record Pass(ArrayOperator function, String loop, List<Integer> arrays, int depth) {
    /// Copies the list.
    public Pass {
      arrays = List.copyOf(arrays);
    }
  }

  private PlanOutline(
      List<String> hyperparameters,
      List<Slot> slots,
      String loop,
      List<Sum> sums,
      List<Pass> passes,
      ScalarPlan scalars) {
    this.hyperparameters = hyperparameters;
    this.slots = slots;
    this.loop = loop;
    this.sums = sums;
    this.passes = passes;
    this.scalars = scalars;
  }

  /// The outline of a plan.
  static PlanOutline of(UpdatePlan plan) {
    var sums = new ArrayList<Sum>();
    for (UpdatePlan.Reduction reduction : plan.reductions()) {
      sums.add(
          new Sum(
              reduction.program().key(),
              reduction.program().arrays(),
              BlockSums.read(reduction.program()),
              reduction.global(),
              reduction.fold(),
              reduction.depth(),
              reduction.result()));
    }
    var passes = new ArrayList<Pass>();
    for (UpdatePlan.Pass pass : plan.passes()) {
      passes.add(new Pass(pass.function(), pass.program().key(), pass.arrays(), pass.depth()));
    }
    return new PlanOutline(
        plan.hyperparameters(),
        plan.slots(),
        plan.loop().key(),
        List.copyOf(sums),
        List.copyOf(passes),
        plan.scalars());
  }

  /// Reads what [#toString] has written.
  ///
  /// @throws IllegalArgumentException if it is anything else
  public static PlanOutline parse(String text) {
    var words = new PlanText(text);
    List<String> hyperparameters = words.words();
    int slotCount = words.number();
    var slots = new ArrayList<Slot>(slotCount);
    for (int i = 0; i < slotCount; i++) {
      slots.add(new Slot(words.word(), words.level()));
    }
    String loop = words.word();
    int sumCount = words.number();
    var sums = new ArrayList<Sum>(sumCount);
    for (int i = 0; i < sumCount; i++) {
      sums.add(
          new Sum(
              words.word(),
              words.number(),
              list(words.numbers()),
              words.number() == 1,
              words.number() == 1 ? BlockSums.Fold.LARGEST : BlockSums.Fold.SUM,
              words.number(),
              words.number()));
    }
    int passCount = words.number();
    var passes = new ArrayList<Pass>(passCount);
    for (int i = 0; i < passCount; i++) {
      passes.add(new Pass(words.function(), words.word(), list(words.numbers()), words.number()));
    }
    return new PlanOutline(
        hyperparameters,
        List.copyOf(slots),
        loop,
        List.copyOf(sums),
        List.copyOf(passes),
        new ScalarPlan(words));
  }

  private static List<Integer> list(int[] numbers) {
    var list = new ArrayList<Integer>(numbers.length);
    for (int number : numbers) {
      list.add(number);
    }
    return List.copyOf(list);
  }

  /// See [UpdatePlan#hyperparameters].
  public List<String> hyperparameters() {
    return hyperparameters;
  }

  /// The slots that have a number for each element, in the order of the loop's arrays.
  public List<String> elementSlots() {
    var names = new ArrayList<String>();
    for (Slot slot : slots) {
      if (slot.level() == Level.ELEMENT) {
        names.add(slot.name());
      }
    }
    return List.copyOf(names);
  }

  /// The key of the loop: arrays `p`, `g`, then the [slots of elements][#elementSlots].
  public String loop() {
    return loop;
  }

  /// The sums, each after those it stands upon.
  public List<Sum> sums() {
    return sums;
  }

  /// The calls of functions of whole arrays, each after those it stands upon.
  public List<Pass> passes() {
    return passes;
  }

  /// What is computed once a step, or once a tensor.
  public ScalarPlan scalars() {
    return scalars;
  }

  /// The text that [#parse] reads; not for people.
  @Override
  public String toString() {
    var text = new PlanText();
    text.add(hyperparameters);
    text.add(slots.size());
    for (Slot slot : slots) {
      text.add(slot.name());
      text.add(slot.level().name());
    }
    text.add(loop);
    text.add(sums.size());
    for (Sum sum : sums) {
      text.add(sum.loop());
      text.add(sum.arrays());
      text.add(ints(sum.read()));
      text.add(sum.global() ? 1 : 0);
      text.add(sum.fold() == BlockSums.Fold.LARGEST ? 1 : 0);
      text.add(sum.depth());
      text.add(sum.result());
    }
    text.add(passes.size());
    for (Pass pass : passes) {
      text.add(pass.function().text());
      text.add(pass.loop());
      text.add(ints(pass.arrays()));
      text.add(pass.depth());
    }
    scalars.write(text);
    return text.toString();
  }

  private static int[] ints(List<Integer> list) {
    int[] ints = new int[list.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = list.get(i);
    }
    return ints;
  }
}
