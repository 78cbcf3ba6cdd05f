package dev.thalweg.tensor;

import java.util.Optional;

/// What a recurrent layer makes of sequences: the results of all steps, and the state after the
/// last one of each. Each is a part of one tensor, cut out when it is asked for.
public final class Recurred {
  private final Tensor all;
  private final int steps;
  private final boolean hasCells;

  Recurred(Tensor all, int steps, boolean hasCells) {
    this.all = all;
    this.steps = steps;
    this.hasCells = hasCells;
  }

  /// The state after each step, `[rows, steps, units]`; 0 behind the end of a sequence.
  public Tensor outputs() {
    return all.slice(1, 0, steps);
  }

  /// The state after the last step of each sequence, `[rows, units]`; of one without steps that
  /// before the first.
  public Tensor state() {
    return all.slice(1, steps, steps + 1).squeeze(1);
  }

  /// The same of an LSTM's cells; none of others.
  public Optional<Tensor> cells() {
    return hasCells ? Optional.of(all.slice(1, steps + 1, steps + 2).squeeze(1)) : Optional.empty();
  }

  /// The tensor with all of it.
  @Override
  public String toString() {
    return all.toString();
  }
}
