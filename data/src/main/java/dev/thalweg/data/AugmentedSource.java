package dev.thalweg.data;

/// The images of a data set, each changed anew in every epoch; see [Dataset#augmented].
///
/// Where images are mixed and belong to classes, what [BatchReader#read] gives as the answer is the
/// class of the image itself: [#mixtures] has the rest of the target, in the same order.
///
/// ```java
/// try (var rows = source.pass(epoch)) {
///   var mixtures = source.mixtures(epoch);
///   for (int n = rows.read(x, answers); n > 0; n = rows.read(x, answers)) {
///     mixtures.read(others, shares, n);  // target i: shares[i] of answers[i], the rest of others[i]
///   }
/// }
/// ```
public final class AugmentedSource implements RowSource {

  private final Dataset data;
  private final Images images;
  private final Augmentation augmentation;
  private final Sampling sampling;
  private final long seed;

  AugmentedSource(Dataset data, Augmentation augmentation, Sampling sampling, long seed) {
    this.data = data;
    this.augmentation = augmentation;
    this.sampling = sampling;
    this.seed = seed;
    this.images =
        data.images()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s: expected images for the augmentation %s, found rows of %d features"
                        .formatted(data.name(), augmentation, data.features())));
    augmentation.check(data.name(), images.shape());
  }

  @Override
  public Schema schema() {
    return data.schema();
  }

  @Override
  public long rows() {
    return data.rows();
  }

  @Override
  public boolean weighted() {
    return data.isWeighted();
  }

  /// Whether rows have parts of two classes.
  @Override
  public boolean mixed() {
    return augmentation.mixes() && data.task() == Task.CLASSIFICATION;
  }

  private int[] order(int epoch) {
    return new BatchOrder(sampling, data.rows(), 1, seed).epoch(epoch);
  }

  @Override
  public BatchReader pass(int epoch) {
    return new Reader(epoch);
  }

  /// What the images of a pass are mixed of, in its order.
  ///
  /// @param epoch counted from 0
  /// @throws IllegalArgumentException if it is negative
  public Mixtures mixtures(int epoch) {
    return new Mixtures(epoch);
  }

  /// The other parts of the targets of a pass, row after row. For one thread at a time.
  public final class Mixtures {

    private final int[] order;
    private final Augmentation.Pass pass;
    private int next;

    private Mixtures(int epoch) {
      this.order = order(epoch);
      this.pass = augmentation.new Pass(images, seed, epoch);
    }

    /// Reads those of the next rows.
    ///
    /// @param others takes the class of the partner of each row as a number, or its target
    /// @param shares takes the share of the row itself, 1 where nothing is mixed
    /// @param count how many rows, at most as many as there is room for
    /// @return how many there were
    /// @throws IndexOutOfBoundsException if there is no room for as many
    public int read(float[] others, float[] shares, int count) {
      int rows = Math.min(count, order.length - next);
      for (int i = 0; i < rows; i++, next++) {
        Mixture mixture = pass.mixture(order[next]);
        data.gatherAnswers(new int[] {mixture.partner()}, 0, 1, others, i);
        shares[i] = (float) mixture.share();
      }
      return rows;
    }
  }

  private final class Reader implements BatchReader {

    private final int[] order;
    private final Augmentation.Pass pass;
    private final float[] partner = new float[1];
    private int next;

    Reader(int epoch) {
      this.order = order(epoch);
      this.pass = augmentation.new Pass(images, seed, epoch);
    }

    @Override
    public int read(float[] x, float[] answers) {
      Checks.room(x, answers, data.features());
      int count = Math.min(answers.length, order.length - next);
      data.gatherAnswers(order, next, count, answers, 0);
      for (int i = 0; i < count; i++) {
        Mixture mixture = pass.read(order[next++], x, i * data.features());
        if (mixture.share() < 1 && !mixed()) {
          data.gatherAnswers(new int[] {mixture.partner()}, 0, 1, partner, 0);
          answers[i] = (float) (mixture.share() * answers[i] + (1 - mixture.share()) * partner[0]);
        }
      }
      return count;
    }

    @Override
    public int read(float[] x, float[] answers, float[] weights) {
      Checks.room(weights, answers);
      int from = next;
      int count = read(x, answers);
      data.gatherSampleWeights(order, from, count, weights, 0);
      return count;
    }

    @Override
    public void close() {
      next = order.length;
    }
  }

  /// The data set and what is done to it.
  @Override
  public String toString() {
    return data + ", " + augmentation;
  }

  /// What is done to the images.
  public Augmentation augmentation() {
    return augmentation;
  }
}
