package dev.thalweg.train;

import dev.thalweg.nn.Network;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.StageNote;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/// A step of a training, seen from within: what the weights were, what their gradients, and what
/// the optimizer has made of both.
public final class StepView {

  private final int epoch;
  private final long step;
  private final double loss;
  private final TensorBatch batch;
  private final Network network;
  private final Function<TensorBatch, Tensor> lossOf;
  private final OptimizerRun optimizer;
  private final SequencedMap<String, Double> hyperparameters;
  private final List<StageNote> notes;
  private final List<Weights> weights;

  /// The weights of one name in this step, whose arrays are valid until the inspector returns.
  ///
  /// Norms are Euclidean, sums in double in the order of the numbers.
  ///
  /// @param parameter as it is after the step
  /// @param before its numbers before the step
  /// @param gradient of the loss with penalties, as the optimizer was given it; it may be longer
  ///   than the parameter
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Weights(Parameter parameter, float[] before, float[] gradient) {

    /// The name.
    public String name() {
      return parameter.name();
    }

    /// ‖w‖ before the step.
    public double norm() {
      double sum = 0;
      for (float w : before) {
        sum += (double) w * w;
      }
      return Math.sqrt(sum);
    }

    /// ‖g‖.
    public double gradientNorm() {
      double sum = 0;
      for (int i = 0; i < before.length; i++) {
        sum += (double) gradient[i] * gradient[i];
      }
      return Math.sqrt(sum);
    }

    /// ‖Δw‖, by how much the step has moved them.
    public double updateNorm() {
      float[] after = parameter.values().floats();
      double sum = 0;
      for (int i = 0; i < before.length; i++) {
        double moved = (double) after[i] - before[i];
        sum += moved * moved;
      }
      return Math.sqrt(sum);
    }

    /// ‖Δw‖ / ‖w‖; about 0.001 is usual where a rate is well chosen. NaN where all weights were 0.
    public double ratio() {
      return updateNorm() / norm();
    }
  }

  StepView(
      int epoch,
      long step,
      double loss,
      TensorBatch batch,
      Network network,
      Function<TensorBatch, Tensor> lossOf,
      OptimizerRun optimizer,
      SequencedMap<String, Double> hyperparameters,
      List<StageNote> notes,
      List<Weights> weights) {
    this.epoch = epoch;
    this.step = step;
    this.loss = loss;
    this.batch = batch;
    this.network = network;
    this.lossOf = lossOf;
    this.optimizer = optimizer;
    this.hyperparameters = Collections.unmodifiableSequencedMap(hyperparameters);
    this.notes = List.copyOf(notes);
    this.weights = List.copyOf(weights);
  }

  /// From 1 on.
  public int epoch() {
    return epoch;
  }

  /// From 1 on, over all epochs.
  public long step() {
    return step;
  }

  /// Of the batch, before the step, without penalties.
  public double loss() {
    return loss;
  }

  /// What the step was made with.
  public TensorBatch batch() {
    return batch;
  }

  /// What is trained, as it is after the step.
  public Network network() {
    return network;
  }

  /// The optimizer, after the step.
  public OptimizerRun optimizer() {
    return optimizer;
  }

  /// The hyperparameters that the step used, by their names in the formula: the rate is `lr`.
  public SequencedMap<String, Double> hyperparameters() {
    return hyperparameters;
  }

  /// What stages of the optimizer tell of the step, such as trust ratios; none where no inspector
  /// of this step reads them ([Inspector#readsNotes]).
  public List<StageNote> notes() {
    return notes;
  }

  /// All weights that are trained, in their order.
  public List<Weights> weights() {
    return weights;
  }

  /// The loss of a batch, penalties included, with the weights as they are now and the random
  /// numbers of the step: a tensor to take gradients of; states of layers stay as they are.
  public Tensor loss(TensorBatch of) {
    return lossOf.apply(of);
  }

  /// What is known before a step: copies of the weights, the hyperparameters, what stages tell.
  record Before(
      List<float[]> values, SequencedMap<String, Double> hyperparameters, List<StageNote> notes) {
    static Before of(List<Parameter> trained, OptimizerRun optimizer, List<StageNote> notes) {
      List<float[]> copies = new ArrayList<>();
      for (Parameter each : trained) {
        copies.add(Arrays.copyOf(each.values().floats(), each.size()));
      }
      return new Before(copies, new LinkedHashMap<>(optimizer.hyperparameters()), notes);
    }

    List<Weights> with(List<Parameter> trained, List<Tensor> gradients) {
      List<Weights> all = new ArrayList<>();
      for (int i = 0; i < trained.size(); i++) {
        all.add(new Weights(trained.get(i), values.get(i), gradients.get(i).floats()));
      }
      return all;
    }
  }
}
