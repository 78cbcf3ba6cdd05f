package dev.thalweg.train;

import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// What a training makes small. A table with one answer a row is one ([Supervised]); others are
/// language models, boxes and classes at once, or what a user writes as a lambda:
///
/// ```java
/// Objective autoencoder = (batch, pass, scores) -> {
///   Tensor restored = network.apply(batch.x(), pass);
///   return restored.minus(batch.x()).square().mean();
/// };
/// trainer.fit(network, autoencoder, adamw(1e-3), batches);
/// ```
///
/// The same is asked in training and in an evaluation; only the pass differs. It must be a function
/// of its arguments and the network's weights.
@FunctionalInterface
public interface Objective {

  /// The loss of a batch, a scalar: a mean over what the batch counts as ([TensorBatch#count]), so
  /// that means over batches are weighted by that.
  ///
  /// @param batch valid until this step ends
  /// @param pass whether it is a step of a training
  /// @param scores takes what else is measured on the way; nothing of the predictions is kept
  Tensor loss(TensorBatch batch, Pass pass, Scores scores);

  /// The loss of a batch against answers drawn from what the network says, as
  /// [dev.thalweg.nn.Loss#ofDrawn] has it, for optimizers that ask for it (`sophia_g`).
  ///
  /// @param batch valid until this step ends
  /// @param pass of the step; its [Pass#answers] are to be used
  /// @return empty, unless this objective says otherwise
  default Optional<Tensor> drawn(TensorBatch batch, Pass pass) {
    return Optional.empty();
  }
}
