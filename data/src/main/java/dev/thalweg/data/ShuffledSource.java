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
    private final float[] x;
    private final float[] answers;
    private final float[] nextX;
    private final float[] nextAnswers = new float[CHUNK];
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
      this.x = new float[room * features];
      this.answers = new float[room];
      this.weights = new float[room];
      this.nextX = new float[CHUNK * features];
    }

    @Override
    public int read(float[] toX, float[] toAnswers) {
      return read(toX, toAnswers, new float[toAnswers.length]);
    }

    @Override
    public int read(float[] toX, float[] toAnswers, float[] toWeights) {
      Checks.room(toX, toAnswers, features);
      Checks.room(toWeights, toAnswers);
      while (size < answers.length && more()) {
        take(size++);
      }
      int rows = 0;
      while (rows < toAnswers.length && size > 0) {
        int place = random.below(drawn++, size);
        System.arraycopy(x, place * features, toX, rows * features, features);
        toWeights[rows] = weights[place];
        toAnswers[rows++] = answers[place];
        if (more()) {
          take(place);
        } else {
          size--;
          System.arraycopy(x, size * features, x, place * features, features);
          answers[place] = answers[size];
          weights[place] = weights[size];
        }
      }
      return rows;
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
