package dev.thalweg.train;

import dev.thalweg.nn.Network;
import dev.thalweg.optim.OptimizerRun;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes the checkpoints of a training while it runs.
final class Saver implements AutoCloseable {

  private final Checkpoints asked;
  private final SequencedMap<String, String> plan;
  private final Consumer<TrainingEvent> listener;
  private @Nullable CheckpointFolder folder;
  private long last = System.nanoTime();

  /// @param plan what must be the same of a training that goes on from one
  /// @param listener told of each
  Saver(Checkpoints asked, SequencedMap<String, String> plan, Consumer<TrainingEvent> listener) {
    this.asked = asked;
    this.plan = plan;
    this.listener = listener;
  }

  /// Begins: a folder to which files go regularly is taken at once.
  ///
  /// @return what the training goes on from, where it does
  /// @throws RunException if the folder can't be written, or there is nothing to go on from
  Optional<Checkpoint> begin() {
    if (!asked.resumed()) {
      if (asked.isRegular()) {
        folder().clear();
      }
      return Optional.empty();
    }
    Path place = asked.folder().get();
    List<String> damaged = new ArrayList<>();
    Checkpoint newest =
        CheckpointFolder.newest(place, damaged::add)
            .orElseThrow(() ->
                new RunException(
                    damaged.isEmpty()
                        ? place + ": expected a checkpoint to go on from, found none"
                        : damaged.getFirst() + "; no checkpoint before it is whole"));
    check(newest);
    folder().after(newest);
    Moment moment = newest.moment();
    listener.accept(
        new TrainingEvent.Resumed(
            newest.file(), moment.epoch(), moment.step, moment.seen, damaged));
    return Optional.of(newest);
  }

  private void check(Checkpoint checkpoint) {
    Map<String, String> then = checkpoint.plan();
    plan.forEach((name, now) -> {
      String before = then.getOrDefault(name, "none");
      if (!before.equals(now)) {
        throw new RunException(
            "%s: was made with %s %s, this training has %s"
                .formatted(checkpoint.file(), name, before, now));
      }
    });
  }

  private CheckpointFolder folder() {
    CheckpointFolder known = folder;
    if (known == null) {
      known = CheckpointFolder.open(asked.folder().get());
      folder = known;
    }
    return known;
  }

  /// Whether one is to be written after a step.
  boolean isDue(long step) {
    return (asked.steps() > 0 && step % asked.steps() == 0)
        || (!asked.interval().isZero()
            && Duration.ofNanos(System.nanoTime() - last).compareTo(asked.interval()) >= 0)
        || asked.request().getAsBoolean();
  }

  /// Whether one is to be written where the training ends.
  ///
  /// @param finished whether it has come to its end, and was not stopped from outside
  boolean isDueAtEnd(boolean finished) {
    return !finished || asked.isRegular() || asked.resumed();
  }

  /// Writes one. If that fails the training goes on, and its listener is told.
  void save(Moment moment, Network network, OptimizerRun optimizer, Scores scores, double seconds) {
    // A channel would be closed for an interrupt, which is why this may be the last thing done.
    boolean interrupted = Thread.interrupted();
    long begin = System.nanoTime();
    try {
      Path file = folder().file(moment.step);
      Checkpoint.write(
          file, moment, plan, network, optimizer.state(), scores, seconds, asked.notes());
      folder().wrote(file, moment.loss(), asked.kept());
      last = System.nanoTime();
      listener.accept(new TrainingEvent.Saved(file, moment.step, (last - begin) / 1e9));
    } catch (UncheckedIOException e) {
      last = System.nanoTime();
      listener.accept(
          new TrainingEvent.NotSaved(
              moment.step, asked.folder().get() + ": " + RunFolder.reason(e)));
    } catch (RunException e) {
      last = System.nanoTime();
      listener.accept(new TrainingEvent.NotSaved(moment.step, String.valueOf(e.getMessage())));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// What tells one batch from another: a checksum of its numbers.
  static long fingerprint(TensorBatch batch) {
    var checksum = new CRC32C();
    var buffer = ByteBuffer.allocate(1 << 14);
    var tensors = new ArrayList<>(batch.inputs());
    tensors.addAll(batch.targets());
    for (var tensor : tensors) {
      for (int i = 0; i < tensor.size(); i++) {
        buffer.putInt(
            switch (tensor.dtype()) {
              case F32 -> Float.floatToRawIntBits(tensor.floats()[i]);
              case F64 -> Double.hashCode(tensor.doubles()[i]);
              case I32 -> tensor.ints()[i];
            });
        if (!buffer.hasRemaining()) {
          checksum.update(buffer.flip());
          buffer.clear();
        }
      }
    }
    checksum.update(buffer.flip());
    return checksum.getValue();
  }

  @Override
  public void close() {
    CheckpointFolder known = folder;
    if (known != null) {
      known.close();
    }
  }
}
