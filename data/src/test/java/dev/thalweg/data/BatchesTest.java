package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final int[] SIZES = {1, 2, 7, 16, 17, 63, 257, 1023};

  @Test
  void everyShuffledEpochHasEveryRowOnce() {
    for (int rows : SIZES) {
      var order = BatchOrder.shuffled(rows, 16, rows);
      for (int epoch = 0; epoch < 5; epoch++) {
        int[] sorted = order.epoch(epoch);
        Arrays.sort(sorted);
        assertThat(sorted)
            .as("%d rows, epoch %d", rows, epoch)
            .isEqualTo(IntStream.range(0, rows).toArray());
      }
    }
  }

  @Test
  void aShuffledEpochIsThePermutationOfItsStream() {
    assertThat(BatchOrder.shuffled(257, 16, 42).epoch(3))
        .isEqualTo(RandomStreams.shuffle(42, 3).permutation(257));
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    for (Sampling sampling : new Sampling[] {Sampling.SHUFFLE, Sampling.REPLACEMENT}) {
      var order = new BatchOrder(sampling, 257, 16, 42);
      int[] third = order.epoch(3);
      // Whatever came before, and however the rows are cut.
      order.epoch(9);
      assertThat(order.epoch(3)).isEqualTo(third);
      assertThat(new BatchOrder(sampling, 257, 100, 42).epoch(3)).isEqualTo(third);
      assertThat(order.epoch(4)).isNotEqualTo(third);
      assertThat(new BatchOrder(sampling, 257, 16, 43).epoch(3)).isNotEqualTo(third);
    }
    assertThat(BatchOrder.shuffled(257, 16, 42).epoch(0))
        .isNotEqualTo(BatchOrder.withReplacement(257, 16, 42).epoch(0));
  }

  @Test
  void everyOrderOfAFewRowsComesEquallyOften() {
    // 6 orders of 3 rows in 6,000 epochs: mean 1,000, deviation 29; five deviations.
    var counts = new int[27];
    var order = BatchOrder.shuffled(3, 3, 1);
    for (int epoch = 0; epoch < 6000; epoch++) {
      int[] rows = order.epoch(epoch);
      counts[9 * rows[0] + 3 * rows[1] + rows[2]]++;
    }
    assertThat(Arrays.stream(counts).filter(n -> n > 0).boxed())
        .hasSize(6)
        .allSatisfy(n -> assertThat(n).isBetween(850, 1150));
  }

  @Test
  void everyRowIsDrawnEquallyOftenWithReplacement() {
    // 10 rows, 1,000 epochs of 10 draws: mean 1,000, deviation 30; five deviations.
    var counts = new int[10];
    var draws = BatchOrder.withReplacement(10, 3, 5);
    int epochsWithARepeat = 0;
    for (int epoch = 0; epoch < 1000; epoch++) {
      int[] rows = draws.epoch(epoch);
      epochsWithARepeat += Arrays.stream(rows).distinct().count() < 10 ? 1 : 0;
      for (int row : rows) {
        counts[row]++;
      }
    }
    assertThat(Arrays.stream(counts).boxed()).allSatisfy(n -> assertThat(n).isBetween(850, 1150));
    // All ten different has probability 10!/10^10 = 0.00036.
    assertThat(epochsWithARepeat).isGreaterThan(990);
  }

  @Test
  void fillWritesNoFurtherThanTheRows() {
    var room = new int[10];
    Arrays.fill(room, -7);
    BatchOrder.shuffled(6, 4, 0).fill(2, room);
    assertThat(room).endsWith(-7, -7, -7, -7);
    assertThat(Arrays.copyOf(room, 6)).isEqualTo(BatchOrder.shuffled(6, 4, 0).epoch(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchOrder.shuffled(6, 4, 0).fill(2, new int[5]))
        .withMessage("batch order: expected room for 6 rows, found 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchOrder.shuffled(6, 4, 0).fill(-1, room))
        .withMessage("epoch: expected at least 0, found -1");
  }

  @Test
  void theLastBatchIsSmallerAndTogetherTheyAreTheRows() {
    for (int rows : SIZES) {
      for (int batch : new int[] {1, 3, 16, 17, 5000, Integer.MAX_VALUE}) {
        var order = BatchOrder.sequential(rows, batch);
        int next = 0;
        for (int i = 0; i < order.batches(); i++) {
          assertThat(order.start(i)).isEqualTo(next);
          next += order.size(i);
          assertThat(order.size(i) == batch || i == order.batches() - 1).isTrue();
        }
        assertThat(next).isEqualTo(rows);
        assertThatThrownBy(() -> order.size(order.batches()))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchOrder.sequential(0, 1))
        .withMessage("batches: expected at least 1 row, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchOrder.sequential(1, 0))
        .withMessage("batch: expected at least 1 row, found 0");
  }

  @Test
  void batchesHaveTheRowsOfTheOrder() {
    var data = Datasets.named("iris");
    for (var batches :
        new Batches[] {
          data.batches(32),
          data.batches(32).shuffled(4),
          data.batches(32).shuffled(4).epoch(3),
          data.batches(32).withReplacement(4).epoch(2),
        }) {
      var x = new ArrayList<Float>();
      var labels = new ArrayList<Integer>();
      int count = 0;
      for (Batch batch : batches) {
        assertThat(batch.x()).hasSize(batch.rows() * batch.features());
        assertThat(batch.labels()).hasSize(batch.rows());
        for (float value : batch.x()) {
          x.add(value);
        }
        Arrays.stream(batch.labels()).forEach(labels::add);
        count++;
      }
      assertThat(count).isEqualTo(batches.count()).isEqualTo(5);
      int epoch = batches.toString().contains("replacement") ? 2 : 0;
      if (batches.order().sampling() == Sampling.SEQUENTIAL) {
        assertThat(labels).isEqualTo(Arrays.stream(data.labels()).boxed().toList());
      } else if (epoch == 2) {
        var expected = data.subset(batches.order().epoch(2));
        assertThat(labels).isEqualTo(Arrays.stream(expected.labels()).boxed().toList());
        assertThat(x.toString()).isEqualTo(Arrays.toString(expected.x()));
      }
    }
  }

  @Test
  void anEpochOfBatchesIsTheEpochOfTheOrder() {
    var data = Dataset.regression("d", new float[] {0, 1, 2, 3, 4}, 1, new float[] {0, 1, 2, 3, 4});
    for (int epoch = 0; epoch < 4; epoch++) {
      var rows = new ArrayList<Integer>();
      for (Batch batch : data.batches(2).shuffled(9).epoch(epoch)) {
        for (float target : batch.targets()) {
          rows.add((int) target);
        }
      }
      assertThat(rows)
          .isEqualTo(Arrays.stream(BatchOrder.shuffled(5, 2, 9).epoch(epoch)).boxed().toList());
    }
  }

  @Test
  void aBatchIsTheTakersOwnAndKnowsItsTask() {
    var data = Dataset.regression("d", new float[] {1, 2}, 1, new float[] {3, 4});
    var batches = data.batches(2);
    var batch = batches.iterator().next();
    batch.x()[0] = 9;
    batch.targets()[0] = 9;
    assertThat(batches.iterator().next().x()).containsExactly(1, 2);
    assertThat(data.targets()).containsExactly(3, 4);
    assertThat(batch).hasToString("batch: 2 rows, 1 features");
    assertThatIllegalStateException().isThrownBy(batch::labels);
    var labelled = Dataset.classification(new double[][] {{1}}, new int[1]).batches(1);
    var iterator = labelled.iterator();
    assertThatIllegalStateException().isThrownBy(() -> labelled.iterator().next().targets());
    iterator.next();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    assertThatIllegalArgumentException().isThrownBy(() -> labelled.epoch(-1));
  }
}
