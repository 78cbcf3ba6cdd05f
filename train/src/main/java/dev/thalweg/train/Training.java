package dev.thalweg.train;

import dev.thalweg.data.ReadInterruptedException;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.optim.ExampleGradients;
import dev.thalweg.optim.GradientFunction;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.Privacy;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One training while it runs.
final class Training {

  /// Numbers of a table from which on it is worth a word that all of it is moved.
  private static final int LARGE = 1 << 20;

  private final Trainer settings;
  private final Engine engine;
  private final StepScope scope;

  /// Where further passes of a step are made, for optimizers that ask for them.
  private final StepScope again;

  private final Network network;
  private final Objective objective;
  private final BatchSource batches;
  private final Optional<Watch> watch;
  private final OptimizerRun optimizer;

  /// The weights that are trained: all but those that are frozen.
  private final List<Parameter> trained;

  /// What was taken of other weights, where it starts from some.
  private final Optional<TrainingEvent.StartedFrom> startedFrom;

  /// The paths of layers that are not in training.
  private final Set<String> frozen;

  /// Whether gradients are checked here, with a sentence about the training, and not by the run.
  private final boolean checksGradients;

  private final Scores scores = new Scores();
  private final Divergence divergence;
  private final Pace pace;
  private final Optional<Saver> saver;
  private Moment moment = new Moment();

  /// The most samples in a batch that was seen.
  private long largest;

  private long begin;

  /// Whether the loss is known to depend on the weights.
  private boolean attached;

