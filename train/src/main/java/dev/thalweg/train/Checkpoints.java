package dev.thalweg.train;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Where a training is saved while it runs, and when.
///
/// ```java
/// trainer.withCheckpoints(Checkpoints.in(Path.of("runs/photos")).every(Duration.ofSeconds(30)))
///     .fit(model, loss, optimizer, data);                              // killed after two hours
/// trainer.resume(Path.of("runs/photos")).fit(model, loss, optimizer, data);  // goes on
/// ```
///
/// A checkpoint is one file, `step-000001234.safetensors`, with all that a training knows between
/// two steps: weights, states of layers, the optimizer's state, the place in the data, patience and
/// the best weights, what the epochs came to. It is written beside, forced to the disk and renamed,
/// and has a checksum of all its bytes, so that what is damaged is found and the one before it
/// taken. A training that goes on from one ends with the same bits as if it had never stopped, for
/// any number of threads and any kernels.
///
/// One is written as often as was asked for, when the training is stopped from outside, and at its
/// end, where it is written regularly or went on from one; the last [#kept] stay, and the one with
/// the least loss.
///
/// @param folder where the files go: asked for once, when the first is written, or at the beginning
///   where they are written regularly
/// @param steps after how many steps one is written; 0, the default: not by steps
/// @param interval after what time one is written; zero: not by time. At the default,
///   [#ONLY_WHEN_STOPPED], with no steps either, one is written when the training is stopped from
///   outside, by a condition or an interrupt, and no other
/// @param kept how many of the last ones stay, at least 1; default 2
/// @param resumed whether the training goes on from the newest one that is whole
/// @param request asked after each step: one is written where it says so
/// @param notes texts to be kept with each, by name
public record Checkpoints(
    Supplier<Path> folder,
    long steps,
    Duration interval,
    int kept,
    boolean resumed,
    BooleanSupplier request,
    SequencedMap<String, String> notes) {

  /// No time after which one is written.
  public static final Duration ONLY_WHEN_STOPPED = Duration.ZERO;

  /// Copies the map.
  ///
  /// @throws IllegalArgumentException if steps or interval is negative, or none is to be kept
  public Checkpoints {
    if (steps < 0 || interval.isNegative()) {
      throw new IllegalArgumentException(
          "checkpoints: expected steps and interval of at least 0, found %d and %s"
              .formatted(steps, interval));
    }
    if (kept < 1) {
      throw new IllegalArgumentException("checkpoints: kept must be at least 1, found " + kept);
    }
    notes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(notes));
  }

  /// In this folder, which need not be there yet, when the training is stopped from outside.
  public static Checkpoints in(Path folder) {
    NotNull.check(folder, "folder");
    return in(() -> folder);
  }

  /// In a folder that is asked for when it is needed.
  public static Checkpoints in(Supplier<Path> folder) {
    NotNull.check(folder, "folder");
    return new Checkpoints(
        folder, 0, ONLY_WHEN_STOPPED, 2, false, () -> false, new LinkedHashMap<>());
  }

  /// The same, after so many steps each.
  ///
  /// @throws IllegalArgumentException if it is negative
  public Checkpoints everySteps(long n) {
    return new Checkpoints(folder, n, interval, kept, resumed, request, notes);
  }

  /// The same, after each such time, at the end of the step in which it is over.
  ///
  /// @throws IllegalArgumentException if it is negative
  public Checkpoints every(Duration time) {
    NotNull.check(time, "time");
    return new Checkpoints(folder, steps, time, kept, resumed, request, notes);
  }

  /// The same, of which so many stay.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Checkpoints keeping(int n) {
    return new Checkpoints(folder, steps, interval, n, resumed, request, notes);
  }

  /// The same, and one more at the end of each step after which this says so: for a button to
  /// press.
  public Checkpoints whenAsked(BooleanSupplier asked) {
    NotNull.check(asked, "asked");
    return new Checkpoints(folder, steps, interval, kept, resumed, asked, notes);
  }

  /// The same with a text kept with each.
  public Checkpoints withNote(String name, String text) {
    NotNull.check(name, "name");
    NotNull.check(text, "text");
    SequencedMap<String, String> more = new LinkedHashMap<>(notes);
    more.put(name, text);
    return new Checkpoints(folder, steps, interval, kept, resumed, request, more);
  }

  /// Whether they are written while nobody asks.
  boolean isRegular() {
    return steps > 0 || !interval.isZero();
  }

  /// When they are written: `checkpoints every 30s`, `checkpoints when stopped`.
  @Override
  public String toString() {
    var when = new ArrayList<String>();
    if (steps > 0) {
      when.add("every " + steps + " steps");
    }
    if (!interval.isZero()) {
      when.add("every " + interval.toMillis() / 1e3 + " s");
    }
    return (resumed ? "resumed, " : "")
        + "checkpoints "
        + (when.isEmpty() ? "when stopped" : String.join(" and ", when));
  }
}
