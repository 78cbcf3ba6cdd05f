package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Datasets;
import dev.thalweg.data.Sampling;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Optimizers that ask for further gradients in a training.
class AskingTest {
  private static final BatchSource IRIS =
      BatchSource.of(Datasets.named("iris").source(Sampling.SHUFFLE, 0), 32);

  private static Network network(String model) {
    return Models.parse(model, 3).build(Shape.of(4), 1);
  }

  private static Objective objective(Network network, List<String> seen) {
    var loss = Losses.softmaxCrossEntropy();
    return (batch, pass, scores) -> {
      seen.add(pass.step() + " " + pass.training() + " " + batch.rows());
      scores.mean("calls", seen.size(), 1);
      return loss.of(network.apply(batch.x(), pass), batch.y());
    };
  }

  private static History train(Network network, String optimizer, int epochs, List<String> seen) {
    return Trainer.defaults()
        .withEpochs(epochs)
        .withSeed(3)
        .fit(network, objective(network, seen), Optimizer.parse(optimizer), IRIS);
  }

  /// The same batch and step twice, of which only the first is measured.
  @Test
  void aStepSeesItsBatchTwice() {
    var seen = new ArrayList<String>();
    History history = train(network("mlp(8)"), "sam(sgd(lr=0.1), rho=0.1)", 2, seen);
    assertThat(history.steps()).isEqualTo(10);
    assertThat(seen).hasSize(20);
    for (int i = 0; i < seen.size(); i += 2) {
      assertThat(seen.get(i)).isEqualTo(seen.get(i + 1)).startsWith(i / 2 + " true");
    }
    assertThat(history.epochs().getFirst().score()).isEqualTo((1 + 3 + 5 + 7 + 9) / 5.0);
  }

  /// With a dropout that was drawn anew, a step of length 0 would not be gradient descent.
  @Test
  void theDrawOfTheStepIsTheSame() {
    Network with = network("mlp(16, dropout=0.5)");
    Network without = network("mlp(16, dropout=0.5)");
    train(with, "sam(sgd(lr=0.1), rho=1e-30)", 2, new ArrayList<>());
    train(without, "sgd(lr=0.1)", 2, new ArrayList<>());
    assertThat(with.sameWeights(without)).isTrue();
    Network far = network("mlp(16, dropout=0.5)");
    train(far, "sam(sgd(lr=0.1), rho=0.1)", 2, new ArrayList<>());
    assertThat(far.sameWeights(without)).isFalse();
  }

  /// Running statistics are those of the pass where the step begins, taken in once.
  @Test
  void statisticsOfBatchesAreTakenInOnce() {
    String model = "dense(6) | batch_norm | relu | dense(3)";
    Network once = network(model);
    Network twice = network(model);
    var first =
        Trainer.defaults().withEpochs(1).withStopWhen(TrainingEvent.StepEnded.class::isInstance);
    first.fit(once, objective(once, new ArrayList<>()), Optimizer.parse("sgd(0.1)"), IRIS);
    first.fit(
        twice,
        objective(twice, new ArrayList<>()),
        Optimizer.parse("sam(sgd(0.1), rho=0.5)"),
        IRIS);
    assertThat(once.states()).hasSize(2);
    for (int i = 0; i < once.states().size(); i++) {
      assertThat(twice.states().get(i).values().floats())
          .isEqualTo(once.states().get(i).values().floats());
    }
    assertThat(once.sameWeights(twice)).isFalse();
  }

  /// A step by hand: the gradient at the climbed weights moves those where the step began.
  @Test
  void theStepIsThatOfTheFormula() {
    Network network = network("mlp(8)");
    Network own = network("mlp(8)");
    var first =
        Trainer.defaults()
            .withEpochs(1)
            .withSeed(3)
            .withStopWhen(TrainingEvent.StepEnded.class::isInstance);
    first.fit(
        network,
        objective(network, new ArrayList<>()),
        Optimizer.parse("sam(sgd(0.1), rho=0.2)"),
        IRIS);
    TensorBatch batch;
    try (var reader = IRIS.epoch(0)) {
      batch = Objects.requireNonNull(reader.next());
      var objective = objective(own, new ArrayList<>());
      var start = copies(own);
      var gradients =
          objective.loss(batch, Pass.training(3, 0), new Scores()).gradients(own.parameters());
      double square = 0;
      for (Tensor gradient : gradients) {
        for (int i = 0; i < gradient.size(); i++) {
          square += (double) gradient.floats()[i] * gradient.floats()[i];
        }
      }
      move(own, gradients, 0.2 / Math.sqrt(square));
      var climbed =
          objective.loss(batch, Pass.training(3, 0), new Scores()).gradients(own.parameters());
      for (int i = 0; i < start.size(); i++) {
        float[] there = own.parameters().get(i).values().floats();
        System.arraycopy(start.get(i), 0, there, 0, start.get(i).length);
      }
      move(own, climbed, -0.1);
    }
    for (int i = 0; i < own.parameters().size(); i++) {
      float[] expected = own.parameters().get(i).values().floats();
      float[] found = network.parameters().get(i).values().floats();
      assertThat(found).containsExactly(expected, org.assertj.core.api.Assertions.within(1e-6f));
    }
  }

  private static List<float[]> copies(Network network) {
    var copies = new ArrayList<float[]>();
    for (Parameter parameter : network.parameters()) {
      copies.add(parameter.values().floats().clone());
    }
    return copies;
  }

  private static void move(Network network, List<Tensor> gradients, double by) {
    for (int i = 0; i < gradients.size(); i++) {
      float[] there = network.parameters().get(i).values().floats();
      for (int k = 0; k < gradients.get(i).size(); k++) {
        there[k] += (float) (by * gradients.get(i).floats()[k]);
      }
    }
  }
}
