package dev.thalweg.train;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Schema;
import java.util.Arrays;

/// Rows that must be as many as their source says, and no more at a time than were asked for: a
/// source may be anybody's.
record CountedRows(RowSource source) implements RowSource {

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
    return new Counter(source, source.pass(epoch));
  }

  private static final class Counter implements BatchReader {
    private final String name;
    private final long expected;
    private final boolean weighted;
    private final BatchReader reader;
    private long found;

    Counter(RowSource source, BatchReader reader) {
      this.name = source.schema().name();
      if (reader == null) {
        throw new IllegalStateException(name + ": expected a pass of its rows, was given null");
      }
      this.expected = source.rows();
      this.weighted = source.weighted();
      this.reader = reader;
    }

    @Override
    public int read(float[] x, float[] answers) {
      return counted(reader.read(x, answers), answers.length);
    }

    @Override
    public int read(float[] x, float[] answers, float[] weights) {
      if (weighted) {
        return counted(reader.read(x, answers, weights), answers.length);
      }
      int rows = read(x, answers);
      Arrays.fill(weights, 0, rows, 1);
      return rows;
    }

    /// As exact as the source gives them, to be centred.
    @Override
    public int read(double[] x, double[] answers, float[] weights) {
      return counted(reader.read(x, answers, weights), answers.length);
    }

    private int counted(int rows, int asked) {
      if (rows < 0 || rows > asked) {
        throw new IllegalStateException(
            "%s: expected up to %d rows at a time, was given %d".formatted(name, asked, rows));
      }
      found += rows;
      if (found > expected || (rows == 0 && found < expected)) {
        throw new IllegalStateException(
            "%s: rows() says %d, and a pass has %s"
                .formatted(name, expected, found > expected ? "more" : String.valueOf(found)));
      }
      return rows;
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
