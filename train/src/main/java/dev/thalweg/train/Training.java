package dev.thalweg.train;

import dev.thalweg.data.BatchOrder;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Standardizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// One training while it runs.
final class Training {

  private final Trainer settings;
  private final Engine engine;
  private final StepScope scope;
  private final Network network;
  private final Loss loss;
  private final Dataset train;
  private final Optional<Dataset> validation;
  private final Optional<Standardizer> standardizer;
  private final OptimizerRun optimizer;

  /// Whether gradients are checked here, with a sentence about the training, and not by the run.
  private final boolean checksGradients;

  private final BatchOrder order;
  private final Feed feed;
  private final Divergence divergence;
  private final List<EpochRecord> epochs = new ArrayList<>();

  private double bestLoss = Double.POSITIVE_INFINITY;
  private int epochsWithoutGain;
  private List<float[]> bestWeights = List.of();
  private long step;
  private long samples;

  Training(
      Trainer settings,
      Engine engine,
      Network network,
      Loss loss,
      Optimizer optimizer,
      Dataset train,
      Optional<Dataset> validation) {
    this.settings = settings;
    this.engine = engine;
    this.scope = new StepScope(engine);
    this.network = network;
    this.loss = loss;
    this.standardizer =
        settings.standardize() ? Optional.of(Standardizer.fit(train)) : Optional.empty();
    this.train = standardizer.map(s -> s.apply(train)).orElse(train);
    this.validation = validation.map(v -> standardizer.map(s -> s.apply(v)).orElse(v));
    this.order =
        new BatchOrder(settings.sampling(), train.rows(), settings.batch(), settings.seed());
    this.checksGradients = optimizer.onNonFinite() == NonFinite.FAIL;
    Optimizer rule = checksGradients ? optimizer.onNonFinite(NonFinite.UNCHECKED) : optimizer;
    this.optimizer =
        rule.over((long) settings.epochs() * order.batches()).attach(network.parameters());
    this.feed = new Feed(this.train, settings.batch());
    this.divergence = new Divergence(network);
  }

  FittedModel run() {
    return scope.call(this::epochs);
  }

  private FittedModel epochs() {
    tell(
        new TrainingEvent.Started(
            settings.epochs(), order.batches(), train.rows(), network.parameterCount()));
    long begin = System.nanoTime();
    StopReason reason = StopReason.EPOCHS;
    int[] rows = new int[train.rows()];
    for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
      order.fill(epoch - 1, rows);
      double mean = epoch(epoch, rows);
      Optional<Evaluation> checked =
          validation.map(v -> Evaluator.evaluate(network, loss, v, scope));
      EpochRecord record =
          new EpochRecord(
              epoch,
              step,
              mean,
              checked.map(e -> OptionalDouble.of(e.loss())).orElse(OptionalDouble.empty()),
              checked.map(e -> OptionalDouble.of(e.score())).orElse(OptionalDouble.empty()),
              (System.nanoTime() - begin) / 1e9);
      epochs.add(record);
      tell(new TrainingEvent.EpochEnded(record));
      if (settings.patience() > 0 && outOfPatience(record.validationLoss().orElse(mean))) {
        reason = StopReason.PATIENCE;
        break;
      }
    }
    if (settings.patience() > 0) {
      restoreBest();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    divergence.checkWeights(step);
    tell(new TrainingEvent.Stopped(reason));
    return new FittedModel(
        network,
        loss,
        new Preprocessing(train, standardizer),
        engine,
        Optional.of(new History(epochs, step, samples, seconds, reason)));
  }

  /// Goes through the data once; the mean loss.
  private double epoch(int epoch, int[] rows) {
    double total = 0;
    int batch = settings.batch();
    for (int from = 0; from < rows.length; from += batch) {
      int count = Math.min(batch, rows.length - from);
      double value = step(feed.load(rows, from, count));
      total += value * count;
      samples += count;
      if (!settings.callbacks().isEmpty()) {
        tell(new TrainingEvent.StepEnded(epoch, step, count, value));
      }
    }
    return total / rows.length;
  }

  /// One step on a batch; the loss before it.
  private double step(TensorBatch batch) {
    step++;
    Pass pass = Pass.training(settings.seed(), step - 1);
    Tensor value = loss.of(network.apply(batch.x(), pass), batch.y());
    double item = value.item();
    if (!Double.isFinite(item)) {
      throw divergence.ofLoss(batch.x(), pass, step, item);
    }
    List<Tensor> gradients = scope.silently(() -> value.gradients(network.parameters()));
    for (int i = 0; checksGradients && i < gradients.size(); i++) {
      Tensor g = gradients.get(i);
      if (!Float.isFinite(engine.sum(g.floats(), 0, g.size()))) {
        divergence.checkGradient(i, g, step);
      }
    }
    optimizer.step(gradients);
    scope.endStep();
    return item;
  }

  private boolean outOfPatience(double current) {
    if (current < bestLoss) {
      bestLoss = current;
      epochsWithoutGain = 0;
      bestWeights = new ArrayList<>();
      for (Parameter parameter : network.parameters()) {
        bestWeights.add(parameter.values().floats().clone());
      }
      return false;
    }
    return ++epochsWithoutGain >= settings.patience();
  }

  private void restoreBest() {
    for (int i = 0; i < bestWeights.size(); i++) {
      float[] best = bestWeights.get(i);
      System.arraycopy(best, 0, network.parameters().get(i).values().floats(), 0, best.length);
    }
  }

  private void tell(TrainingEvent event) {
    for (Consumer<? super TrainingEvent> callback : settings.callbacks()) {
      callback.accept(event);
    }
  }
}
