package dev.thalweg.tensor;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.List;
import java.util.Optional;

/// The weights of a recurrent layer: of what goes in and of its state; see [Sequences#recurrent].
/// The columns of a gate lie side by side, gates in the order of PyTorch: i, f, g, o of an LSTM, r,
/// z, n of a GRU ([dev.thalweg.kernels.Recurrence]).
///
/// @param cell what a step is
/// @param input W, `[inputs, gates · units]`
/// @param state U, `[units, gates · units]`
/// @param bias b, a vector of gates · units
/// @param stateBias d, the bias of the recurrent product, of a GRU only: elsewhere it would add to
///   b
public record RecurrentWeights(
    Cell cell, Tensor input, Tensor state, Optional<Tensor> bias, Optional<Tensor> stateBias) {

  /// Checks the shapes.
  ///
  /// @throws IllegalArgumentException if they do not fit together
  public RecurrentWeights {
    NotNull.check(cell, "cell");
    NotNull.check(bias, "bias");
    NotNull.check(stateBias, "stateBias");
    Shape s = state.shape();
    boolean fits =
        s.rank() == 2
            && s.dimension(1) == s.dimension(0) * cell.gates()
            && input.shape().rank() == 2
            && input.shape().dimension(1) == s.dimension(1);
    for (Optional<Tensor> each : List.of(bias, stateBias)) {
      fits &= each.isEmpty() || each.get().shape().equals(Shape.of(s.dimension(-1)));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: expected weights of [inputs, %d units], [units, %d units] and biases of [%d units], found %s, %s%s%s"
              .formatted(
                  name(cell),
                  cell.gates(),
                  cell.gates(),
                  cell.gates(),
                  input.shape(),
                  s,
                  bias.map(b -> " and " + b.shape()).orElse(""),
                  stateBias.map(d -> " and " + d.shape()).orElse("")));
    }
    if (stateBias.isPresent() && cell != Cell.GRU) {
      throw new IllegalArgumentException(
          name(cell) + ": expected one bias, found another of the recurrent product");
    }
  }

  /// Weights without biases.
  ///
  /// @throws IllegalArgumentException if shapes do not fit together
  public static RecurrentWeights of(Cell cell, Tensor input, Tensor state) {
    return new RecurrentWeights(cell, input, state, Optional.empty(), Optional.empty());
  }

  /// These weights with a bias.
  ///
  /// @throws IllegalArgumentException if its shape does not fit
  public RecurrentWeights withBias(Tensor other) {
    return new RecurrentWeights(cell, input, state, Optional.of(other), stateBias);
  }

  /// These weights, of a GRU, with a bias of the recurrent product.
  ///
  /// @throws IllegalArgumentException if its shape does not fit, or the cell is another
  public RecurrentWeights withStateBias(Tensor other) {
    return new RecurrentWeights(cell, input, state, bias, Optional.of(other));
  }

  /// Numbers of the state.
  public int units() {
    return state.shape().dimension(0);
  }

  static String name(Cell cell) {
    return switch (cell) {
      case LSTM -> "lstm";
      case GRU -> "gru";
      case TANH, RELU -> "rnn";
    };
  }
}
