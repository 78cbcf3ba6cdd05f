package dev.thalweg.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.cli.watch.Thinned.Place;
import org.junit.jupiter.api.Test;

class ThinnedTest {

  @Test
  void aMillionRowsStayBoundedAndKeepTheirMean() {
    var table = new Thinned(1000);
    double sum = 0;
    for (int i = 1; i <= 1_000_000; i++) {
      table.add(i, i % 7);
      sum += i % 7;
      assertThat(table.size()).isLessThan(1000);
    }
    var rows = table.since(Place.NOTHING).rows();
    assertThat(rows).hasSizeBetween(500, 999);
    assertThat(rows.stream().mapToDouble(row -> row[1]).average().orElseThrow())
        .isCloseTo(sum / 1e6, within(1e-3));
    for (int i = 1; i < rows.size(); i++) {
      assertThat(rows.get(i)[0]).isGreaterThan(rows.get(i - 1)[0]);
    }
  }

  @Test
  void aReaderGetsWhatIsNewAndAllAgainWhenItWasThinned() {
    var table = new Thinned(4);
    table.add(1, Double.NaN);
    var first = table.since(Place.NOTHING);
    assertThat(first.all()).isTrue();
    assertThat(first.rows()).hasSize(1);
    table.add(2, 5);
    table.add(3, 7);
    var second = table.since(first.seen());
    assertThat(second.all()).isFalse();
    assertThat(second.rows()).containsExactly(new double[] {2, 5}, new double[] {3, 7});
    assertThat(table.since(second.seen()).rows()).isEmpty();
    table.add(4, 9);
    var third = table.since(second.seen());
    assertThat(third.all()).isTrue();
    assertThat(third.rows()).containsExactly(new double[] {1.5, 5}, new double[] {3.5, 8});
    table.add(5, 1);
    assertThat(table.since(third.seen()).rows()).isEmpty();
    table.add(6, 2);
    assertThat(table.since(third.seen()).rows()).containsExactly(new double[] {5.5, 1.5});
    assertThatIllegalArgumentException().isThrownBy(() -> new Thinned(3));
  }
}
