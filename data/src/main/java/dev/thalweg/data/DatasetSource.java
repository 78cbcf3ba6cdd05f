package dev.thalweg.data;

/// The rows of a data set as a source, in the order that [BatchOrder] has for each epoch.
record DatasetSource(Dataset data, Sampling sampling, long seed) implements RowSource {

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

  @Override
  public BatchReader pass(int epoch) {
    int[] order = new BatchOrder(sampling, data.rows(), 1, seed).epoch(epoch);
    return new BatchReader() {
      private int next;

      @Override
      public int read(float[] x, float[] answers) {
        int count = Math.min(answers.length, order.length - next);
        Checks.room(x, answers, data.features());
        data.gather(order, next, count, x, 0);
        data.gatherAnswers(order, next, count, answers, 0);
        next += count;
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
      public int read(double[] x, double[] answers, float[] weights) {
        int count = Math.min(answers.length, order.length - next);
        Checks.room(x, answers, weights, data.features());
        data.gatherExact(order, next, count, x, answers);
        data.gatherSampleWeights(order, next, count, weights, 0);
        next += count;
        return count;
      }

      @Override
      public void close() {
        next = order.length;
      }
    };
  }
}
