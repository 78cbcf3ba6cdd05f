package dev.thalweg.train;

import dev.thalweg.formats.Json;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The figures of a training, a line a step and a line an epoch, written while it runs for others
/// to follow: as CSV, or as JSON lines where the file's name ends in `.jsonl`. What is written goes
/// to the file once a second, at the end, and after an epoch if that is longer than a tenth of one,
/// by a thread of its own: a training does not wait for it.
///
/// ```java
/// try (var metrics = MetricsLog.to(Path.of("metrics.jsonl"))) {
///   trainer.withCallback(metrics).fit(…);
/// }
/// ```
///
/// A line of JSON has `event` (`step` or `epoch`), `epoch`, `step` and what there is of `samples`,
/// `loss`, `score`, `validation_loss`, `validation_score`, `seconds`, and of an epoch `metrics`,
/// the figures of your own by name; a number that is not finite is `null`. CSV has the same as
/// columns but for the figures of your own. A training that is resumed adds its lines to the file.
public final class MetricsLog implements Consumer<TrainingEvent>, AutoCloseable {

  private static final String HEAD =
      "event,epoch,step,samples,loss,score,validation_loss,validation_score,seconds\n";

  private static final long SECOND = 1_000_000_000;
  private static final long MICROSECOND = 1000;

  /// Events that wait to be written.
  private static final int MOST = 2048;

  private final Path file;
  private final boolean json;
  private long begin = System.nanoTime();
  private @Nullable OutputStream to;
  private boolean resumed;
  private long handedOver = begin;
  private Waiting waiting = new Waiting();

  /// The end of what was handed over last.
  private CompletableFuture<?> written = CompletableFuture.completedFuture(null);

  /// Lines on their way to the file; of the thread that writes, once there is one.
  private final StringBuilder text = new StringBuilder();

  /// Steps and epochs that are not in the file yet, and when they ended. A step of a small network
  /// takes some ten microseconds and its line one: a thread of their own makes lines.
  private static final class Waiting {
    private final TrainingEvent[] events = new TrainingEvent[MOST];
    private final long[] nanos = new long[MOST];
    private int size;
  }

  private MetricsLog(Path file) {
    this.file = file;
    this.json = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
  }

  /// One that writes to this file, which is opened, and emptied unless a training is resumed, with
  /// its first line.
  public static MetricsLog to(Path file) {
    NotNull.check(file, "file");
    return new MetricsLog(file);
  }

  /// Takes down an event that has figures.
  ///
  /// @throws RunException if the file can't be written, or could not be since the last event
  @Override
  public void accept(TrainingEvent event) {
    NotNull.check(event, "event");
    try {
      switch (event) {
        case TrainingEvent.Resumed _ -> resumed = true;
        case TrainingEvent.StepEnded _ -> add(event, SECOND);
        case TrainingEvent.EpochEnded _ -> add(event, SECOND / 10);
        case TrainingEvent.Stopped _ -> close();
        case TrainingEvent.Started _ -> begin = System.nanoTime();
        case TrainingEvent.StartedFrom _,
            TrainingEvent.Unreached _,
            TrainingEvent.WholeTables _,
            TrainingEvent.Saved _,
            TrainingEvent.NotSaved _ -> {}
      }
    } catch (IOException e) {
      throw new RunException(file + ": can't be written: " + RunFolder.reason(e), e);
    }
  }

  /// @param longest nanoseconds that what comes up to this event may wait
  private void add(TrainingEvent event, long longest) throws IOException {
    open();
    long now = System.nanoTime();
    int at = waiting.size++;
    waiting.events[at] = event;
    waiting.nanos[at] = now - begin;
    if (waiting.size == MOST || now - handedOver > longest) {
      handOver(now);
    }
  }

  private void handOver(long now) throws IOException {
    settle();
    Waiting all = waiting;
    waiting = new Waiting();
    handedOver = now;
    try {
      written = CompletableFuture.runAsync(() -> write(all), MetricsLog::start);
    } catch (OutOfMemoryError noMoreThreads) {
      write(all);
    }
  }

  private static void start(Runnable work) {
    Thread.ofPlatform().daemon().name("thalweg-metrics").start(work);
  }

