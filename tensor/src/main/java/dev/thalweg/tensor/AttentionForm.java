package dev.thalweg.tensor;

import dev.thalweg.kernels.NotNull;
import java.util.Optional;

/// How the steps of sequences look at each other: [Sequences#attention].
///
/// ```java
/// AttentionForm form = AttentionForm.of(8).withCausal(true).withWindow(256);
/// ```
///
/// Query i of T stands at the place p = i + S − T of S keys: at their end. It sees the keys j with
/// j ≤ p where `causal`, |p − j| < `window` where that is not 0, j below the length of its
/// sequence, and j not before its first one. Who sees none gets zeros.
///
/// @param heads of queries
/// @param keyHeads heads of keys and values, which divide those of queries: neighbouring heads of
///   queries share one
/// @param causal whether only what was before is seen, the own step included
/// @param window how far is seen, in steps, the own one included; 0: without limit
/// @param alibi whether scores fall with distance, by 2^(−8 (h + 1) / heads) a step in head h:
///   Press et al. 2022, arXiv 2108.12409
/// @param lengths a vector of I32, how many keys of each sequence are real; none: all
/// @param firsts `[rows, queries]` of I32, the first key that each query sees: where its document
///   begins, of several that are packed into a sequence; none: 0
public record AttentionForm(
    int heads,
    int keyHeads,
    boolean causal,
    int window,
    boolean alibi,
    Optional<Tensor> lengths,
    Optional<Tensor> firsts) {

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if there is no head, heads are not divided, or the window is
  ///   negative
  public AttentionForm {
    NotNull.check(lengths, "lengths");
    NotNull.check(firsts, "firsts");
    if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0) {
      throw new IllegalArgumentException(
          "attention: expected heads of keys that divide the %d heads, found %d"
              .formatted(heads, keyHeads));
    }
    if (window < 0) {
      throw new IllegalArgumentException(
          "attention: expected a window of 0 or more steps, found " + window);
    }
  }

  /// So many heads, each with keys and values of its own, that see all.
  ///
  /// @throws IllegalArgumentException if there is none
  public static AttentionForm of(int heads) {
    return new AttentionForm(heads, heads, false, 0, false, Optional.empty(), Optional.empty());
  }

  /// This form with so many heads of keys and values.
  ///
  /// @throws IllegalArgumentException if they don't divide those of queries
  public AttentionForm withKeyHeads(int other) {
    return new AttentionForm(heads, other, causal, window, alibi, lengths, firsts);
  }

  /// This form with or without sight of what comes after.
  public AttentionForm withCausal(boolean other) {
    return new AttentionForm(heads, keyHeads, other, window, alibi, lengths, firsts);
  }

  /// This form with sight of so many steps; 0: of all.
  ///
  /// @throws IllegalArgumentException if it is negative
  public AttentionForm withWindow(int other) {
    return new AttentionForm(heads, keyHeads, causal, other, alibi, lengths, firsts);
  }

  /// This form with or without scores that fall with distance.
  public AttentionForm withAlibi(boolean other) {
    return new AttentionForm(heads, keyHeads, causal, window, other, lengths, firsts);
  }

  /// This form for sequences of which so many keys are real.
  ///
  /// @param keys a vector of I32
  public AttentionForm withLengths(Tensor keys) {
    NotNull.check(keys, "keys");
    return new AttentionForm(heads, keyHeads, causal, window, alibi, Optional.of(keys), firsts);
  }

  /// This form for queries each of which sees no key before its first one, as FlexAttention's
  /// document mask and the variable lengths of FlashAttention have it.
  ///
  /// @param keys `[rows, queries]` of I32
  public AttentionForm withFirsts(Tensor keys) {
    NotNull.check(keys, "keys");
    return new AttentionForm(heads, keyHeads, causal, window, alibi, lengths, Optional.of(keys));
  }
}
