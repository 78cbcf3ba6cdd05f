package dev.thalweg.bench;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a training takes from the start of the process until it is at full speed.
///
/// ```
/// tools/bench/run Warmup [small|fashion-mnist] [SECONDS] [FOLDER [PAIRS]]
/// ```
///
/// trains for so many seconds (15 where nothing is said), `small` on one thread and `mlp(128)` on
/// fashion-mnist with batches of 32 on all, and prints steps/s over time, and when 90 % of the
/// final rate were reached. The final rate is the median over the last third of slots of 0.1 s; it
/// is reached with the first slot from which on three of five have 90 % of it. With the folder of
/// another checkout that has this program, both do that in alternating processes, and the median of
/// each is printed.
final class Warmup {
  private static final int SLOTS_A_SECOND = 10;
  private static final double[] SHOWN = {0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30};
  private static final Pattern REACHED = Pattern.compile("90 % after ([0-9.]+) s");

  private final long begin;
  private final int[] steps;
  private double first;

  private Warmup(int seconds) {
    long now = System.currentTimeMillis();
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    begin = System.nanoTime() - (now - started) * 1_000_000;
    steps = new int[seconds * SLOTS_A_SECOND];
  }

  /// Prints the figures of one training, or of several in turn.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String name = arguments.length > 0 ? arguments[0] : "small";
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    if (arguments.length > 2) {
      int pairs = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
      turns(name, seconds, Path.of(arguments[2]), pairs);
    } else {
      new Warmup(seconds).train(name);
    }
  }

  private void train(String name) {
    boolean images = name.equals("fashion-mnist");
    Dataset data = images ? Datasets.named(name) : Workload.named(name).data();
    Sequential model = images ? Models.parse("mlp(128)", 10) : Workload.named(name).network();
    int threads = images ? Runtime.getRuntime().availableProcessors() : 1;
    try {
      Trainer.defaults()
          .withEngine(Engine.of("auto", threads))
          .withBatchSize(images ? 32 : Workload.named(name).batch())
          .withEpochs(1_000_000)
          .withStandardize(images)
          .withCallback(this::hear)
          .fit(
              model,
              Losses.softmaxCrossEntropy(),
              Optimizers.adamw(1e-3).withWeightDecay(0.01),
              data);
    } catch (TimeIsUp end) {
      print(name);
    }
  }

  private void hear(TrainingEvent event) {
    if (event instanceof TrainingEvent.StepEnded) {
      double now = (System.nanoTime() - begin) / 1e9;
      if (first == 0) {
        first = now;
      }
      int slot = (int) (now * SLOTS_A_SECOND);
      if (slot >= steps.length) {
        throw new TimeIsUp();
      }
      steps[slot]++;
    }
  }

  private void print(String name) {
    double last = rate(2 * steps.length / 3, steps.length);
    int at = (int) (first * SLOTS_A_SECOND) + 1;
    while (at + 5 < steps.length && rate(at, at + 5) < 0.9 * last) {
      at++;
    }
    long before = 0;
    for (int i = 0; i <= at && i < steps.length; i++) {
      before += steps[i];
    }
    StringBuilder over = new StringBuilder();
    for (double time : SHOWN) {
      int slot = (int) (time * SLOTS_A_SECOND);
      if (slot <= steps.length) {
        over.append(" %.1f s: %,.0f".formatted(time, rate(Math.max(0, slot - 5), slot)));
      }
    }
    System.out.printf(
        "%s: first step after %.2f s, 90 %% after %.1f s and %,d steps, at the end %,.0f"
            + " steps/s;%s%n",
        name, first, (at + 1.0) / SLOTS_A_SECOND, before, last, over);
  }

  /// Steps a second, the median of these slots.
  private double rate(int from, int to) {
    int[] some = Arrays.copyOfRange(steps, from, to);
    Arrays.sort(some);
    return some[some.length / 2] * (double) SLOTS_A_SECOND;
  }

  private static void turns(String name, int seconds, Path other, int pairs)
      throws IOException, InterruptedException {
    List<String> own =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-p",
            System.getProperty("jdk.module.path"),
            "-m",
            "dev.thalweg.bench/" + Warmup.class.getName());
    List<String> theirs = List.of(other.resolve("tools/bench/run").toString(), "Warmup");
    List<Double> here = new ArrayList<>();
    List<Double> there = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      boolean early = pair % 2 == 0;
      if (early) {
        here.add(run("here ", own, name, seconds));
      }
      there.add(run("there", theirs, name, seconds));
      if (!early) {
        here.add(run("here ", own, name, seconds));
      }
    }
    System.out.printf(
        "%s: 90 %% of the final rate after %.1f s here, %.1f s in %s, medians of %d%n",
        name, median(here), median(there), other, pairs);
  }

  private static double median(List<Double> times) {
    return Spread.of(times.stream().mapToDouble(Double::doubleValue).toArray()).median();
  }

  private static double run(String side, List<String> program, String name, int seconds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(name, Integer.toString(seconds)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher reached = REACHED.matcher(printed);
    if (process.waitFor() != 0 || !reached.find()) {
      throw new IllegalStateException("expected a time, the process printed: " + printed);
    }
    System.out.printf("%s %s", side, printed);
    return Double.parseDouble(reached.group(1));
  }

  /// Ends the training.
  private static final class TimeIsUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    TimeIsUp() {
      super("the time is up", null, false, false);
    }
  }
}
