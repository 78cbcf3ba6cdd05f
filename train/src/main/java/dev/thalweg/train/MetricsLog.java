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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The figures of a training, a line a step and a line an epoch, written while it runs for others
/// to follow: as CSV, or as JSON lines where the file's name ends in `.jsonl`. What is written is
/// in the file once a second, at the end, and after an epoch if that is longer than a tenth of one.
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

  /// Characters that wait to be written.
  private static final int MOST = 1 << 15;

  private final Path file;
  private final boolean json;
  private long begin = System.nanoTime();
  private @Nullable OutputStream to;
  private boolean resumed;
  private long flushed = begin;

  /// What is not in the file yet.
  private final StringBuilder line = new StringBuilder();

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

  /// Writes a line, of events that have figures.
  ///
  /// @throws RunException if the file can't be written
  @Override
  public void accept(TrainingEvent event) {
    NotNull.check(event, "event");
    try {
      switch (event) {
        case TrainingEvent.Resumed _ -> resumed = true;
        case TrainingEvent.StepEnded step -> step(step);
        case TrainingEvent.EpochEnded ended -> epoch(ended.epoch());
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

  /// There are many, and a step of a small network takes some ten microseconds: the line is made
  /// without a map, and without a format that would be read each time.
  private void step(TrainingEvent.StepEnded step) throws IOException {
    long now = System.nanoTime();
    open();
    line.append(json ? "{\"event\":\"step\",\"epoch\":" : "step,").append(step.epoch());
    line.append(json ? ",\"step\":" : ",").append(step.step());
    line.append(json ? ",\"samples\":" : ",").append(step.samples());
    line.append(json ? ",\"loss\":" : ",");
    if (json && !Double.isFinite(step.loss())) {
      line.append("null");
    } else {
      line.append(step.loss());
    }
    line.append(json ? ",\"seconds\":" : ",,,,");
    appendSeconds((now - begin) / MICROSECOND);
    line.append(json ? "}\n" : "\n");
    if (line.length() > MOST || now - flushed > SECOND) {
      flush(now);
    }
  }

  /// Seconds with six digits.
  private void appendSeconds(long microseconds) {
    line.append(microseconds / 1_000_000).append('.');
    long rest = microseconds % 1_000_000;
    for (long digit = 100_000; digit > 0; digit /= 10) {
      line.append((char) ('0' + rest / digit % 10));
    }
  }

  private void epoch(EpochRecord epoch) throws IOException {
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
      write(line);
    } else {
      write(
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
    long now = System.nanoTime();
    if (now - flushed > SECOND / 10) {
      flush(now);
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

  private void write(Map<String, @Nullable Object> line) throws IOException {
    line.replaceAll((_, value) -> finite(value));
    write(Json.write(line) + "\n");
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

  private void write(CharSequence more) throws IOException {
    open();
    line.append(more);
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
        line.append(HEAD);
      }
    }
    return known;
  }

  private void flush(long now) throws IOException {
    if (!line.isEmpty()) {
      open().write(line.toString().getBytes(StandardCharsets.UTF_8));
      line.setLength(0);
    }
    flushed = now;
  }

  /// Writes what is not yet in the file.
  ///
  /// @throws UncheckedIOException if that fails
  @Override
  public void close() {
    OutputStream opened = to;
    if (opened != null) {
      try (opened) {
        flush(flushed);
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": can't be written: " + RunFolder.reason(e), e);
      } finally {
        to = null;
        line.setLength(0);
      }
    }
  }
}
