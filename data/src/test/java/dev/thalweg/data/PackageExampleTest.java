package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackageExampleTest {

  private int rows;

  @Test
  void theExampleOfThePackageRuns() {
    long seed = 7;
    Split parts = Datasets.named("digits").split(0.8, seed);
    Standardizer standardizer = Standardizer.fit(parts.train());
    Dataset train = standardizer.apply(parts.train());
    for (int epoch = 0; epoch < 20; epoch++) {
      for (Batch batch : train.batches(32).shuffled(seed).epoch(epoch)) {
        step(batch.x(), batch.labels());
      }
    }

    assertThat(rows).isEqualTo(20 * 1438);
  }

  private void step(float[] x, int[] labels) {
    assertThat(x).hasSize(64 * labels.length);
    rows += labels.length;
  }
}
