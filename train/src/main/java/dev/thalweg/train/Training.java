package dev.thalweg.train;

import dev.thalweg.data.ReadInterruptedException;
import dev.thalweg.kernels.Engine;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One training while it runs.
final class Training {

  private final Trainer settings;
  private final Engine engine;
  private final StepScope scope;
  private final Network network;
  private final Objective objective;
  private final BatchSource batches;
  private final Optional<Watch> watch;
  private final OptimizerRun optimizer;

  /// Whether gradients are checked here, with a sentence about the training, and not by the run.
  private final boolean checksGradients;

  private final Scores scores = new Scores();
  private final Divergence divergence;
  private final Pace pace;
  private final List<EpochRecord> epochs = new ArrayList<>();

  private double bestLoss = Double.POSITIVE_INFINITY;
  private int epochsWithoutGain;
  private List<float[]> bestWeights = List.of();
  private long step;
  private long samples;

  /// Why it ends before all epochs are done, once it is known.
  private Optional<StopReason> stop = Optional.empty();

  /// What is looked at after each epoch.
  interface Watch {
    Watched look(StepScope scope);
  }

  /// What an evaluation came to.
  ///
  /// @param score the one that progress shows, where there is one
  /// @param values all others by name
  record Watched(double loss, OptionalDouble score, SequencedMap<String, Double> values) {}

  Training(
      Trainer settings,
      Engine engine,
      Network network,
      Objective objective,
      Optimizer optimizer,
      BatchSource batches,
      Optional<Watch> watch) {
    this.settings = settings;
    this.engine = engine;
    this.scope = new StepScope(engine);
    this.network = network;
    this.objective = objective;
    this.batches = batches;
    this.watch = watch;
    this.checksGradients = optimizer.onNonFinite() == NonFinite.FAIL;
    Optimizer rule = checksGradients ? optimizer.onNonFinite(NonFinite.UNCHECKED) : optimizer;
    this.optimizer = rule.over(settings.epochs() * batches.batches()).attach(network.parameters());
    this.divergence = new Divergence(network);
    this.pace = new Pace(engine, System.nanoTime());
  }

  History run() {
    try {
      return scope.call(this::epochs);
    } finally {
      engine.rest();
    }
  }

  private History epochs() {
    tell(
        new TrainingEvent.Started(
            settings.epochs(), batches.batches(), batches.count(), network.parameterCount()));
    long begin = System.nanoTime();
    for (int epoch = 1; epoch <= settings.epochs() && stop.isEmpty(); epoch++) {
      double mean = epoch(epoch);
      if (Double.isNaN(mean)) {
        break; // stopped before its end
      }
      SequencedMap<String, Double> own = scores.take();
      Optional<Watched> watched = watch.map(w -> w.look(scope));
      EpochRecord record =
          new EpochRecord(
              epoch,
              step,
              mean,
              own.isEmpty() ? Double.NaN : own.firstEntry().getValue(),
              watched.map(w -> OptionalDouble.of(w.loss())).orElse(OptionalDouble.empty()),
              watched.map(Watched::score).orElse(OptionalDouble.empty()),
              watched.map(Watched::values).orElseGet(LinkedHashMap::new),
              (System.nanoTime() - begin) / 1e9,
              heapBytes());
      epochs.add(record);
      tell(new TrainingEvent.EpochEnded(record));
      if (settings.patience() > 0 && outOfPatience(record.validationLoss().orElse(mean))) {
        stop = Optional.of(stop.orElse(StopReason.PATIENCE));
      }
    }
    if (settings.patience() > 0) {
      restoreBest();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    divergence.checkWeights(step);
    StopReason reason = stop.orElse(StopReason.EPOCHS);
    tell(new TrainingEvent.Stopped(reason));
    return new History(epochs, step, samples, seconds, reason);
  }

  private static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /// Goes through the data once; the mean loss, each batch counting as much as its samples, or NaN
  /// where it was stopped before all were seen.
  private double epoch(int epoch) {
    double total = 0;
    long seen = 0;
    pace.interrupted();
    try (BatchSource.Reader reader = batches.epoch(epoch - 1)) {
      for (TensorBatch batch = reader.next(); batch != null; batch = reader.next()) {
        int count = batch.count();
        double value = paced(batch);
        total += value * count;
        seen += count;
        if (heard()) {
          tell(new TrainingEvent.StepEnded(epoch, step, count, value));
        }
        if (Thread.currentThread().isInterrupted()) {
          stop = Optional.of(StopReason.INTERRUPT);
        }
        if (stop.isPresent()) {
          break;
        }
      }
    } catch (ReadInterruptedException e) {
      stop = Optional.of(StopReason.INTERRUPT);
    }
    samples += seen;
    scope.runOn(engine);
    return seen < batches.count() ? Double.NaN : total / seen;
  }

  private boolean heard() {
    return !settings.callbacks().isEmpty() || !settings.conditions().isEmpty();
  }

  /// One step, with as many threads as are fastest.
  private double paced(TensorBatch batch) {
    Engine chosen = pace.engine();
    scope.runOn(chosen);
    double value = chosen.call(() -> step(batch, chosen));
    pace.stepEnded(System.nanoTime());
    return value;
  }

  /// One step on a batch; the loss before it, without penalties.
  ///
  /// @param chosen the engine in force
  private double step(TensorBatch batch, Engine chosen) {
    step++;
    Pass pass = Pass.training(settings.seed(), step - 1);
    Tensor value = objective.loss(batch, pass, scores);
    if (value == null) {
      throw new IllegalStateException("objective: expected a scalar loss, was given null");
    }
    double item = value.item();
    Tensor whole = network.penalty().map(value::plus).orElse(value);
    if (!Double.isFinite(whole.item())) {
      throw divergence.ofLoss(batch.inputs(), pass, step, whole.item());
    }
    List<Tensor> gradients = scope.silently(() -> whole.gradients(network.parameters()));
    for (int i = 0; checksGradients && i < gradients.size(); i++) {
      Tensor g = gradients.get(i);
      if (!Float.isFinite(chosen.sum(g.floats(), 0, g.size()))) {
        divergence.checkGradient(i, g, step);
      }
    }
    optimizer.step(gradients);
    pass.commit();
    network.constrain();
    scope.endStep();
    return item;
  }

  private boolean outOfPatience(double current) {
    if (current < bestLoss - settings.minDelta()) {
      bestLoss = current;
      epochsWithoutGain = 0;
      bestWeights = new ArrayList<>();
      for (Parameter parameter : network.parameters()) {
        bestWeights.add(parameter.values().floats().clone());
      }
      for (Parameter state : network.states()) {
        bestWeights.add(state.values().floats().clone());
      }
      return false;
    }
    return ++epochsWithoutGain >= settings.patience();
  }

  private void restoreBest() {
    List<Parameter> all = new ArrayList<>(network.parameters());
    all.addAll(network.states());
    for (int i = 0; i < bestWeights.size(); i++) {
      float[] best = bestWeights.get(i);
      System.arraycopy(best, 0, all.get(i).values().floats(), 0, best.length);
    }
  }

  private void tell(TrainingEvent event) {
    for (Consumer<? super TrainingEvent> callback : settings.callbacks()) {
      callback.accept(event);
    }
    for (Predicate<? super TrainingEvent> condition : settings.conditions()) {
      if (condition.test(event)) {
        stop = Optional.of(stop.orElse(StopReason.CONDITION));
      }
    }
  }
}
