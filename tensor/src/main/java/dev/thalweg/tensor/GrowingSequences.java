package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.NotNull;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A batch of sequences, `[rows, steps, features]`, that steps are added to, as the keys and values
/// that attention looks at while a text is written.
///
/// ```java
/// var keys = new GrowingSequences();
/// Tensor first = keys.append(prompt);   // its steps
/// Tensor all = keys.append(next);       // these, and one more
/// ```
///
/// Of one sequence of F32 whose new steps have no history only these are copied, into an array with
/// room for as many as there are; of all else the whole. What is remembered has no history: what
/// was there before is a constant. For one thread.
public final class GrowingSequences {

  private @Nullable Tensor all;

  /// Without a step.
  public GrowingSequences() {}

  /// With the steps of these, which are copied.
  public GrowingSequences(Tensor begin) {
    NotNull.check(begin, "begin");
    all = begin.keep();
  }

  /// Adds steps.
  ///
  /// @return all steps; what was returned before stays as it is
  /// @throws IllegalArgumentException if rows, features or precision are others
  public Tensor append(Tensor more) {
    NotNull.check(more, "more");
    Tensor before = all;
    if (before == null) {
      all = more.keep();
      return more;
    }
    Shape shape = more.shape();
    if (more.dtype() == DType.F32
        && more.isForgotten()
        && shape.rank() == 3
        && shape.dimension(0) == 1
        && before.dtype() == DType.F32
        && before.shape().with(1, 0).equals(shape.with(1, 0))) {
      int n = before.size();
      float[] array = before.floats();
      if (array.length < n + more.size()) {
        array = Arrays.copyOf(array, 2 * n + more.size());
      }
      System.arraycopy(more.floats(), 0, array, n, more.size());
      int steps = before.shape().dimension(1) + shape.dimension(1);
      all = Tensor.within(shape.with(1, steps), array);
      return all;
    }
    Tensor whole = Tensor.concat(1, before, more);
    all = whole.keep();
    return whole;
  }

  /// All steps, lasting and without history.
  ///
  /// @throws IllegalStateException if none was added
  public Tensor steps() {
    if (all == null) {
      throw new IllegalStateException("steps: expected some that were added, found none");
    }
    return all;
  }

  /// `12 steps`
  @Override
  public String toString() {
    Tensor steps = all;
    return (steps == null ? 0 : steps.shape().dimension(1)) + " steps";
  }
}
