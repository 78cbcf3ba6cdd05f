package dev.thalweg.tensor;

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

  /// The same for one tensor that has queries, keys and values side by side.
  ///
  /// @param x `[rows, steps, (heads + 2 keyHeads) · width]`
  /// @return `[rows, steps, heads · width]`
  /// @throws IllegalArgumentException if shapes or lengths do not fit
  public static Tensor attention(Tensor x, AttentionForm form) {
    return Attended.of(x, form);
  }
}
