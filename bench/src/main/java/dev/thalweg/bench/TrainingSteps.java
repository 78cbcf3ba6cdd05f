package dev.thalweg.bench;

import com.sun.management.ThreadMXBean;
import dev.thalweg.data.PairTokens;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import dev.thalweg.train.Translator;
import java.lang.management.ManagementFactory;

/// Steps per second of a training through the public API, as a user writes it: `Trainer.fit` with
/// AdamW and shuffled batches, loss and gradients checked for NaN.
///
/// ```
/// tools/bench/run TrainingSteps [wide|small|deep|cnn|resnet|lstm|gpt|seq2seq] [threads] [provider] [WARMUP|late]
/// ```
///
/// prints the median and the quartiles over windows of steps after a warm-up (of the workload, or
/// of as many steps as said), the bytes allocated a step on the training thread, and with `late`
/// also the rate around steps 500 and 5,000, in one training: state that decays into denormals
/// shows there.
final class TrainingSteps {

  private static final int LATE_WINDOWS = 15;

  private TrainingSteps() {}

  /// Prints the figures of one training.
  public static void main(String[] arguments) {
    Workload workload = Workload.named(argument(arguments, 0, "wide"));
    int threads = Integer.parseInt(argument(arguments, 1, "2"));
    Engine engine = Engine.of(argument(arguments, 2, "auto"), threads);
    String when = argument(arguments, 3, Integer.toString(workload.warmUp()));
    Watch watch =
        when.equals("late") ? Watch.late(workload) : Watch.after(Integer.parseInt(when), workload);
    int epochs = Math.ceilDiv(watch.lastStep(), workload.batches());
    var trainer =
        Trainer.defaults()
            .withEngine(engine)
            .withBatchSize(workload.batch())
            .withEpochs(epochs)
            .withStandardize(false)
            .withCallback(watch::hear);
    var optimizer = Optimizers.adamw(1e-3).withWeightDecay(0.01);
    double loss;
    if (workload.ofPairs()) {
      var pairs = workload.pairs();
      var tokens = PairTokens.characters(pairs);
      loss =
          Translator.fit(trainer, workload.network(), optimizer, pairs, tokens)
              .history()
              .orElseThrow()
              .epochs()
              .getLast()
              .loss();
    } else if (workload.ofTokens()) {
      var text = workload.text();
      loss =
          LanguageModel.fit(trainer, workload.network(), optimizer, text, workload.inputs())
              .evaluate(text)
              .loss();
    } else {
      var data = workload.data();
      loss =
          trainer
              .fit(workload.network(), Losses.softmaxCrossEntropy(), optimizer, data)
              .evaluate(data)
              .loss();
    }
    System.out.printf("TrainingSteps %s, %s: ", workload.name(), engine);
    watch.print();
    System.out.printf("loss at the end %.6f%n", loss);
  }

  private static String argument(String[] arguments, int index, String otherwise) {
    return index < arguments.length ? arguments[index] : otherwise;
  }

  /// Measures windows of steps from the training's own events.
  private static final class Watch {
    private final int[] starts;
    private final int window;
    private final double[] rates;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final boolean late;
    private int current;
    private long begin;
    private long allocatedBefore;
    private long allocated;
    private long firstMillis;

    private Watch(int[] starts, int window, boolean late) {
      this.starts = starts;
      this.window = window;
      this.late = late;
      rates = new double[starts.length];
    }

    static Watch after(int warmUp, Workload workload) {
      int[] starts = new int[workload.windows()];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = warmUp + i * workload.window();
      }
      return new Watch(starts, workload.window(), false);
    }

    static Watch late(Workload workload) {
      int[] starts = new int[2 * LATE_WINDOWS];
      for (int i = 0; i < LATE_WINDOWS; i++) {
        starts[i] = 500 + i * workload.window();
        starts[LATE_WINDOWS + i] = 5000 + i * workload.window();
      }
      return new Watch(starts, workload.window(), true);
    }

    int lastStep() {
      return starts[starts.length - 1] + window;
    }

    void hear(TrainingEvent event) {
      if (!(event instanceof TrainingEvent.StepEnded ended) || current == starts.length) {
        return;
      }
      if (ended.step() == 1) {
        firstMillis =
            System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      }
      if (ended.step() == starts[current] + window) {
        rates[current] = window * 1e9 / (System.nanoTime() - begin);
        allocated += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        current++;
      }
      if (current < starts.length && ended.step() == starts[current]) {
        allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        begin = System.nanoTime();
      }
    }

    void print() {
      if (late) {
        double early = Spread.of(rates, LATE_WINDOWS).median();
        double[] last = new double[LATE_WINDOWS];
        System.arraycopy(rates, LATE_WINDOWS, last, 0, LATE_WINDOWS);
        double end = Spread.of(last).median();
        System.out.printf(
            "%.1f steps/s from step 500, %.1f from step 5,000, ratio %.3f%n",
            early, end, end / early);
        return;
      }
      Spread spread = Spread.of(rates);
      System.out.printf(
          "%.1f steps/s median (q25 %.1f q75 %.1f), %,d bytes a step, first done %.2f s after"
              + " start%n",
          spread.median(),
          spread.lower(),
          spread.upper(),
          allocated / ((long) window * starts.length),
          firstMillis / 1e3);
    }
  }
}
