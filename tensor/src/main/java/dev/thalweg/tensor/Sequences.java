package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.Optional;

/// Operations on sequences: tensors of `[rows, steps, features]`.
///
/// All are there in F32 and F64, and their gradients have gradients.
public final class Sequences {

  private Sequences() {}

  // ---- attention

  /// Attention of several heads: for each query a mean of the values it sees, weighted by
  ///
  /// softmax over j of q(i) · k(j) / √width
  ///
  /// with the numbers of a head side by side: head h has the features from h · width on. In F32 it
  /// takes memory for nothing larger than its inputs, and the numbers that it keeps for its
  /// gradient are one for each query and head ([dev.thalweg.kernels.BlockedAttention]); in F64, and
  /// where it is differentiated again, it holds all pairs.
  ///
  /// PyTorch's `scaled_dot_product_attention`, whose `is_causal` has the first query at the first
  /// key, and heads in a dimension of their own.
  ///
  /// @param q `[rows, queries, heads · width]`
  /// @param k `[rows, keys, keyHeads · width]`
  /// @param v as k
  /// @return of q's shape
  /// @throws IllegalArgumentException if shapes or lengths do not fit
  public static Tensor attention(Tensor q, Tensor k, Tensor v, AttentionForm form) {
    return Attended.of(q, k, v, form);
  }

  /// The same for keys and values side by side, of steps that look at others than themselves.
  ///
  /// @param q `[rows, queries, heads · width]`
  /// @param kv `[rows, keys, 2 keyHeads · width]`
  /// @return of q's shape
  /// @throws IllegalArgumentException if shapes or lengths do not fit
  public static Tensor attention(Tensor q, Tensor kv, AttentionForm form) {
    return Attended.of(q, kv, form);
  }

  /// The same for one tensor that has queries, keys and values side by side.
  ///
  /// @param x `[rows, steps, (heads + 2 keyHeads) · width]`
  /// @return `[rows, steps, heads · width]`
  /// @throws IllegalArgumentException if shapes or lengths do not fit
  public static Tensor attention(Tensor x, AttentionForm form) {
    return Attended.of(x, form);
  }

  /// Rotary positions: of each head, features i and i + width/2 are turned by the angle p ·
  /// 10000^(−2i / width) at place p, so that products of queries and keys depend on their distance.
  /// Su et al. 2021, arXiv 2104.09864, in the halves of GPT-NeoX and Llama.
  ///
  /// @param x `[rows, steps, features]`
  /// @param heads how many heads are turned, from the first feature on; the other features stay
  /// @param width features of a head, even
  /// @param first the place of the first step
  /// @throws IllegalArgumentException if the heads do not fit
  public static Tensor rotary(Tensor x, int heads, int width, int first) {
    return Turned.of(x, heads, width, first, false);
  }

  /// Sequences from their end: step t of a sequence of n is its step n − 1 − t; what is behind the
  /// end stays.
  ///
  /// @param x `[rows, steps, features]`
  /// @param lengths a vector of I32; none: all steps are real
  /// @throws IllegalArgumentException if lengths do not fit
  public static Tensor reverse(Tensor x, Optional<Tensor> lengths) {
    Shape shape = x.shape();
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          "reverse: expected sequences of [rows, steps, features], found shape " + shape);
    }
    int steps = shape.dimension(1);
    lengths.ifPresent(each -> Attended.checkLengths("reverse", each, shape.dimension(0), steps));
    Tensor rows = Tensor.empty(DType.I32, Shape.of(shape.dimension(0) * steps));
    int[] places = rows.ints();
    for (int i = 0; i < rows.size(); i++) {
      int n = lengths.isPresent() ? lengths.get().ints()[i / steps] : steps;
      int t = i % steps;
      places[i] = i - t + (t < n ? n - 1 - t : t);
    }
    return x.reshape(rows.size(), shape.dimension(2)).gather(rows).reshape(shape.dimensions());
  }

  // ---- recurrence

  /// A recurrent layer over all steps, beginning with a state of 0: LSTM, GRU or a simple one, as
  /// [dev.thalweg.kernels.Recurrence] has it.
  ///
  /// @param x `[rows, steps, inputs]`
  /// @param lengths a vector of I32, how many steps of each sequence are real; none: all. Behind
  ///   them the result is 0, as from a packed sequence in PyTorch
  /// @return the state after each step, `[rows, steps, units]`
  /// @throws IllegalArgumentException if shapes or lengths do not fit
  public static Tensor recurrent(Tensor x, RecurrentWeights weights, Optional<Tensor> lengths) {
    return Recurrent.of(x, weights, lengths, Optional.empty(), Optional.empty(), false);
  }

  /// The same, from a state before the first step, and with that after the last: what one batch
  /// hands on to the next, or an encoder to its decoder.
  ///
  /// @param state `[rows, units]`; none: 0
  /// @param cells the same of an LSTM's cells
  /// @throws IllegalArgumentException if shapes or lengths do not fit
  public static Recurred recurrent(
      Tensor x,
      RecurrentWeights weights,
      Optional<Tensor> lengths,
      Optional<Tensor> state,
      Optional<Tensor> cells) {
    Tensor all = Recurrent.of(x, weights, lengths, state, cells, true);
    return new Recurred(all, x.shape().dimension(1), weights.cell() == Cell.LSTM);
  }
}
