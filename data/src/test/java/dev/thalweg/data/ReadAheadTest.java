package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  private static List<Float> features(RowSource source) {
    var found = new ArrayList<Float>();
    var x = new float[2];
    try (BatchReader rows = source.pass(0)) {
      while (rows.read(x, new float[2]) > 0) {
        found.add(x[0]);
      }
    }
    return found;
  }

  @Test
  void whereThereAreNoMoreThreadsRowsAreReadWhenTheyAreAskedFor() {
    byte[] text = "a,y\n1,u\n2,v\n3,u\n4,v\n5,u\n6,v\n".getBytes(UTF_8);
    RowSource source =
        Table.parse("t.csv", text, TableOptions.target("y"))
            .dataset()
            .source(Sampling.SEQUENTIAL, 0);
    var started = new ArrayList<Thread>();
    Consumer<Thread> none =
        thread -> {
          started.add(thread);
          throw new OutOfMemoryError("unable to create native thread");
        };
    assertThat(features(new ReadAhead(source, 2, 2, none))).isEqualTo(features(source)).hasSize(3);
    assertThat(started).hasSize(1);
  }
}
