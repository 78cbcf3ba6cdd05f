package dev.thalweg.train;

import dev.thalweg.kernels.Philox;
import java.util.Arrays;
import java.util.Locale;

/// How a text is gone on with: each token is drawn by its probability, of which some are left out.
///
/// p = softmax(logits / temperature), of the `topK` most probable tokens, of these of the fewest
/// whose probabilities make `topP` (Holtzman et al. 2020, arXiv 1904.09751). Of tokens that are as
/// probable the one with the smaller number comes first.
///
/// @param length how many tokens, at least 0
/// @param temperature 1 takes the probabilities as they are, less makes the probable ones more so;
///   0 takes the most probable token each time
/// @param topK how many tokens are drawn among; 0: all
/// @param topP the share of probability that is drawn among, in (0, 1]; 1: all
/// @param seed what is drawn follows from it and the place alone
public record Generation(int length, double temperature, int topK, double topP, long seed) {

  /// The stream of random numbers, beside those of the networks.
  private static final long STREAM = 3L << 40;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if one is out of its range
  public Generation {
    if (length < 0) {
      throw new IllegalArgumentException("length must be at least 0, found " + length);
    }
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature must lie in [0, ∞), found " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK must be at least 0, found " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must lie in (0, 1], found " + topP);
    }
  }

  /// 200 tokens by their probabilities, seed 0.
  public static Generation defaults() {
    return new Generation(200, 1, 0, 1, 0);
  }

  /// The same with so many tokens.
  ///
  /// @throws IllegalArgumentException if they are fewer than 0
  public Generation withLength(int tokens) {
    return new Generation(tokens, temperature, topK, topP, seed);
  }

  /// The same at another temperature.
  ///
  /// @throws IllegalArgumentException if it is negative or not finite
  public Generation withTemperature(double other) {
    return new Generation(length, other, topK, topP, seed);
  }

  /// The same among so many tokens.
  ///
  /// @throws IllegalArgumentException if they are fewer than 0
  public Generation withTopK(int tokens) {
    return new Generation(length, temperature, tokens, topP, seed);
  }

  /// The same among tokens of this share of probability.
  ///
  /// @throws IllegalArgumentException if it is not in (0, 1]
  public Generation withTopP(double share) {
    return new Generation(length, temperature, topK, share, seed);
  }

  /// The same with other random numbers.
  public Generation withSeed(long other) {
    return new Generation(length, temperature, topK, topP, other);
  }

  /// The next token.
  ///
  /// @param logits a number for each token, from a place on
  /// @param from where they begin
  /// @param tokens how many there are
  /// @param place how many tokens were drawn before
  int draw(float[] logits, int from, int tokens, long place) {
    int kept = temperature == 0 ? 1 : topK == 0 ? tokens : Math.min(topK, tokens);
    int[] order = best(logits, from, tokens, kept);
    if (temperature == 0) {
      return order[0];
    }
    double[] weights = new double[kept];
    for (int i = 0; i < kept; i++) {
      double below = (double) logits[from + order[i]] - logits[from + order[0]];
      weights[i] = StrictMath.exp(below / temperature);
    }
    double all = Arrays.stream(weights).sum();
    double sum = 0;
    for (int i = 0; topP < 1 && i < kept; i++) {
      sum += weights[i];
      if (sum >= topP * all) {
        kept = i + 1;
        all = sum;
      }
    }
    double drawn = all * Philox.of(seed, STREAM).uniformDouble(2 * place);
    for (int i = 0; i < kept - 1; i++) {
      drawn -= weights[i];
      if (drawn < 0) {
        return order[i];
      }
    }
    return order[kept - 1];
  }

  /// The tokens with the largest logits, in their order; NaN is the least.
  private static int[] best(float[] logits, int from, int tokens, int count) {
    long[] keys = new long[count];
    int found = 0;
    for (int i = 0; i < tokens; i++) {
      long key = ((long) descending(logits[from + i]) << 32) | i;
      if (count == tokens) {
        keys[found++] = key;
      } else if (found < count || key < keys[found - 1]) {
        int at = -1 - Arrays.binarySearch(keys, 0, found, key);
        found = Math.min(found + 1, count);
        System.arraycopy(keys, at, keys, at + 1, found - 1 - at);
        keys[at] = key;
      }
    }
    if (count == tokens) {
      Arrays.sort(keys);
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  /// A number that is the smaller, the larger x is.
  private static int descending(float x) {
    int bits = Float.floatToIntBits(x);
    return Float.isNaN(x) ? Integer.MAX_VALUE : ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  /// `200 tokens, temperature 0.8, top k 40, seed 1`
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d tokens, temperature %s", length, temperature)
        + (topK > 0 ? ", top k " + topK : "")
        + (topP < 1 ? ", top p " + topP : "")
        + ", seed "
        + seed;
  }
}
