package dev.thalweg.cli;

import dev.thalweg.cli.watch.WatchServer;
import dev.thalweg.cli.watch.WatchedTraining;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Checkpoints;
import dev.thalweg.train.Inspector;
import dev.thalweg.train.MetricsLog;
import dev.thalweg.train.StepView;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// What following a training costs: in one training of digits each other epoch is followed and the ones between are not, so
/// that a machine whose rate changes changes it for both. What is done so many times a second, as the drawing of the line of
/// progress, falls into half of the time and counts double.
///
///     tools/bench/following KIND MODEL EPOCHS BLOCKS      figures 'mlp(128)' 1000 15
///
/// KIND is `nothing` (what the measurement itself makes of it), `figures` (a progress line, and --metrics FILE.jsonl), `watch` (--watch with a page that reads its events), or
/// `checkpoints` (how long a training stands still that saves itself five times a second, as a share of 30 s). Prints the median and the quartiles of the blocks' losses of throughput, by the processor time of the
/// training's thread, which other programs on the machine change less than the clock's.
final class Following {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /// Epochs at the beginning of a training that do not count; even.
  private static final int COLD = 50;

  private final String kind;
  private final Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  private Following(String kind) throws IOException {
    this.kind = kind;
    folder = Files.createTempDirectory("following");
  }

  /// Passes on what happens in each other epoch, and sums up what both kinds of epochs take.
  private static final class EachOther implements Consumer<TrainingEvent>, Inspector {
    private final List<Consumer<? super TrainingEvent>> callbacks;
    private final List<Inspector> inspectors;
    private final double[] nanos = new double[2];
    private int epochs;
    private boolean follows;
    private long begin = THREADS.getCurrentThreadCpuTime();

    EachOther(List<Consumer<? super TrainingEvent>> callbacks, List<Inspector> inspectors) {
      this.callbacks = callbacks;
      this.inspectors = inspectors;
    }

    @Override
    public void accept(TrainingEvent event) {
      if (follows || !(event instanceof TrainingEvent.StepEnded)) {
        callbacks.forEach(each -> each.accept(event));
      }
      if (event instanceof TrainingEvent.EpochEnded) {
        var now = THREADS.getCurrentThreadCpuTime();
        if (epochs++ >= COLD) {
          nanos[follows ? 1 : 0] += now - begin;
        }
        follows = !follows;
        begin = THREADS.getCurrentThreadCpuTime();
      }
    }

    @Override
    public boolean wants(long step) {
      return follows && inspectors.stream().anyMatch(each -> each.wants(step));
    }

    @Override
    public boolean readsNotes() {
      return inspectors.stream().anyMatch(Inspector::readsNotes);
    }

    @Override
    public void inspect(StepView view) {
      inspectors.forEach(each -> each.inspect(view));
    }
  }

  private EachOther followed() throws IOException {
    return switch (kind) {
      case "figures" -> {
        var log = MetricsLog.to(folder.resolve("m.jsonl"));
        var to = new PrintStream(OutputStream.nullOutputStream());
        var progress =
            new Progress(
                new Surroundings(
                    InputStream.nullInputStream(),
                    to,
                    to,
                    new Screen(true, 100, true),
                    name -> null),
                "samples");
        open.add(log);
        open.add(progress);
        yield new EachOther(List.of(log, progress), List.of());
      }
      case "nothing" -> new EachOther(List.of(), List.of());
      case "watch" -> {
        var watched = new WatchedTraining("a run", "score");
        var server = WatchServer.begin(watched, List.of());
        open.add(server);
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try (var in = URI.create(server.address() + "events").toURL().openStream()) {
                in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException ended) {
                // The training is over.
              }
            });
        yield new EachOther(List.of(watched), List.of(watched));
      }
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static double rate(Trainer trainer, String model) {
    var data = Datasets.named("digits").split(0.9, 0).train();
    var begin = THREADS.getCurrentThreadCpuTime();
    var fitted =
        trainer.fit(
            Models.parse(model, 10), Losses.softmaxCrossEntropy(), Optimizers.adamw(1e-3), data);
    var seconds = (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
    return fitted.history().orElseThrow().samples() / seconds;
  }

  /// The loss of throughput of one block.
  private double loss(Trainer trainer, String model) throws Exception {
    if (kind.equals("checkpoints")) {
      var seconds = new ArrayList<Double>();
      rate(
          trainer
              .withCheckpoints(Checkpoints.in(folder.resolve("c")).every(Duration.ofMillis(200)))
              .withCallback(event -> {
                if (event instanceof TrainingEvent.Saved saved) {
                  seconds.add(saved.seconds());
                }
              }),
          model);
      return seconds.stream().mapToDouble(each -> each).average().orElseThrow() / 30;
    }
    var followed = followed();
    rate(trainer.withCallback(followed).withInspector(followed), model);
    for (var each : open) {
      each.close();
    }
    open.clear();
    return 1 - followed.nanos[0] / followed.nanos[1];
  }

  public static void main(String[] arguments) throws Exception {
    var kind = arguments[0];
    var model = arguments[1];
    var epochs = Integer.parseInt(arguments[2]);
    var trainer = Trainer.defaults().withEpochs(epochs).withEngine(Engine.of("simd", 1));
    var shares = new ArrayList<Double>();
    for (var i = -2; i < Integer.parseInt(arguments[3]); i++) {
      var share = new Following(kind).loss(trainer, model);
      if (i >= 0) { // the first ones are not compiled yet
        shares.add(share);
      }
    }
    Collections.sort(shares);
    var n = shares.size();
    System.out.printf(
        "%s, %s, %d blocks of %d epochs: loss of throughput %+.2f %% (quartiles %+.2f %%, %+.2f"
            + " %%), plain %,.0f samples/s%n",
        kind,
        model,
        n,
        epochs,
        100 * shares.get(n / 2),
        100 * shares.get(n / 4),
        100 * shares.get(3 * n / 4),
        rate(trainer, model));
    System.exit(0);
  }
}
