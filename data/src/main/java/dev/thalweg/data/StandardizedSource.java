package dev.thalweg.data;

/// The rows of another source with their features standardized.
record StandardizedSource(RowSource source, Standardizer standardizer) implements RowSource {

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
    BatchReader raw = source.pass(epoch);
    return new BatchReader() {
      @Override
      public int read(float[] x, float[] answers) {
        int rows = raw.read(x, answers);
        standardizer.apply(x, 0, rows);
        return rows;
      }

      @Override
      public int read(float[] x, float[] answers, float[] weights) {
        int rows = raw.read(x, answers, weights);
        standardizer.apply(x, 0, rows);
        return rows;
      }

      @Override
      public void close() {
        raw.close();
      }
    };
  }
}
