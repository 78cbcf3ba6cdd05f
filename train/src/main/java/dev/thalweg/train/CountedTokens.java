package dev.thalweg.train;

import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// Logits and targets of the tokens of a batch that count.
///
/// @param logits a row for each
/// @param targets a vector of I32
record CountedTokens(Tensor logits, Tensor targets) {

  /// Those of a batch whose targets are [TokenBatches#NONE] where they don't count.
  ///
  /// @param all rows×steps×tokens
  static CountedTokens of(Tensor all, TensorBatch batch) {
    int tokens = batch.y().size();
    Tensor logits = all.reshape(tokens, all.shape().dimension(-1));
    Tensor targets = batch.y().reshape(tokens);
    if (batch.count() == tokens) {
      return new CountedTokens(logits, targets);
    }
    int[] each = targets.ints();
    int[] places = new int[batch.count()];
    int[] labels = new int[batch.count()];
    int next = 0;
    for (int i = 0; i < tokens; i++) {
      if (each[i] != TokenBatches.NONE) {
        places[next] = i;
        labels[next++] = each[i];
      }
    }
    return new CountedTokens(logits.gather(Tensor.ofInts(places)), Tensor.ofInts(labels));
  }

  /// The mean of −ln p, a scalar.
  Tensor loss() {
    return logits.softmaxCrossEntropy(targets);
  }

  /// The loss against tokens that are drawn from what the logits say.
  Optional<Tensor> drawn(Pass pass) {
    return Losses.softmaxCrossEntropy().ofDrawn(logits, Optional.empty(), pass.answers());
  }

  /// How many targets have the largest logit, the first of equal ones.
  int right() {
    float[] x = logits.floats();
    int classes = logits.shape().dimension(1);
    int right = 0;
    for (int i = 0; i < targets.size(); i++) {
      int best = 0;
      for (int j = 1; j < classes; j++) {
        if (x[i * classes + j] > x[i * classes + best]) {
          best = j;
        }
      }
      right += best == targets.ints()[i] ? 1 : 0;
    }
    return right;
  }
}
