package dev.thalweg.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rows of another source, read in the background; see [RowSource#ahead].
///
/// @param starter what starts a thread, or has no more of them: then rows are read when they are
///   asked for
record ReadAhead(RowSource source, int batch, int batches, Consumer<Thread> starter)
    implements RowSource {

  ReadAhead(RowSource source, int batch, int batches) {
    this(source, batch, batches, Thread::start);
  }

  ReadAhead {
    if (batch < 1 || batches < 1) {
      throw new IllegalArgumentException(
          "read ahead: expected at least 1 batch of at least 1 row, found %d of %d"
              .formatted(batches, batch));
    }
    if ((long) batch * source.schema().features() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "read ahead: expected a batch that an array can hold, found %d rows of %d features"
              .formatted(batch, source.schema().features()));
    }
  }

  @Override
  public Schema schema() {
    return source.schema();
  }

  @Override
  public long rows() {
    return source.rows();
  }

  @Override
  public boolean weighted() {
    return source.weighted();
  }

  @Override
  public boolean mixed() {
    return source.mixed();
  }

  @Override
  public BatchReader pass(int epoch) {
    BatchReader rows = source.pass(epoch);
    Pass pass = new Pass(rows, schema().features(), batch, batches);
    try {
      starter.accept(pass.thread);
      return pass;
    } catch (OutOfMemoryError noMoreThreads) {
      return rows;
    }
  }

  /// A batch on its way: filled by the thread in the background, emptied by the reader.
  private static final class Slot {
    final double[] x;
    final double[] answers;
    final float[] weights;
    int rows;
    @Nullable Throwable failure;

    Slot(int features, int batch) {
      x = new double[batch * features];
      answers = new double[batch];
      weights = new float[batch];
    }
  }

  /// Slots go round: from the reader, empty, to the thread, and back, filled. What the thread
  /// writes before it puts a slot into a queue is seen by the reader that takes it.
  private static final class Pass implements BatchReader {

    private final BatchReader source;
    private final int features;
    private final BlockingQueue<Slot> empty;
    private final BlockingQueue<Slot> filled;

    /// Put among the empty ones, it ends the thread.
    private final Slot end = new Slot(0, 0);

    private final Thread thread;

    /// What was taken and not yet read to its end.
    private @Nullable Slot current;

    private int next;
    private boolean over;
    private boolean closed;

    Pass(BatchReader source, int features, int batch, int batches) {
      this.source = source;
      this.features = features;
      this.empty = new ArrayBlockingQueue<>(batches + 1);
      this.filled = new ArrayBlockingQueue<>(batches);
      for (int i = 0; i < batches; i++) {
        empty.add(new Slot(features, batch));
      }
      this.thread = Thread.ofPlatform().name("thalweg-read-ahead").daemon().unstarted(this::fill);
    }

    private void fill() {
      try {
        for (Slot slot = empty.take(); slot != end; slot = empty.take()) {
          try {
            slot.rows = source.read(slot.x, slot.answers, slot.weights);
          } catch (RuntimeException | Error e) {
            slot.failure = e;
          }
          boolean last = slot.rows == 0 || slot.failure != null;
          filled.put(slot);
          if (last) {
            return;
          }
        }
      } catch (InterruptedException e) {
        // Nobody has a reference to this thread but this class, which does not interrupt it.
        throw new AssertionError(e);
      }
    }

    @Override
    public int read(float[] x, float[] answers) {
      return read(x, answers, new float[answers.length]);
    }

    @Override
    public int read(float[] x, float[] answers, float[] weights) {
      Checks.room(x, answers, features);
      Checks.room(weights, answers);
      int rows = 0;
      while (rows < answers.length) {
        Slot slot = ready();
        if (slot == null) {
          break;
        }
        int count = Math.min(slot.rows - next, answers.length - rows);
        for (int i = 0; i < count * features; i++) {
          x[rows * features + i] = (float) slot.x[next * features + i];
        }
        for (int i = 0; i < count; i++) {
          answers[rows + i] = (float) slot.answers[next + i];
        }
        rows += take(slot, count, weights, rows);
      }
      return rows;
    }

    @Override
    public int read(double[] x, double[] answers, float[] weights) {
      Checks.room(x, answers, weights, features);
      int rows = 0;
      while (rows < answers.length) {
        Slot slot = ready();
        if (slot == null) {
          break;
        }
        int count = Math.min(slot.rows - next, answers.length - rows);
        System.arraycopy(slot.x, next * features, x, rows * features, count * features);
        System.arraycopy(slot.answers, next, answers, rows, count);
        rows += take(slot, count, weights, rows);
      }
      return rows;
    }

    /// Takes the weights of rows whose numbers were taken, and gives the slot back after its last.
    private int take(Slot slot, int count, float[] weights, int to) {
      System.arraycopy(slot.weights, next, weights, to, count);
      next += count;
      if (next == slot.rows) {
        current = null;
        empty.add(slot);
      }
      return count;
    }

    /// The slot that is to be read from; null after the last.
    private @Nullable Slot ready() {
      if (closed) {
        throw new IllegalStateException("read ahead: the pass was closed");
      }
      if (current != null || over) {
        return current;
      }
      Slot slot = taken();
      over = slot.rows == 0 || slot.failure != null;
      if (slot.failure instanceof RuntimeException e) {
        throw e;
      }
      if (slot.failure instanceof Error e) {
        throw e;
      }
      next = 0;
      current = over ? null : slot;
      return current;
    }

    /// What is there is given to an interrupted thread, too.
    private Slot taken() {
      Slot ready = filled.poll();
      if (ready != null) {
        return ready;
      }
      try {
        return filled.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ReadInterruptedException(e);
      }
    }

    /// Waits for the thread, which at most ends the batch that it is at.
    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      empty.add(end);
      boolean interrupted = false;
      for (boolean alive = true; alive; ) {
        try {
          thread.join();
          alive = false;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      source.close();
    }
  }
}
