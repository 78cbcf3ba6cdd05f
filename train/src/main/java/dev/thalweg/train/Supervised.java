package dev.thalweg.train;

import dev.thalweg.data.Task;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// One answer a row: the loss of what a network says for it, and accuracy or R² by the way.
final class Supervised implements Objective {
  private final Network network;
  private final Loss loss;
  private final Task task;
  private final String score;
  private boolean checked;

  Supervised(Network network, Loss loss, Task task) {
    this.network = network;
    this.loss = loss;
    this.task = task;
    this.score = task == Task.CLASSIFICATION ? "accuracy" : "r2";
  }

  @Override
  public Tensor loss(TensorBatch batch, Pass pass, Scores scores) {
    Tensor prediction = network.apply(batch.x(), pass);
    if (!checked) {
      Logits.check(network.model(), loss, prediction);
      checked = true;
    }
    Tensor value =
        batch
            .weights()
            .map(weights -> loss.of(prediction, batch.y(), weights))
            .orElseGet(() -> loss.of(prediction, batch.y()));
    if (value == null) {
      throw new IllegalStateException("loss %s: expected a scalar, was given null".formatted(loss));
    }
    if (value.size() != 1) {
      throw new IllegalStateException(
          "loss %s: expected a scalar, was given shape %s".formatted(loss, value.shape()));
    }
    scores.of(score, RunningScore.class, () -> new RunningScore(task)).add(prediction, batch.y());
    return value;
  }

  @Override
  public Optional<Tensor> drawn(TensorBatch batch, Pass pass) {
    return loss.ofDrawn(network.apply(batch.x(), pass), batch.weights(), pass.answers());
  }

  /// The loss.
  @Override
  public String toString() {
    return loss.toString();
  }
}
