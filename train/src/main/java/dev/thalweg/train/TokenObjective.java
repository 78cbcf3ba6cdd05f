package dev.thalweg.train;

import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Tensor;

/// The cross-entropy of the tokens that follow, in nats: a mean over the real ones.
final class TokenObjective implements Objective {

  static final String BITS = "bits_per_token";

  private final Network network;

  TokenObjective(Network network) {
    this.network = network;
  }

  @Override
  public Tensor loss(TensorBatch batch, Pass pass, Scores scores) {
    int tokens = batch.y().size();
    Tensor logits = network.apply(batch.x(), pass).reshape(tokens, network.output().dimension(-1));
    Tensor targets = batch.y().reshape(tokens);
    if (batch.count() < tokens) {
      int[] counted = counted(targets, batch.count());
      int[] labels = new int[counted.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = targets.ints()[counted[i]];
      }
      logits = logits.gather(Tensor.ofInts(counted));
      targets = Tensor.ofInts(labels);
    }
    Tensor loss = logits.softmaxCrossEntropy(targets);
    scores.mean(BITS, loss.item() / Math.log(2) * batch.count(), batch.count());
    return loss;
  }

  private static int[] counted(Tensor targets, int count) {
    int[] each = targets.ints();
    int[] places = new int[count];
    int next = 0;
    for (int i = 0; i < targets.size(); i++) {
      if (each[i] != TokenBatches.NONE) {
        places[next++] = i;
      }
    }
    return places;
  }
}
