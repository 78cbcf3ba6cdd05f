package dev.thalweg.data;

import dev.thalweg.kernels.Philox;

/// The rows of another source through a buffer from which each is drawn at random: as much disorder
/// as the memory for it allows.
///
/// The buffer is filled; then a row of it is drawn and gives its place to the next one of the
/// source, until all have been. Which row is drawn depends on seed, epoch and how many were drawn
/// before, and not on the size of batches. With room for all rows every order is equally likely.
///
/// @param source read in the order of its own epoch
/// @param seed what the order depends on
/// @param buffer how many rows
record ShuffledSource(RowSource source, long seed, int buffer) implements RowSource {

  private static final int CHUNK = 256;

  ShuffledSource {
    if (buffer < 1) {
      throw new IllegalArgumentException(
          "shuffle: expected a buffer of at least 1 row, found " + buffer);
    }
    if (Math.min(buffer, source.rows()) * source.schema().features() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "shuffle: expected a buffer that an array can hold, found %d rows of %d features"
              .formatted(buffer, source.schema().features()));
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
    Checks.epoch(epoch);
    int room = (int) Math.min(buffer, rows());
    return new Pass(
        source.pass(epoch), schema().features(), room, RandomStreams.buffer(seed, epoch));
  }

  private static final class Pass implements BatchReader {

    private final BatchReader source;
    private final int features;
    private final Philox random;
    private final double[] x;
    private final double[] answers;
    private final double[] nextX;
    private final double[] nextAnswers = new double[CHUNK];
    private final float[] weights;
    private final float[] nextWeights = new float[CHUNK];
    private int next;
    private int read;
    private int size;
    private long drawn;

    Pass(BatchReader source, int features, int room, Philox random) {
      this.source = source;
      this.features = features;
      this.random = random;
      this.x = new double[room * features];
      this.answers = new double[room];
      this.weights = new float[room];
      this.nextX = new double[CHUNK * features];
    }

    @Override
    public int read(float[] toX, float[] toAnswers) {
      return read(toX, toAnswers, new float[toAnswers.length]);
    }

    @Override
    public int read(float[] toX, float[] toAnswers, float[] toWeights) {
      Checks.room(toX, toAnswers, features);
      Checks.room(toWeights, toAnswers);
      int rows = 0;
      while (rows < toAnswers.length && fill()) {
        int place = random.below(drawn++, size);
        for (int i = 0; i < features; i++) {
          toX[rows * features + i] = (float) x[place * features + i];
        }
        toWeights[rows] = weights[place];
        toAnswers[rows++] = (float) answers[place];
        replace(place);
      }
      return rows;
    }

    @Override
    public int read(double[] toX, double[] toAnswers, float[] toWeights) {
      Checks.room(toX, toAnswers, toWeights, features);
      int rows = 0;
      while (rows < toAnswers.length && fill()) {
        int place = random.below(drawn++, size);
        System.arraycopy(x, place * features, toX, rows * features, features);
        toWeights[rows] = weights[place];
        toAnswers[rows++] = answers[place];
        replace(place);
      }
      return rows;
    }

    /// Fills the buffer as far as there are rows; whether one is in it.
    private boolean fill() {
      while (size < answers.length && more()) {
        take(size++);
      }
      return size > 0;
    }

    /// Gives the place of a row that was drawn to the next one.
    private void replace(int place) {
      if (more()) {
        take(place);
      } else {
        size--;
        System.arraycopy(x, size * features, x, place * features, features);
        answers[place] = answers[size];
        weights[place] = weights[size];
      }
    }

    /// Whether the source has a row.
    private boolean more() {
      if (next == read && read >= 0) {
        read = source.read(nextX, nextAnswers, nextWeights);
        next = 0;
        // Not to be asked again.
        read = read == 0 ? -1 : read;
      }
      return read > 0;
    }

    private void take(int place) {
      System.arraycopy(nextX, next * features, x, place * features, features);
      weights[place] = nextWeights[next];
      answers[place] = nextAnswers[next++];
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
