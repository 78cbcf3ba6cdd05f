package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The settings of a training, and the loop. An immutable value: it can be used any number of
/// times, from several threads.
///
/// ```java
/// var fitted = Trainer.defaults().withEpochs(20).withBatch(32).withSeed(7)
///     .fit(Sequential.of(dense(64, RELU), dense(10)), softmaxCrossEntropy(), adamw(1e-3), data.train());
/// ```
///
/// The same settings, data and seed give the same bits on every machine, for any number of threads.
///
/// @param epochs how often the data are gone through, at most; default 20
/// @param batch samples a step; default 32. The last batch of an epoch may be smaller
/// @param seed of the weights, the order of the data and dropout; default 0
/// @param sampling how batches are drawn; default shuffled
/// @param patience epochs without a better loss (on the validation part if there is one, else of
///   the epoch) after which training stops and the best weights are restored; 0, the default: never
/// @param standardize whether features are brought to mean 0 and variance 1, by means and scales of
///   the training data; default yes
/// @param engine on which to run; none: the one bound to the thread, as a rule all cores
/// @param callbacks told what happens, in order
public record Trainer(
    int epochs,
    int batch,
    long seed,
    Sampling sampling,
    int patience,
    boolean standardize,
    Optional<Engine> engine,
    List<Consumer<? super TrainingEvent>> callbacks) {

  /// Checks the ranges and copies the list.
  ///
  /// @throws IllegalArgumentException if epochs or batch is not positive or patience negative
  public Trainer {
    callbacks = List.copyOf(callbacks);
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, found " + epochs);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, found " + batch);
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience must not be negative, found " + patience);
    }
  }

  /// 20 epochs of shuffled batches of 32, seed 0.
  public static Trainer defaults() {
    return new Trainer(20, 32, 0, Sampling.SHUFFLE, 0, true, Optional.empty(), List.of());
  }

  /// These settings with another number of epochs.
  public Trainer withEpochs(int n) {
    return new Trainer(n, batch, seed, sampling, patience, standardize, engine, callbacks);
  }

  /// These settings with another batch size.
  public Trainer withBatch(int n) {
    return new Trainer(epochs, n, seed, sampling, patience, standardize, engine, callbacks);
  }

  /// These settings with another seed.
  public Trainer withSeed(long other) {
    return new Trainer(epochs, batch, other, sampling, patience, standardize, engine, callbacks);
  }

  /// These settings with another way to draw batches.
  public Trainer withSampling(Sampling other) {
    return new Trainer(epochs, batch, seed, other, patience, standardize, engine, callbacks);
  }

  /// These settings with this much patience.
  public Trainer withPatience(int n) {
    return new Trainer(epochs, batch, seed, sampling, n, standardize, engine, callbacks);
  }

  /// These settings with features scaled or left as they are.
  public Trainer withStandardize(boolean yes) {
    return new Trainer(epochs, batch, seed, sampling, patience, yes, engine, callbacks);
  }

  /// These settings on this engine: a provider of kernels and a number of threads.
  public Trainer withEngine(Engine other) {
    return new Trainer(
        epochs, batch, seed, sampling, patience, standardize, Optional.of(other), callbacks);
  }

  /// These settings with one more callback.
  public Trainer withCallback(Consumer<? super TrainingEvent> callback) {
    List<Consumer<? super TrainingEvent>> more = new ArrayList<>(callbacks);
    more.add(callback);
    return new Trainer(epochs, batch, seed, sampling, patience, standardize, engine, more);
  }

  /// Trains a fresh network of the model on all of the data.
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if model, loss and data don't fit together
  public FittedModel fit(Sequential model, Loss loss, Optimizer optimizer, Dataset train) {
    return fit(model, loss, optimizer, train, Optional.empty());
  }

  /// Trains a fresh network of the model and watches it on other data.
  ///
  /// @param validation evaluated after each epoch; what patience looks at
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if model, loss and data don't fit together
  public FittedModel fit(
      Sequential model, Loss loss, Optimizer optimizer, Dataset train, Dataset validation) {
    return fit(model, loss, optimizer, train, Optional.of(validation));
  }

  private FittedModel fit(
      Sequential model,
      Loss loss,
      Optimizer optimizer,
      Dataset train,
      Optional<Dataset> validation) {
    Network network = model.build(Shape.of(train.features()), seed);
    checkFit(model, network, train);
    validation.ifPresent(v -> checkSame(train, v));
    Engine on = engine.orElseGet(Engine::current);
    return new Training(this, on, network, loss, optimizer, train, validation).run();
  }

  private static void checkFit(Sequential model, Network network, Dataset train) {
    int outputs = network.output().size();
    int expected = train.task() == Task.CLASSIFICATION ? train.classes() : 1;
    if (network.output().rank() != 1 || outputs != expected) {
      throw new IllegalArgumentException(
          model.name()
              + ": expected "
              + expected
              + (expected == 1 ? " output" : " outputs")
              + " for "
              + train.name()
              + ", found a last layer of shape "
              + network.output());
    }
  }

  private static void checkSame(Dataset train, Dataset validation) {
    if (train.features() != validation.features() || train.task() != validation.task()) {
      throw new IllegalArgumentException(
          "validation data: expected "
              + train.features()
              + " features for "
              + train.task()
              + ", found "
              + validation.features()
              + " for "
              + validation.task());
    }
  }

  /// The loss that goes with a task unless another is asked for: softmax cross-entropy, or the mean
  /// squared error.
  public static Loss defaultLoss(Task task) {
    return task == Task.CLASSIFICATION ? Losses.softmaxCrossEntropy() : Losses.meanSquaredError();
  }
}
