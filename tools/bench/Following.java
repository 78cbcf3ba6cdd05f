package dev.thalweg.cli;

import dev.thalweg.cli.watch.WatchServer;
import dev.thalweg.cli.watch.WatchedTraining;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Checkpoints;
import dev.thalweg.train.MetricsLog;
import dev.thalweg.train.Trainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What following a training costs: pairs of trainings in one JVM, one plain and one followed, in turns.
///
///     tools/bench/following KIND MODEL EPOCHS PAIRS      figures 'mlp(128)' 60 30
///
/// KIND is `figures` (a progress line, and --metrics FILE.jsonl), `watch` (--watch with a page that reads its events), or
/// `checkpoints` (each 2 s; its share at 30 s is a fifteenth). Prints the quartiles of the losses of throughput: samples by
/// the processor time of the training's thread, which other programs on the machine change less than the clock's.
final class Following {

  private static double rate(String kind, String model, int epochs, boolean followed)
      throws Exception {
    var folder = Files.createTempDirectory("following");
    var open = new ArrayList<AutoCloseable>();
    var trainer = Trainer.defaults().withEpochs(epochs).withEngine(Engine.of("simd", 1));
    if (followed) {
      switch (kind) {
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
          trainer = trainer.withCallback(log).withCallback(progress);
        }
        case "watch" -> {
          var watched = new WatchedTraining("a run", "score");
          var server = WatchServer.begin(watched, List.of());
          open.add(server);
          trainer = trainer.withCallback(watched).withInspector(watched);
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try (var in = URI.create(server.address() + "events").toURL().openStream()) {
                  in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException ended) {
                  // The training is over.
                }
              });
        }
        case "checkpoints" ->
            trainer =
                trainer.withCheckpoints(
                    Checkpoints.in(folder.resolve("c")).every(Duration.ofSeconds(2)));
        default -> throw new IllegalArgumentException(kind);
      }
    }
    var data = Datasets.named("digits").split(0.9, 0).train();
    var threads = ManagementFactory.getThreadMXBean();
    var begin = threads.getCurrentThreadCpuTime();
    var fitted =
        trainer.fit(
            Models.parse(model, 10), Losses.softmaxCrossEntropy(), Optimizers.adamw(1e-3), data);
    var seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
    for (var each : open) {
      each.close();
    }
    return fitted.history().orElseThrow().samples() / seconds;
  }

  public static void main(String[] arguments) throws Exception {
    var kind = arguments[0];
    var model = arguments[1];
    var epochs = Integer.parseInt(arguments[2]);
    var shares = new ArrayList<Double>();
    var rates = new ArrayList<Double>();
    for (var i = -2; i < Integer.parseInt(arguments[3]); i++) {
      var first = rate(kind, model, epochs, i % 2 == 0);
      var second = rate(kind, model, epochs, i % 2 != 0);
      if (i >= 0) { // the first ones are not compiled yet
        shares.add(i % 2 == 0 ? 1 - first / second : 1 - second / first);
        rates.add(i % 2 == 0 ? second : first);
      }
    }
    Collections.sort(shares);
    Collections.sort(rates);
    var n = shares.size();
    System.out.printf(
        "%s, %s, %d pairs: loss of throughput %+.2f %% (quartiles %+.2f %%, %+.2f %%), plain %,.0f"
            + " samples/s%n",
        kind,
        model,
        n,
        100 * shares.get(n / 2),
        100 * shares.get(n / 4),
        100 * shares.get(3 * n / 4),
        rates.get(n / 2));
    System.exit(0);
  }
}
