package dev.thalweg.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How much each row of the training data counts in the loss; see [Trainer#withSampleWeights].
public final class SampleWeights {

  private final float[] values;

  private SampleWeights(float[] values) {
    this.values = values;
  }

  /// These weights, one a row.
  ///
  /// @throws IllegalArgumentException if one is negative or no finite float
  public static SampleWeights of(double... weights) {
    float[] values = new float[weights.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) weights[i];
      if (!(values[i] >= 0 && values[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "sample weights: expected finite numbers of at least 0, found "
                + weights[i]
                + " at row "
                + i);
      }
    }
    return new SampleWeights(values);
  }

  /// How many there are.
  public int rows() {
    return values.length;
  }

  float of(int row) {
    return values[row];
  }

  /// Two are the same if all weights are.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SampleWeights weights && Arrays.equals(values, weights.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /// `weights of 120 rows`
  @Override
  public String toString() {
    return "weights of " + values.length + " rows";
  }
}