  /// Whether it was looked at whether steps move more of a table than was looked up.
  private boolean lookedAtTables;

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
    this.again = new StepScope(engine);
    this.network = network;
    this.objective = objective;
    this.batches = batches;
    this.watch = watch;
    this.checksGradients = optimizer.onNonFinite() == NonFinite.FAIL;
    Optimizer rule =
        checksGradients && optimizer.privacy().isEmpty()
            ? optimizer.onNonFinite(NonFinite.UNCHECKED)
            : optimizer;
    this.startedFrom = settings.start().map(from -> from.into(network));
    this.trained =
        settings.start().map(from -> from.trainedOf(network)).orElseGet(network::parameters);
    this.frozen =
        settings.start().map(from -> network.frozen(from.frozenOf(network))).orElseGet(Set::of);
    this.optimizer = rule.over(settings.epochs() * batches.batches()).attach(trained);
    if (this.optimizer.asksForResiduals()) {
      throw new IllegalArgumentException(
          optimizer.name() + " is for sums of squares, found the loss of a training");
    }
    if (optimizer.privacy().isPresent() && !network.states().isEmpty()) {
      throw new IllegalArgumentException(
          "dp: the examples of a batch are taken one by one: expected a model without state, found %s, which is of whole batches"
              .formatted(network.states().getFirst().name()));
    }
    this.divergence = new Divergence(network);
    this.pace = new Pace(engine, System.nanoTime());
    this.saver = settings.checkpoints().map(asked -> new Saver(asked, plan(optimizer), this::tell));
  }

  /// What a training must have alike with one that it goes on from.
  private SequencedMap<String, String> plan(Optimizer asked) {
    SequencedMap<String, String> plan = new LinkedHashMap<>();
    plan.put("model", network.model().toString());
    plan.put("input", network.input().toString());
    plan.put("optimizer", asked.toString());
    plan.put("seed", Long.toString(settings.seed()));
    plan.put("samples", Long.toString(batches.count()));
    plan.put("steps an epoch", Long.toString(batches.batches()));
    settings
        .start()
        .flatMap(Start::frozen)
        .ifPresent(selector -> plan.put("frozen", selector.toString()));
    if (objective instanceof Supervised) {
      plan.put("loss", objective.toString());
    }
    return plan;
  }

  History run() {
    try {
      return scope.call(this::epochs);
    } finally {
      saver.ifPresent(Saver::close);
      engine.rest();
    }
  }

  private History epochs() {
    tell(
        new TrainingEvent.Started(
            settings.epochs(), batches.batches(), batches.count(), network.parameterCount()));
    startedFrom.ifPresent(this::tell);
    begin = System.nanoTime();
    saver.flatMap(Saver::begin).ifPresent(this::resume);
    while (moment.epoch() < settings.epochs() && stop.isEmpty()) {
      double mean = epoch(moment.epoch() + 1);
      if (Double.isNaN(mean)) {
        break; // stopped before its end
      }
      optimizer.atEvaluation(() -> ended(mean));
      saver.filter(any -> any.isDue(moment.step)).ifPresent(this::save);
    }
    StopReason reason = stop.orElse(StopReason.EPOCHS);
    boolean finished = reason == StopReason.EPOCHS || reason == StopReason.PATIENCE;
    moment.end = finished ? Optional.of(reason) : Optional.empty();
    saver.filter(any -> moment.step > 0 && any.isDueAtEnd(finished)).ifPresent(this::save);
    optimizer.finish();
    if (settings.patience() > 0) {
      moment.restoreBest(network);
    }
    double seconds = seconds();
    divergence.checkWeights(moment.step);
    tell(new TrainingEvent.Stopped(reason));
    return new History(
        moment.epochs,
        moment.step,
        moment.samples,
        seconds,
        reason,
        optimizer.skipped(),
        optimizer.privacy().map(this::spent));
  }

  /// How private the steps were that were made.
  private PrivacySpent spent(Privacy terms) {
    long whole = (batches.count() + batches.batches() - 1) / batches.batches();
    return PrivacySpent.of(
        terms.noise(),
        terms.delta(),
        Math.min(1, Math.max(largest, whole) / (double) batches.count()),
        moment.step,
        (moment.step + batches.batches() - 1) / batches.batches());
  }

  /// Looks at the model after an epoch.
  private void ended(double mean) {
    SequencedMap<String, Double> own = scores.take();
    Optional<Watched> watched = watch.map(w -> w.look(scope));
    EpochRecord record =
        new EpochRecord(
            moment.epoch() + 1,
            moment.step,
            mean,
            own.isEmpty() ? Double.NaN : own.firstEntry().getValue(),
            watched.map(w -> OptionalDouble.of(w.loss())).orElse(OptionalDouble.empty()),
            watched.map(Watched::score).orElse(OptionalDouble.empty()),
            watched.map(Watched::values).orElseGet(LinkedHashMap::new),
            seconds(),
            heapBytes());
    moment.epochs.add(record);
    moment.begin();
    optimizer.observe(
        record.validationLoss().orElse(record.loss()),
        record.validationScore().orElse(record.score()));
    tell(new TrainingEvent.EpochEnded(record));
    if (settings.patience() > 0 && moment.isOutOfPatience(settings, network)) {
      stop = Optional.of(stop.orElse(StopReason.PATIENCE));
    }
  }

  /// Since the training began, before it was stopped too.
  private double seconds() {
    return moment.secondsBefore + (System.nanoTime() - begin) / 1e9;
  }

  private void save(Saver to) {
    Recording.Work saving = Recording.begin(Recording.Kind.CHECKPOINT);
    to.save(moment, network, optimizer, scores, seconds());
    Recording.end(saving, moment.step, Double.NaN);
    pace.interrupted();
  }

  /// Goes on from a checkpoint.
  ///
  /// @throws RunException if it is another training's; nothing has changed then
  private void resume(Checkpoint from) {
    Moment then = from.moment();
    if (then.epoch() > settings.epochs()) {
      throw new RunException(
          "%s: expected at least the %d epochs that are over, found %d"
              .formatted(from.file(), then.epoch(), settings.epochs()));
    }
    if (then.step > 0) {
      int epoch = then.batches > 0 ? then.epoch() : then.epoch() - 1;
      try (BatchSource.Reader reader = batches.epoch(epoch)) {
        TensorBatch first = reader.next();
        if (first == null || Saver.fingerprint(first) != then.fingerprint) {
          throw new RunException(
              "%s: the data are not those that it was made with: epoch %d begins with another batch"
                  .formatted(from.file(), epoch + 1));
        }
      }
    }
    from.into(network);
    try {
      optimizer.restore(from.optimizer(optimizer.state().optimizer()));
    } catch (IllegalArgumentException e) {
      throw new RunException(from.file() + ": " + e.getMessage(), e);
    }
    scores.restore(from.scores());
    moment = then;
    stop = then.end.filter(reason -> reason == StopReason.PATIENCE);
  }

  private static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /// Goes through what is left of the data of an epoch; the mean loss, each batch counting as much
  /// as its samples, or NaN where it was stopped before all were seen.
  private double epoch(int epoch) {
    long before = moment.batches;
    pace.interrupted();
    try (BatchSource.Reader reader = batches.epoch(epoch - 1)) {
      long read = 0;
      for (TensorBatch batch = next(reader); batch != null; batch = next(reader)) {
        if (read == 0 && saver.isPresent()) {
          moment.fingerprint = Saver.fingerprint(batch);
        }
        if (read++ < before) {
          continue; // seen before it was stopped
        }
        int count = batch.count();
        largest = Math.max(largest, count);
        checkNotMore(epoch, read, moment.seen + count);
        double value = paced(batch);
        moment.total += value * count;
        moment.seen += count;
        moment.samples += count;
        moment.batches++;
        if (heard()) {
          tell(new TrainingEvent.StepEnded(epoch, moment.step, count, value));
        }
        if (Thread.currentThread().isInterrupted()) {
          stop = Optional.of(StopReason.INTERRUPT);
        }
        if (stop.isPresent()) {
          break;
        }
        if (moment.seen < batches.count()) {
          saver.filter(any -> any.isDue(moment.step)).ifPresent(this::save);
        }
      }
    } catch (ReadInterruptedException e) {
      stop = Optional.of(StopReason.INTERRUPT);
    }
    if (stop.isEmpty() && (moment.seen < batches.count() || moment.batches < batches.batches())) {
      throw otherBatches(epoch, "%d in %d".formatted(moment.seen, moment.batches));
    }
    scope.runOn(engine);
    return moment.seen < batches.count() ? Double.NaN : moment.total / moment.seen;
  }

  private @Nullable TensorBatch next(BatchSource.Reader reader) {
    Recording.Work reading = Recording.begin(Recording.Kind.DATA);
    TensorBatch batch = reader.next();
    Recording.end(reading, moment.step + 1, Double.NaN);
    return batch;
  }

  private void checkNotMore(int epoch, long read, long seen) {
    if (seen > batches.count() || read > batches.batches()) {
      throw otherBatches(epoch, "more");
    }
  }

  /// A source of batches may be anybody's.
  private IllegalStateException otherBatches(int epoch, String found) {
    return new IllegalStateException(
        "batches: expected what count() and batches() say, %d in %d, found %s in epoch %d"
            .formatted(batches.count(), batches.batches(), found, epoch));
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
  /// An optimizer that asks for the gradients at other weights is given those of the same batch
  /// with the same random draws. What layers keep besides weights, and what is measured on the way,
  /// is that of the first pass, where the step begins.
  ///
  /// @param chosen the engine in force
  private double step(TensorBatch batch, Engine chosen) {
    moment.step++;
    Recording.Work work = Recording.begin(Recording.Kind.STEP);
    Pass pass = pass();
    Tensor value = loss(batch, pass, scores);
    double item = value.item();
    Tensor whole = whole(batch, pass, value);
    List<Inspector> inspectors = inspectors();
    boolean isPrivate = optimizer.privacy().isPresent();
    List<Tensor> gradients =
        isPrivate && inspectors.isEmpty() ? List.of() : gradients(scaled(whole), scope, chosen);
    if (!lookedAtTables) {
      lookedAtTables = true;
      tellWholeTables(gradients);
    }
    Optional<StepView.Before> before =
        inspectors.isEmpty()
            ? Optional.empty()
            : Optional.of(
                StepView.Before.of(
                    trained,
                    optimizer,
                    inspectors.stream().anyMatch(Inspector::readsNotes)
                        ? optimizer.notes(gradients)
                        : List.of()));
    Recording.Work moving = Recording.begin(Recording.Kind.OPTIMIZER);
    if (isPrivate) {
      optimizer.step(new Examples(batch, chosen));
    } else if (optimizer.asks()) {
      optimizer.step(new Asked(batch, chosen, whole.item(), gradients));
    } else {
      optimizer.step(gradients);
    }
    Recording.end(moving, moment.step, Double.NaN);
    pass.commit();
    network.constrain();
    if (before.isPresent()) {
      inspect(inspectors, before.get(), gradients, batch, item);
    }
    scope.endStep();
    Recording.end(work, moment.step, item);
    return item;
  }

  /// What an optimizer is told that asks: the value and the gradients that are known, and what
  /// further passes of the step that is under way come to, of which nothing else is kept.
  private final class Asked implements GradientFunction {
    private final TensorBatch batch;
    private final Engine chosen;
    private final double value;
    private final List<Tensor> known;
    private boolean told;

    Asked(TensorBatch batch, Engine chosen, double value, List<Tensor> known) {
      this.batch = batch;
      this.chosen = chosen;
      this.value = value;
      this.known = known;
    }

    @Override
    public double gradient(List<Values> into) {
      if (!told) {
        told = true;
        write(known, into);
        return value;
      }
      again.runOn(chosen);
      double other =
          again.call(() -> {
            Pass pass = pass();
            Tensor whole = whole(batch, pass, loss(batch, pass, new Scores()));
            write(gradients(whole, again, chosen), into);
            return whole.item();
          });
      again.endStep();
      return other;
    }

    /// Of the loss without penalties.
    @Override
    public boolean sampled(List<Values> into) {
      again.runOn(chosen);
      boolean written =
          again.call(() -> {
            Optional<Tensor> drawn = objective.drawn(batch, pass());
            drawn.ifPresent(loss -> write(gradients(loss, again, chosen), into));
            return drawn.isPresent();
          });
      again.endStep();
      if (!written) {
        throw new IllegalArgumentException(
            "%s draws answers from what the model says: expected softmax_cross_entropy or bce without class weights, or mse, found %s"
                .formatted(
                    optimizer.optimizer().name(),
                    objective instanceof Supervised ? objective : "another objective"));
      }
      return true;
    }
  }

  /// The loss times what the optimizer asks for.
  private Tensor scaled(Tensor whole) {
    double scale = optimizer.lossScale();
    return scale == 1 ? whole : whole.times(scale);
  }

  /// The gradients of the rows of a batch, each by a pass of its own over that row alone, with
  /// random draws of its own.
  private final class Examples implements ExampleGradients {
    private final TensorBatch batch;
    private final Engine chosen;

    Examples(TensorBatch batch, Engine chosen) {
      this.batch = batch;
      this.chosen = chosen;
      if (batch.weights().isPresent()) {
        throw new IllegalArgumentException(
            "dp: each example's gradient counts alike: expected no weights of classes or rows,"
                + " found some");
      }
    }

    @Override
    public int count() {
      return batch.rows();
    }

    @Override
    public void gradient(int example, List<Values> into) {
      again.runOn(chosen);
      again.run(() -> {
        TensorBatch one = batch.rows(example, example + 1);
        Pass pass = Pass.training(settings.seed(), (moment.step << 20) + example);
        Pass own = frozen.isEmpty() ? pass : pass.withFrozen(frozen);
        write(gradients(whole(one, own, loss(one, own, new Scores())), again, chosen), into);
      });
      again.endStep();
    }
  }

  private static void write(List<Tensor> gradients, List<Values> into) {
    for (int i = 0; i < into.size(); i++) {
      Tensor from = gradients.get(i);
      if (from.dtype() == DType.F32) {
        System.arraycopy(from.floats(), 0, into.get(i).floats(), 0, from.size());
      } else {
        System.arraycopy(from.doubles(), 0, into.get(i).doubles(), 0, from.size());
      }
    }
  }

  /// A pass of the step that is under way.
  private Pass pass() {
    Pass pass = Pass.training(settings.seed(), moment.step - 1);
    return frozen.isEmpty() ? pass : pass.withFrozen(frozen);
  }

  private Tensor loss(TensorBatch batch, Pass pass, Scores seen) {
    Tensor value = objective.loss(batch, pass, seen);
    if (value == null) {
      throw new IllegalStateException("objective: expected a scalar loss, was given null");
    }
    if (value.size() != 1) {
      throw new IllegalStateException(
          "objective: expected a scalar loss, was given shape " + value.shape());
    }
    if (!attached) {
      checkDependsOnWeights(value);
      attached = true;
      tellUnreached(value);
    }
    return value;
  }

  /// The loss with penalties: what is made small.
  private Tensor whole(TensorBatch batch, Pass pass, Tensor loss) {
    Tensor whole = network.penalty().map(loss::plus).orElse(loss);
    if (!Double.isFinite(whole.item())) {
      throw divergence.ofLoss(batch.inputs(), pass, moment.step, whole.item());
    }
    return whole;
  }

  private List<Tensor> gradients(Tensor whole, StepScope of, Engine chosen) {
    List<Tensor> gradients = of.silently(() -> whole.gradients(trained));
    for (int i = 0; checksGradients && i < gradients.size(); i++) {
      Tensor g = gradients.get(i);
      if (!hasFiniteSums(g, chosen)) {
        divergence.checkGradient(trained.get(i), g, moment.step);
      }
    }
    return gradients;
  }

  /// Whether the sum of a gradient is finite, or those of its rows where few have numbers.
  private static boolean hasFiniteSums(Tensor g, Engine chosen) {
    UsedRows used = g.usedRows();
    if (used == null) {
      return Float.isFinite(chosen.sum(g.floats(), 0, g.size()));
    }
    int width = g.size() / g.shape().dimension(0);
    boolean finite = true;
    for (int i = 0; i < used.count(); ) {
      int end = used.runEnd(i, used.count());
      finite &= Float.isFinite(chosen.sum(g.floats(), used.at(i) * width, (end - i) * width));
      i = end;
    }
    return finite;
  }

  /// A loss of numbers alone has gradients of 0: nothing would be trained, and nobody would know.
  private void checkDependsOnWeights(Tensor value) {
    if (!trained.isEmpty() && !value.dependsOnAny(trained)) {
      throw new IllegalStateException(
          "objective: expected a loss that depends on the weights, found one that depends on none"
              + " that is trained: it is made of plain numbers, or detach() cut it off");
    }
  }

  /// Tells of weights that no step is going to move.
  private void tellUnreached(Tensor value) {
    Tensor whole = network.penalty().map(value::plus).orElse(value);
    List<String> cut =
        trained.stream()
            .filter(each -> !whole.dependsOnAny(List.of(each)))
            .map(Parameter::name)
            .toList();
    if (!cut.isEmpty()) {
      tell(new TrainingEvent.Unreached(cut));
    }
  }

  /// Tells of large tables of which few rows have a gradient, and all are moved.
  private void tellWholeTables(List<Tensor> gradients) {
    List<String> whole = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Tensor g = gradients.get(i);
      if (g.usedRows() != null
          && g.size() >= LARGE
          && !optimizer.optimizer().restsWithoutGradient(trained.get(i))) {
        whole.add(trained.get(i).name());
      }
    }
    if (!whole.isEmpty()) {
      tell(new TrainingEvent.WholeTables(whole));
    }
  }

  /// Who looks at the step under way.
  private List<Inspector> inspectors() {
    if (settings.inspectors().isEmpty()) {
      return List.of();
    }
    return settings.inspectors().stream().filter(each -> each.wants(moment.step)).toList();
  }

  private void inspect(
      List<Inspector> inspectors,
      StepView.Before before,
      List<Tensor> gradients,
      TensorBatch batch,
      double loss) {
    StepView view =
        new StepView(
            moment.epoch() + 1,
            moment.step,
            loss,
            batch,
            network,
            this::lossAgain,
            optimizer,
            before.hyperparameters(),
            before.notes(),
            before.with(trained, gradients));
    inspectors.forEach(each -> each.inspect(view));
  }

  /// The loss of a batch as the weights are, penalties included, with the random numbers of the
  /// step, of which nothing is kept.
  private Tensor lossAgain(TensorBatch batch) {
    Tensor value = objective.loss(batch, pass(), new Scores());
    return network.penalty().map(value::plus).orElse(value);
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
