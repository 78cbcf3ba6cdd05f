package dev.thalweg.train;

import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// The cross-entropy of the tokens that follow, in nats: a mean over the real ones.
final class TokenObjective implements Objective {

  static final String BITS = "bits_per_token";

  private final Network network;

  TokenObjective(Network network) {
    this.network = network;
  }

  @Override
  public Tensor loss(TensorBatch batch, Pass pass, Scores scores) {
    Tensor loss = counted(batch, pass).loss();
    scores.mean(BITS, loss.item() / Math.log(2) * batch.count(), batch.count());
    return loss;
  }

  @Override
  public Optional<Tensor> drawn(TensorBatch batch, Pass pass) {
    return counted(batch, pass).drawn(pass);
  }

  private CountedTokens counted(TensorBatch batch, Pass pass) {
    Pass told = TokenBatches.told(pass, batch.inputs());
    return CountedTokens.of(network.apply(batch.x(), told), batch);
  }
}
