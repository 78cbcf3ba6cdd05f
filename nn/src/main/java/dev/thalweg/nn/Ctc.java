package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/// That a sequence of steps says a shorter one, wherever each of its labels is said: −log of the
/// probability of all ways to say it, where a label may last for several steps, and a blank may
/// stand between two, and must between two that are alike. Of speech, of lines of handwriting.
///
/// Predictions are logits, rows×steps×classes, of which one is the blank; targets rows×labels,
/// where −1 fills up. Sums over the ways are made of logarithms (the α of the paper), so that
/// nothing underflows. The mean is over rows, of each loss over its labels (over 1 where there is
/// none), as in PyTorch; a sum is one of the losses.
///
/// A target that is too long to be said in its steps has no probability: it is refused, or with
/// `zero_infinity` counts 0 and has no gradient. An empty one is said by blanks.
///
/// Checked against PyTorch's `CTCLoss`. Source: Graves et al.: Connectionist Temporal
/// Classification (2006).
///
/// @param blank which class is the blank; 0 by default
/// @param zeroInfinity whether targets that are too long count 0; by default they are refused
/// @param reduction mean by default
public record Ctc(int blank, boolean zeroInfinity, Reduction reduction) implements Loss {

  static final String NAME = "ctc";

  /// Fills up targets.
  private static final int NONE = -1;

  /// The logarithm of what can't be: a number, so that it can be computed with.
  private static final double NEVER = -1e30;

  private static final Argument<Integer> BLANK =
      Argument.of("blank", Kind.whole(0), 0, "the class that says nothing");

