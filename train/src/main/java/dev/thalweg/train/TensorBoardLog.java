package dev.thalweg.train;

import dev.thalweg.formats.EventFile;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.optim.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Writes a training for TensorBoard while it runs: the loss of steps and epochs, scores, the rate,
/// norms of weights, gradients and updates, histograms of weights and gradients, the filters of a
/// first convolution as images, and the hyperparameters.
///
/// ```java
/// try (var board = TensorBoardLog.in(Path.of("logs/digits-1"))) {
///   board.on(trainer).fit(…);
/// }
/// ```
///
/// About 1,000 steps of a training are looked into, or all where there are fewer; histograms and
/// images come about 20 times.
public final class TensorBoardLog implements Consumer<TrainingEvent>, Inspector, AutoCloseable {

  private static final int LOOKS = 1000;
  private static final int PICTURES = 20;

  private final EventFile events;
  private long steps = 1;
  private long taken;

  private TensorBoardLog(EventFile events) {
    this.events = events;
  }

  /// One that writes to a file of its own in this folder.
  ///
  /// @throws java.io.UncheckedIOException if it can't be written
  public static TensorBoardLog in(Path folder) {
    NotNull.check(folder, "folder");
    return new TensorBoardLog(EventFile.in(folder));
  }

  /// Tells what the run was asked to be.
  ///
  /// @param run its name
  public TensorBoardLog withHyperparameters(String run, Map<String, ?> settings) {
    NotNull.check(run, "run");
    NotNull.check(settings, "settings");
    events.hyperparameters(run, new LinkedHashMap<>(settings));
    return this;
  }

  /// These settings of a training with this as its callback and inspector.
  public Trainer on(Trainer trainer) {
    NotNull.check(trainer, "trainer");
    return trainer.withCallback(this).withInspector(this);
  }

  @Override
  public void accept(TrainingEvent event) {
    NotNull.check(event, "event");
    switch (event) {
      case TrainingEvent.Started started -> steps = started.epochs() * started.stepsPerEpoch();
      case TrainingEvent.StepEnded step -> {
        taken = step.step();
        if (isDue(step.step(), LOOKS)) {
          events.scalar("loss/step", step.step(), step.loss());
        }
      }
      case TrainingEvent.EpochEnded ended -> {
        var epoch = ended.epoch();
        scalar("loss/training", epoch.loss());
        scalar("score/training", epoch.score());
        epoch.validationLoss().ifPresent(value -> scalar("loss/validation", value));
        epoch.validationScore().ifPresent(value -> scalar("score/validation", value));
        epoch.metrics().forEach((name, value) -> scalar("metric/" + name, value));
        events.flush();
      }
      case TrainingEvent.Stopped _ -> events.flush();
      case TrainingEvent.StartedFrom _,
          TrainingEvent.Unreached _,
          TrainingEvent.WholeTables _,
          TrainingEvent.Resumed _,
          TrainingEvent.Saved _,
          TrainingEvent.NotSaved _ -> {}
    }
  }

  private void scalar(String tag, double value) {
    if (!Double.isNaN(value)) {
      events.scalar(tag, taken, value);
    }
  }

  /// Whether a step is one of about so many.
  private boolean isDue(long step, int many) {
    return step == 1 || step % Math.max(1, steps / many) == 0;
  }

  @Override
  public boolean wants(long step) {
    return isDue(step, LOOKS) || isDue(step, PICTURES);
  }

  @Override
  public boolean readsNotes() {
    return false;
  }

  @Override
  public void inspect(StepView view) {
    NotNull.check(view, "view");
    long step = view.step();
    view.hyperparameters()
        .forEach((name, value) -> {
          if (name.equals("lr")) {
            events.scalar("rate/" + name, step, value);
          }
        });
    for (StepView.Weights each : view.weights()) {
      events.scalar("norm of weights/" + each.name(), step, each.norm());
      events.scalar("norm of gradient/" + each.name(), step, each.gradientNorm());
      events.scalar("norm of update/" + each.name(), step, each.updateNorm());
      if (isDue(step, PICTURES)) {
        events.histogram("weights/" + each.name(), step, each.before());
        events.histogram(
            "gradients/" + each.name(), step, Arrays.copyOf(each.gradient(), each.before().length));
      }
    }
    if (isDue(step, PICTURES)) {
      filters(view.weights().getFirst().parameter(), step);
    }
  }

  /// Those of a convolution of grey or coloured images, height×width×channels×filters, beside each
  /// other: grey where there is one channel.
  private void filters(Parameter weights, long step) {
    int[] sizes = weights.dimensions();
    if (sizes.length != 4 || (sizes[2] != 1 && sizes[2] != 3)) {
      return;
    }
    float[] values = weights.values().floats();
    float most = 0;
    for (int i = 0; i < weights.size(); i++) {
      most = Math.max(most, Math.abs(values[i]));
    }
    int height = sizes[0];
    int width = sizes[1];
    int channels = sizes[2];
    int filters = sizes[3];
    int line = filters * (width + 1) - 1;
    byte[] pixels = new byte[height * line * channels];
    for (int y = 0; y < height; y++) {
      for (int f = 0; f < filters; f++) {
        for (int x = 0; x < width; x++) {
          for (int c = 0; c < channels; c++) {
            float value = values[((y * width + x) * channels + c) * filters + f];
            double share = most == 0 ? 0.5 : (value / most + 1) / 2;
            pixels[(y * line + f * (width + 1) + x) * channels + c] =
                (byte) Math.round(255 * share);
          }
        }
      }
    }
    events.image("filters/" + weights.name(), step, line, height, channels, pixels);
  }

  /// Ends the file.
  ///
  /// @throws java.io.UncheckedIOException if it can't be written
  @Override
  public void close() {
    events.close();
  }
}
