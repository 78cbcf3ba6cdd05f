package dev.thalweg.data;

import java.util.Optional;

/// The rows of another source with their features standardized, or their targets. Numbers are
/// centred before they are rounded to float.
record StandardizedSource(
    RowSource source, Optional<Standardizer> features, Optional<Standardizer> targets)
    implements RowSource {

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
    return new Pass(source.pass(epoch), schema().features());
  }

  private final class Pass implements BatchReader {

    private final BatchReader raw;
    private final int width;
    private double[] exact = new double[0];
    private double[] exactAnswers = new double[0];

    Pass(BatchReader raw, int width) {
      this.raw = raw;
      this.width = width;
    }

    @Override
    public int read(float[] x, float[] answers) {
      return read(x, answers, new float[answers.length]);
    }

    @Override
    public int read(float[] x, float[] answers, float[] weights) {
      Checks.room(x, answers, width);
      if (exactAnswers.length != answers.length) {
        exact = new double[answers.length * width];
        exactAnswers = new double[answers.length];
      }
      int rows = read(exact, exactAnswers, weights);
      for (int i = 0; i < rows * width; i++) {
        x[i] = (float) exact[i];
      }
      for (int row = 0; row < rows; row++) {
        answers[row] = (float) exactAnswers[row];
      }
      return rows;
    }

    @Override
    public int read(double[] x, double[] answers, float[] weights) {
      int rows = raw.read(x, answers, weights);
      for (int i = 0; features.isPresent() && i < rows * width; i++) {
        x[i] = features.get().standardized(x[i], i % width);
      }
      for (int row = 0; targets.isPresent() && row < rows; row++) {
        answers[row] = targets.get().standardized(answers[row], 0);
      }
      return rows;
    }

    @Override
    public void close() {
      raw.close();
    }
  }
}