  private static final Argument<Boolean> ZERO_INFINITY =
      Argument.of("zero_infinity", Kind.flag(), false, "whether targets that are too long count 0");

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "of sequences that say shorter ones, wherever",
          0,
          BLANK,
          ZERO_INFINITY,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments ->
              new Ctc(
                  arguments.get(BLANK),
                  arguments.get(ZERO_INFINITY),
                  arguments.get(LossArguments.REDUCTION)));

  /// Checks the blank.
  ///
  /// @throws IllegalArgumentException if it is negative
  public Ctc {
    BLANK.kind().check(NAME + ": blank", blank);
  }

  /// This loss as a mean or as a sum.
  public Ctc withReduction(Reduction other) {
    return new Ctc(blank, zeroInfinity, other);
  }

  /// This loss with another class as the blank.
  ///
  /// @throws IllegalArgumentException if it is negative
  public Ctc withBlank(int other) {
    return new Ctc(other, zeroInfinity, reduction);
  }

  /// This loss with targets that are too long counting 0.
  public Ctc withZeroInfinity() {
    return new Ctc(blank, true, reduction);
  }

  @Override
  public Tensor of(Tensor logits, Tensor target) {
    return of(logits, target, Optional.empty());
  }

  /// The loss of sequences of which so many steps are real.
  ///
  /// @param lengths a vector of I32, a number of steps for each row; empty where all are real
  /// @throws IllegalArgumentException if shapes, labels or lengths don't fit, or a target is too
  ///   long
  public Tensor of(Tensor logits, Tensor target, Optional<Tensor> lengths) {
    Spelling all = new Spelling(this, logits, target, lengths);
    Tensor each = all.losses(logits).times(all.counting());
    if (reduction == Reduction.SUM) {
      return each.sum();
    }
    return each.div(all.sizes()).mean();
  }

  /// The labels of a batch with blanks between and around them: places of the paper.
  private static final class Spelling {

    private final int rows;
    private final int steps;
    private final int classes;
    private final int places;
    private final DType dtype;
    private final int[] lengths;

    /// How many labels each row has.
    private final int[] labels;

    /// The class at each place of each row.
    private final int[] spread;

    private final boolean[] counted;

    Spelling(Ctc loss, Tensor logits, Tensor target, Optional<Tensor> lengths) {
      Shape shape = logits.shape();
      if (shape.rank() != 3
          || target.shape().rank() != 2
          || shape.dimension(0) != target.shape().dimension(0)
          || shape.dimension(1) < 1) {
        throw new IllegalArgumentException(
            "ctc: expected logits of rows×steps×classes and targets of rows×labels, found %s and %s"
                .formatted(shape, target.shape()));
      }
      this.rows = shape.dimension(0);
      this.steps = shape.dimension(1);
      this.classes = shape.dimension(2);
      int most = target.shape().dimension(1);
      this.places = 2 * most + 1;
      this.dtype = logits.dtype();
      this.labels = new int[rows];
      this.lengths = new int[rows];
      this.spread = new int[rows * places];
      this.counted = new boolean[rows];
      if (loss.blank >= classes) {
        throw new IllegalArgumentException(
            "ctc: expected a blank of 0 to %d, found %d".formatted(classes - 1, loss.blank));
      }
      for (int row = 0; row < rows; row++) {
        int n = 0;
        while (n < most && target.element(row * most + n) != NONE) {
          n++;
        }
        labels[row] = n;
        this.lengths[row] = lengths.isPresent() ? (int) lengths.get().element(row) : steps;
        Arrays.fill(spread, row * places, (row + 1) * places, loss.blank);
        int needed = n;
        for (int i = 0; i < n; i++) {
          int label = label(target.element(row * most + i), loss.blank, row);
          spread[row * places + 2 * i + 1] = label;
          needed += i > 0 && label == spread[row * places + 2 * i - 1] ? 1 : 0;
        }
        check(loss, row, needed);
      }
    }

    private int label(double value, int blank, int row) {
      int label = (int) value;
      if (label != value || label < 0 || label >= classes || label == blank) {
        throw new IllegalArgumentException(
            "ctc: expected labels of 0 to %d but for the blank, %d, found %s in row %d"
                .formatted(classes - 1, blank, value, row));
      }
      return label;
    }

    private void check(Ctc loss, int row, int needed) {
      int length = lengths[row];
      if (length < 0 || length > steps) {
        throw new IllegalArgumentException(
            "ctc: expected lengths of 0 to %d steps, found %d in row %d"
                .formatted(steps, length, row));
      }
      counted[row] = needed <= length;
      if (!counted[row] && !loss.zeroInfinity) {
        throw new IllegalArgumentException(
            "ctc: expected targets that can be said in their steps, found one of %d labels that takes %d of %d in row %d"
                .formatted(labels[row], needed, length, row));
      }
    }

    /// 1 for rows that count; where there is no step, nothing is said by all there is.
    Tensor counting() {
      return filled(Shape.of(rows), row -> counted[row] && lengths[row] > 0 ? 1 : 0);
    }

    /// How many labels each row has, at least 1.
    Tensor sizes() {
      return filled(Shape.of(rows), row -> Math.max(1, labels[row]));
    }

    private Tensor filled(Shape shape, IntToDoubleFunction value) {
      Tensor filled = Tensor.zeros(dtype, shape);
      for (int i = 0; i < shape.size(); i++) {
        Constants.set(filled, i, value.applyAsDouble(i));
      }
      return filled;
    }

    /// −log p of each row.
    Tensor losses(Tensor logits) {
      // The logarithm of the class at each place, at each step: one 1 in each column.
      Tensor chosen =
          filled(
              Shape.of(rows, classes, places),
              i ->
                  spread[i / (classes * places) * places + i % places] == i / places % classes
                      ? 1
                      : 0);
      Tensor said = logits.logSoftmax().matmul(chosen);
      // Two places are gone on by where a label differs from the one before.
      Tensor skips =
          filled(
              Shape.of(rows, places),
              i -> i % places % 2 == 1 && i % places > 1 && spread[i] != spread[i - 2] ? 0 : NEVER);
      Tensor first = filled(Shape.of(rows, places), i -> i % places < 2 ? 0 : NEVER);
      Tensor never = Tensor.full(dtype, Shape.of(rows, Math.min(2, places)), NEVER);
      Tensor ways = said.slice(1, 0, 1).squeeze(1).plus(first);
      for (int step = 1; step < steps; step++) {
        Tensor next = ways;
        if (places > 1) {
          Tensor one = Tensor.concat(1, never.slice(1, 0, 1), ways.slice(1, 0, places - 1));
          Tensor two = Tensor.concat(1, never, ways.slice(1, 0, places - 2)).plus(skips);
          next = sum(ways, one, two);
        }
        ways = going(step, ways, next.plus(said.slice(1, step, step + 1).squeeze(1)));
      }
      Tensor last = at(ways, row -> 2 * labels[row]);
      Tensor before = at(ways, row -> 2 * labels[row] - 1);
      return sum(last, before).negate();
    }

    /// Rows that have ended stay as they are.
    private Tensor going(int step, Tensor before, Tensor next) {
      boolean all = true;
      for (int length : lengths) {
        all &= step < length;
      }
      if (all) {
        return next;
      }
      Tensor goes = filled(Shape.of(rows, 1), row -> step < lengths[row] ? 1 : 0);
      return next.times(goes).plus(before.times(goes.negate().plus(1)));
    }

    /// A number of each row; what can't be where there is no such place.
    private Tensor at(Tensor ways, IntUnaryOperator place) {
      Tensor one =
          filled(Shape.of(rows, places), i -> i % places == place.applyAsInt(i / places) ? 1 : 0);
      return ways.times(one)
          .sum(1)
          .plus(filled(Shape.of(rows), row -> place.applyAsInt(row) < 0 ? NEVER : 0));
    }

    /// log Σ exp, without overflow: whatever is taken off before is a constant.
    private static Tensor sum(Tensor... logarithms) {
      Tensor most = logarithms[0];
      for (Tensor each : logarithms) {
        most = most.maximum(each);
      }
      Tensor constant = most.detach();
      Tensor sum = logarithms[0].minus(constant).exp();
      for (int i = 1; i < logarithms.length; i++) {
        sum = sum.plus(logarithms[i].minus(constant).exp());
      }
      return sum.log().plus(constant);
    }
  }

  @Override
  public String toString() {
    return Written.text(
        SIGNATURE
            .with(BLANK, blank)
            .with(ZERO_INFINITY, zeroInfinity)
            .with(LossArguments.REDUCTION, reduction));
  }
}
