package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RowSourceTest {

  /// Rows whose two features are their number and its negative, and whose target is ten times it.
  private static Dataset numbered(int rows) {
    var x = new float[2 * rows];
    var y = new float[rows];
    for (int i = 0; i < rows; i++) {
      x[2 * i] = i;
      x[2 * i + 1] = -i;
      y[i] = 10 * i;
    }
    return Dataset.regression("rows", x, 2, y);
  }

  /// All rows of a pass by their numbers, read in batches of a size.
  static List<Integer> order(RowSource source, int epoch, int batch) {
    var order = new ArrayList<Integer>();
    var x = new float[batch * 2];
    var y = new float[batch];
    try (var pass = source.pass(epoch)) {
      for (int rows = pass.read(x, y); rows > 0; rows = pass.read(x, y)) {
        assertThat(rows == batch || order.size() + rows == source.rows()).isTrue();
        for (int i = 0; i < rows; i++) {
          assertThat(x[2 * i + 1]).isEqualTo(-x[2 * i]);
          assertThat(y[i]).isEqualTo(10 * x[2 * i]);
          order.add((int) x[2 * i]);
        }
      }
      assertThat(pass.read(x, y)).isZero();
    }
    return order;
  }

  @Test
  void aDataSetComesInTheOrderOfItsBatches() {
    Dataset data = numbered(23);
    for (Sampling sampling : Sampling.values()) {
      var source = data.source(sampling, 5);
      assertThat(source.rows()).isEqualTo(23);
      for (int epoch = 0; epoch < 3; epoch++) {
        List<Integer> expected =
            Arrays.stream(new BatchOrder(sampling, 23, 4, 5).epoch(epoch)).boxed().toList();
        for (int batch : new int[] {1, 4, 23, 100}) {
          assertThat(order(source, epoch, batch)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void labelsAreAnswersAsNumbers() {
    var data = Dataset.classification(new double[][] {{1}, {2}, {3}}, new int[] {2, 0, 1});
    var answers = new float[3];
    try (var pass = data.source(Sampling.SEQUENTIAL, 0).pass(0)) {
      assertThat(pass.read(new float[3], answers)).isEqualTo(3);
    }
    assertThat(answers).containsExactly(2, 0, 1);
    assertThat(data.schema()).hasToString("data: 1 feature, classification of class");
    assertThat(data.schema().outputs()).isEqualTo(3);
    assertThat(numbered(2).schema().outputs()).isEqualTo(1);
  }

  @Test
  void aBufferGivesEveryRowOnceInAnOrderOfTheEpoch() {
    for (int rows : new int[] {1, 2, 255, 256, 257, 1000}) {
      RowSource plain = numbered(rows).source(Sampling.SEQUENTIAL, 0);
      for (int buffer : new int[] {1, 2, 10, 256, 2000}) {
        var source = new ShuffledSource(plain, 7, buffer);
        List<Integer> first = order(source, 0, 32);
        assertThat(new HashSet<>(first)).as("%d rows, buffer %d", rows, buffer).hasSize(rows);
        assertThat(first).hasSize(rows);
        for (int batch : new int[] {1, 7, 3000}) {
          assertThat(order(source, 0, batch)).isEqualTo(first);
        }
        if (buffer == 1) {
          assertThat(first).isSorted();
        } else if (rows > 200) {
          assertThat(first).isNotEqualTo(order(source, 1, 32));
          assertThat(first).isNotEqualTo(order(new ShuffledSource(plain, 8, buffer), 0, 32));
        }
        // A row can't come before the buffer reaches it.
        for (int i = 0; i < rows; i++) {
          assertThat(first.get(i)).isLessThan(i + buffer);
        }
      }
    }
  }

  @Test
  void aBufferForAllRowsMixesThemEvenly() {
    // 600 epochs of 12 rows: the count of a row at a place has mean 50, deviation 6.8.
    var source = new ShuffledSource(numbered(12).source(Sampling.SEQUENTIAL, 0), 3, 100);
    var counts = new int[12][12];
    for (int epoch = 0; epoch < 600; epoch++) {
      List<Integer> order = order(source, epoch, 5);
      for (int place = 0; place < 12; place++) {
        counts[order.get(place)][place]++;
      }
    }
    for (int[] places : counts) {
      assertThat(Arrays.stream(places).boxed()).allSatisfy(n -> assertThat(n).isBetween(20, 85));
    }
  }

  @Test
  void batchesReadAheadAreTheSame() {
    RowSource source = numbered(1000).source(Sampling.SHUFFLE, 3);
    for (int batches : new int[] {1, 2, 5, 100}) {
      for (int batch : new int[] {1, 32, 999, 1000, 1001}) {
        for (int room : new int[] {1, batch, 7, 1500}) {
          assertThat(order(source.ahead(batch, batches), 4, room))
              .isEqualTo(order(source, 4, room));
        }
      }
    }
    assertThat(readers()).isEmpty();
  }

  @Test
  void itReadsNoFurtherAheadThanToldAndEndsWhenClosed() throws InterruptedException {
    var asked = new AtomicInteger();
    var closed = new AtomicInteger();
    var full = new CountDownLatch(3);
    RowSource counting =
        over(
            numbered(1000),
            (pass, x, y) -> {
              asked.incrementAndGet();
              full.countDown();
              return pass.read(x, y);
            },
            closed);
    var batches = counting.ahead(10, 3).pass(0);
    full.await();
    assertThat(readers()).hasSize(1);
    assertThat(batches.read(new float[20], new float[10])).isEqualTo(10);
    batches.close();
    assertThat(asked.get()).isBetween(3, 4);
    assertThat(closed.get()).isEqualTo(1);
    assertThat(readers()).isEmpty();
    batches.close();
    assertThat(closed.get()).isEqualTo(1);
    assertThatThrownBy(() -> batches.read(new float[20], new float[10]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("read ahead: the pass was closed");
  }

  @Test
  void aFailureComesWithItsBatch() {
    var asked = new AtomicInteger();
    RowSource failing =
        over(
            numbered(1000),
            (pass, x, y) -> {
              if (asked.incrementAndGet() == 3) {
                throw new DataException("t.csv, line 21: is text");
              }
              return pass.read(x, y);
            },
            new AtomicInteger());
    try (var batches = failing.ahead(10, 8).pass(0)) {
      assertThat(batches.read(new float[20], new float[10])).isEqualTo(10);
      assertThat(batches.read(new float[20], new float[10])).isEqualTo(10);
      assertThatThrownBy(() -> batches.read(new float[20], new float[10]))
          .isInstanceOf(DataException.class)
          .hasMessage("t.csv, line 21: is text");
      assertThat(batches.read(new float[20], new float[10])).isZero();
    }
    assertThat(readers()).isEmpty();
  }

  @Test
  void whoeverWaitsMayBeInterrupted() throws InterruptedException {
    var release = new CountDownLatch(1);
    RowSource slow =
        over(
            numbered(10),
            (pass, x, y) -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return pass.read(x, y);
            },
            new AtomicInteger());
    var thrown = new ArrayList<Throwable>();
    var reader =
        Thread.ofPlatform()
            .start(() -> {
              try (var batches = slow.ahead(10, 1).pass(0)) {
                batches.read(new float[20], new float[10]);
              } catch (IllegalStateException e) {
                thrown.add(e);
                thrown.add(
                    Thread.currentThread().isInterrupted()
                        ? new InterruptedException()
                        : new AssertionError());
              }
            });
    reader.interrupt();
    release.countDown();
    reader.join();
    assertThat(readers()).isEmpty();
    if (!thrown.isEmpty()) {
      assertThat(thrown.getFirst()).hasMessage("read ahead: interrupted while waiting for a batch");
      assertThat(thrown.getLast()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    RowSource source = numbered(10).source(Sampling.SEQUENTIAL, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.ahead(0, 1))
        .withMessage("read ahead: expected at least 1 batch of at least 1 row, found 1 of 0");
    assertThatIllegalArgumentException().isThrownBy(() -> source.ahead(1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.ahead(Integer.MAX_VALUE, 1))
        .withMessageContaining("expected a batch that an array can hold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShuffledSource(source, 0, 0))
        .withMessage("shuffle: expected a buffer of at least 1 row, found 0");
    assertThatIllegalArgumentException().isThrownBy(() -> source.pass(-1));
    try (var pass = source.pass(0);
        var ahead = source.ahead(4, 1).pass(0)) {
      for (int room : IntStream.range(0, 8).toArray()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> pass.read(new float[room], new float[4]));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> pass.read(new float[0], new float[0]));
      assertThatIllegalArgumentException().isThrownBy(() -> ahead.read(new float[5], new float[3]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ahead.read(new float[8], new float[4], new float[3]))
          .withMessage("read: expected room for 4 weights, found 3");
    }
  }

  @Test
  void standardizingAStreamIsStandardizingTheDataSet() {
    Dataset data = Datasets.named("auto-mpg");
    RowSource source = data.source(Sampling.SEQUENTIAL, 0);
    Standardizer fitted = Standardizer.fit(source);
    assertThat(fitted).isEqualTo(Standardizer.fit(data));
    assertThat(fitted.means()).endsWith(0, 0, 0);
    var x = new float[392 * 9];
    try (var pass = fitted.apply(source).ahead(392, 1).pass(0)) {
      assertThat(pass.read(x, new float[392])).isEqualTo(392);
    }
    assertThat(x).isEqualTo(fitted.apply(data).x());
  }

  private interface Reading {
    int read(BatchReader pass, float[] x, float[] y);
  }

  /// The rows of a data set, read by way of `reading`.
  private static RowSource over(Dataset data, Reading reading, AtomicInteger closed) {
    RowSource source = data.source(Sampling.SEQUENTIAL, 0);
    return new RowSource() {
      @Override
      public Schema schema() {
        return source.schema();
      }

      @Override
      public long rows() {
        return source.rows();
      }

      @Override
      public BatchReader pass(int epoch) {
        BatchReader pass = source.pass(epoch);
        return new BatchReader() {
          @Override
          public int read(float[] x, float[] answers) {
            return reading.read(pass, x, answers);
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
      }
    };
  }

  private static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("thalweg-read-ahead"))
        .toList();
  }
}
