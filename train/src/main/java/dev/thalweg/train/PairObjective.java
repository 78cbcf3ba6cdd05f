package dev.thalweg.train;

import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// The cross-entropy of the tokens of a target, each from the source and those before it as they
/// are right (teacher forcing), in nats: a mean over the real ones.
final class PairObjective implements Objective {

  static final String ACCURACY = "token_accuracy";

  private final Network network;

  PairObjective(Network network) {
    this.network = network;
  }

  @Override
  public Tensor loss(TensorBatch batch, Pass pass, Scores scores) {
    CountedTokens counted = counted(batch, pass);
    scores.mean(ACCURACY, counted.right(), batch.count());
    return counted.loss();
  }

  @Override
  public Optional<Tensor> drawn(TensorBatch batch, Pass pass) {
    return counted(batch, pass).drawn(pass);
  }

  private CountedTokens counted(TensorBatch batch, Pass pass) {
    Pass told =
        pass.withLengths(batch.lengths().getFirst())
            .withSource(batch.inputs().get(1), batch.lengths().get(1));
    return CountedTokens.of(network.apply(batch.x(), told), batch);
  }
}
