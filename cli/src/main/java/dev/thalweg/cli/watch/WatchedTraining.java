package dev.thalweg.cli.watch;

import dev.thalweg.train.Inspector;
import dev.thalweg.train.StepView;
import dev.thalweg.train.TrainingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The figures of a training while it runs, for a page to show, and what is asked for there.
///
/// Steps are looked into at most four times a second, and so seldom that looking takes less than a
/// hundredth of the time.
public final class WatchedTraining implements Consumer<TrainingEvent>, Inspector {

  private static final int STEPS = 10_000;
  private static final int LOOKS = 2_000;
  private static final int EPOCHS = 2_000;
  private static final long QUARTER = 250_000_000;
  private static final int SHARE = 100;
  private static final long MOST_PAUSE = 10_000_000_000L;
  private static final int COLD = 10;
  private static final long SECOND = 1_000_000_000;

  /// Layers that are shown by themselves.
  private static final int MOST_WEIGHTS = 12;

  private final String name;
  private final String score;
  private final Thinned steps = new Thinned(STEPS);
  private final Thinned looks = new Thinned(LOOKS);
  private final Thinned epochs = new Thinned(EPOCHS);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicBoolean save = new AtomicBoolean();
  private final Map<String, @Nullable Object> state = new LinkedHashMap<>();
  private final List<String> weights = new ArrayList<>();
  private long begin = System.nanoTime();
  private long nextLook;
  private long allSteps;
  private TrainingEvent.@Nullable StepEnded last;
  private long lastAt;
  private long firstStep;
  private int looked;
  private boolean ended;

  /// Of the second under way, and the rate of the one before.
  private long samples;

  private long since = begin;
  private double rate;
  private boolean measured;

  /// @param name of the run
  /// @param score what its score is called
  public WatchedTraining(String name, String score) {
    this.name = name;
    this.score = score;
    state.put("state", "begins");
  }

  @Override
  public synchronized void accept(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> {
        begin = System.nanoTime();
        since = begin;
        allSteps = started.epochs() * started.stepsPerEpoch();
        state.put("state", "runs");
        state.put("epochs", started.epochs());
        state.put("steps", allSteps);
        state.put("parameters", started.parameters());
      }
      case TrainingEvent.StartedFrom from -> state.put("note", from.toString());
      case TrainingEvent.Unreached cut -> state.put("note", cut.toString());
      case TrainingEvent.WholeTables moved -> state.put("note", moved.toString());
      case TrainingEvent.Resumed resumed ->
          state.put("note", "goes on after step " + resumed.step());
      case TrainingEvent.StepEnded step -> step(step);
      case TrainingEvent.EpochEnded ended -> {
        var epoch = ended.epoch();
        epochs.add(
            epoch.epoch(),
            epoch.loss(),
            epoch.validationLoss().orElse(Double.NaN),
            epoch.score(),
            epoch.validationScore().orElse(Double.NaN));
        state.put("score", epoch.validationScore().orElse(epoch.score()));
      }
      case TrainingEvent.Saved saved -> {
        save.set(false);
        state.put("note", "saved after step " + saved.step());
      }
      case TrainingEvent.NotSaved failed -> {
        save.set(false);
        state.put("note", "step " + failed.step() + " could not be saved: " + failed.reason());
      }
      case TrainingEvent.Stopped stopped -> {
        state.put("state", "ended: " + stopped.reason());
        ended = true;
      }
    }
  }

  /// There are many: what the page is told is made of the last one, when it asks.
  private void step(TrainingEvent.StepEnded step) {
    long now = System.nanoTime();
    if (last == null) {
      firstStep = step.step() - 1;
    }
    last = step;
    lastAt = now;
    samples += step.samples();
    if (now - since >= SECOND || !measured) {
      rate = samples * 1e9 / (double) Math.max(1, now - since);
    }
    if (now - since >= SECOND) {
      measured = true;
      since = now;
      samples = 0;
    }
    steps.add((double) step.step(), step.loss(), rate);
  }

  @Override
  public synchronized boolean wants(long step) {
    return System.nanoTime() >= nextLook;
  }

  @Override
  public boolean readsNotes() {
    return false;
  }

  @Override
  public synchronized void inspect(StepView view) {
    long now = System.nanoTime();
    if (weights.isEmpty()) {
      // Vectors are small and many.
      view.weights().stream()
          .filter(each -> each.parameter().dimensions().length > 1)
          .limit(MOST_WEIGHTS)
          .forEach(each -> weights.add(each.name()));
      if (weights.isEmpty()) {
        view.weights().stream().limit(MOST_WEIGHTS).forEach(each -> weights.add(each.name()));
      }
    }
    var row = new double[2 + 3 * weights.size()];
    row[0] = view.step();
    row[1] = view.hyperparameters().getOrDefault("lr", Double.NaN);
    int at = 2;
    for (var each : view.weights()) {
      if (weights.contains(each.name())) {
        double update = each.updateNorm();
        row[at++] = each.gradientNorm();
        row[at++] = update;
        row[at++] = update / each.norm();
      }
    }
    looks.add(row);
    if (!Double.isNaN(row[1])) {
      state.put("rate", row[1]);
    }
    long cost = System.nanoTime() - now;
    // The first are slow, because they are compiled only then.
    long pause = looked++ < COLD ? QUARTER : Math.min(SHARE * 2 * cost, MOST_PAUSE);
    nextLook = now + Math.max(QUARTER, pause);
  }

  /// What the page has to know before the figures.
  synchronized Map<String, @Nullable Object> head() {
    var head = new LinkedHashMap<String, @Nullable Object>();
    head.put("run", name);
    head.put("score", score);
    return head;
  }

  /// How it stands.
  synchronized Map<String, @Nullable Object> state() {
    var now = new LinkedHashMap<String, @Nullable Object>(state);
    var step = last;
    if (step != null) {
      now.put("epoch", step.epoch());
      now.put("step", step.step());
      now.put("loss", step.loss());
      now.put("samples_per_second", rate);
      var secondsEach = (lastAt - begin) / 1e9 / (step.step() - firstStep);
      now.put("left", ended ? null : secondsEach * Math.max(0, allSteps - step.step()));
    }
    now.put("weights", List.copyOf(weights));
    now.put("stopping", stop.get());
    return now;
  }

  Thinned steps() {
    return steps;
  }

  Thinned looks() {
    return looks;
  }

  Thinned epochs() {
    return epochs;
  }

  /// Asks for its end.
  void askToStop() {
    stop.set(true);
  }

  /// Asks for a checkpoint.
  void askToSave() {
    save.set(true);
  }

  /// Whether its end was asked for.
  public boolean isToStop() {
    return stop.get();
  }

  /// Whether a checkpoint was asked for since the last one.
  public boolean isToSave() {
    return save.get();
  }
}