  /// Waits for what was handed over. Where that failed, what has waited since is given up, too.
  private void settle() throws IOException {
    try {
      written.join();
    } catch (CompletionException e) {
      written = CompletableFuture.completedFuture(null);
      waiting = new Waiting();
      if (e.getCause() instanceof UncheckedIOException known && known.getCause() != null) {
        throw known.getCause();
      }
      throw e;
    }
  }

  private void write(Waiting all) {
    try {
      OutputStream out = open();
      for (int i = 0; i < all.size; i++) {
        if (all.events[i] instanceof TrainingEvent.StepEnded step) {
          step(step, all.nanos[i]);
        } else if (all.events[i] instanceof TrainingEvent.EpochEnded ended) {
          epoch(ended.epoch());
        }
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed(e);
    } finally {
      text.setLength(0);
    }
  }

  /// There are many: a line is made without a map, and without a format that would be read each
  /// time.
  private void step(TrainingEvent.StepEnded step, long nanos) {
    text.append(json ? "{\"event\":\"step\",\"epoch\":" : "step,").append(step.epoch());
    text.append(json ? ",\"step\":" : ",").append(step.step());
    text.append(json ? ",\"samples\":" : ",").append(step.samples());
    text.append(json ? ",\"loss\":" : ",");
    if (json && !Double.isFinite(step.loss())) {
      text.append("null");
    } else {
      text.append(step.loss());
    }
    text.append(json ? ",\"seconds\":" : ",,,,");
    appendSeconds(nanos / MICROSECOND);
    text.append(json ? "}\n" : "\n");
  }

  /// Seconds with six digits.
  private void appendSeconds(long microseconds) {
    text.append(microseconds / 1_000_000).append('.');
    long rest = microseconds % 1_000_000;
    for (long digit = 100_000; digit > 0; digit /= 10) {
      text.append((char) ('0' + rest / digit % 10));
    }
  }

  private void epoch(EpochRecord epoch) {
    double validationLoss = epoch.validationLoss().orElse(Double.NaN);
    double validationScore = epoch.validationScore().orElse(Double.NaN);
    if (json) {
      Map<String, @Nullable Object> line = line("epoch", epoch.epoch(), epoch.steps());
      line.put("loss", epoch.loss());
      put(line, "score", epoch.score());
      put(line, "validation_loss", validationLoss);
      put(line, "validation_score", validationScore);
      line.put("seconds", epoch.seconds());
      line.put("metrics", epoch.metrics());
      line.replaceAll((_, value) -> finite(value));
      text.append(Json.write(line)).append('\n');
    } else {
      text.append(
          "epoch,%d,%d,,%s,%s,%s,%s,%s\n"
              .formatted(
                  epoch.epoch(),
                  epoch.steps(),
                  epoch.loss(),
                  cell(epoch.score()),
                  cell(validationLoss),
                  cell(validationScore),
                  epoch.seconds()));
    }
  }

  private static Map<String, @Nullable Object> line(String event, int epoch, long step) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("epoch", epoch);
    line.put("step", step);
    return line;
  }

  private static void put(Map<String, @Nullable Object> line, String name, double value) {
    if (!Double.isNaN(value)) {
      line.put(name, value);
    }
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /// JSON has no NaN and no infinity.
  private static @Nullable Object finite(@Nullable Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, each) -> copy.put(name, finite(each)));
      return copy;
    }
    return value;
  }

  private OutputStream open() throws IOException {
    OutputStream known = to;
    if (known == null) {
      boolean more = resumed && Files.isRegularFile(file);
      known =
          more
              ? Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
              : Files.newOutputStream(file);
      to = known;
      if (!json && !more) {
        text.append(HEAD);
      }
    }
    return known;
  }

  /// Writes what is not yet in the file.
  ///
  /// @throws UncheckedIOException if that fails
  @Override
  public void close() {
    OutputStream opened = to;
    if (opened == null) {
      return;
    }
    try (opened) {
      settle();
      write(waiting);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      to = null;
      waiting = new Waiting();
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(file + ": can't be written: " + RunFolder.reason(e), e);
  }
}
