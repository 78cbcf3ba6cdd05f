package dev.thalweg.kernels;

/// Counter-based random numbers, Philox4x32-10: number `index` of a stream is a pure function of
/// (seed, stream, index), so there is no generator state to save, share or restore.
///
/// The key is the seed; the counter of a block of 128 bits is (block, stream), low words first. A
/// block serves four [#uniform(long)], or two [#uniformDouble], [#normal(long)] or [#below]; these
/// all begin at block 0, so numbers of different kinds from one stream are not independent: give
/// every purpose a stream of its own. Indices are not negative.
///
/// Source: Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3 (SC11).
public final class Philox {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xffffffffL;

  private final long seed;
  private final long stream;

  private Philox(long seed, long stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /// The numbers of a stream under a seed.
  public static Philox of(long seed, long stream) {
    return new Philox(seed, stream);
  }

  /// The first (`half` 0) or the second 64 bits (1) of a block of ten rounds; the lower word is the
  /// one that comes first.
  static long block(long key, long counterLow, long counterHigh, int half) {
    int c0 = (int) counterLow;
    int c1 = (int) (counterLow >>> 32);
    int c2 = (int) counterHigh;
    int c3 = (int) (counterHigh >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    return half == 0 ? (c0 & LOW) | ((long) c1 << 32) : (c2 & LOW) | ((long) c3 << 32);
  }

  private int word(long index) {
    long pair = block(seed, index >>> 2, stream, (int) (index >>> 1) & 1);
    return (int) ((index & 1) == 0 ? pair : pair >>> 32);
  }

  private long pair(long index) {
    return block(seed, index >>> 1, stream, (int) index & 1);
  }

  /// A float in [0, 1), one of 2²⁴ equally likely ones.
  public float uniform(long index) {
    return (word(index) >>> 8) * 0x1p-24f;
  }

  /// A double in [0, 1), one of 2⁵³ equally likely ones.
  public double uniformDouble(long index) {
    return (pair(index) >>> 11) * 0x1p-53;
  }

  /// A double from the standard normal distribution.
  ///
  /// Box–Muller on [StrictMath]: √(−2 log u₁) times the cosine (even index) or sine (odd) of 2π u₂,
  /// with u₁ in (0, 1].
  public double normal(long index) {
    long block = index >>> 1;
    double u1 = ((block(seed, block, stream, 0) >>> 11) + 1) * 0x1p-53;
    double angle = 2 * Math.PI * ((block(seed, block, stream, 1) >>> 11) * 0x1p-53);
    double radius = Math.sqrt(-2 * StrictMath.log(u1));
    return radius * ((index & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
  }

  /// An integer in [0, bound): the upper half of bound times 64 random bits. No value is more
  /// likely than another by more than 2⁻³³ of its probability.
  ///
  /// @throws IllegalArgumentException if `bound` < 1
  public int below(long index, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("below: expected a bound of 1 or more, found " + bound);
    }
    return (int) Math.unsignedMultiplyHigh(pair(index), bound);
  }

  /// Fills y with `n` floats in [low, high]: fma(high − low, u, low) with u = uniform(from), …
  public void uniform(long from, float[] y, int start, int n, float low, float high) {
    float width = high - low;
    for (int i = 0; i < n; i++) {
      y[start + i] = Math.fma(width, uniform(from + i), low);
    }
  }

  /// Fills y with `n` floats of the normal distribution: mean + std · normal(from), … in double,
  /// rounded.
  public void normal(long from, float[] y, int start, int n, float mean, float std) {
    for (int i = 0; i < n; i++) {
      y[start + i] = (float) (mean + std * normal(from + i));
    }
  }

  /// The numbers 0 … n − 1 in random order: Fisher–Yates with `below(i, i + 1)`.
  ///
  /// @throws IllegalArgumentException if `n` < 0
  public int[] permutation(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("permutation: expected a size of 0 or more, found " + n);
    }
    int[] p = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i, i + 1);
      p[i] = p[j];
      p[j] = i;
    }
    return p;
  }

  /// Fills y with `n` dropout factors: 0 with probability `rate` (where uniform(from), … < rate),
  /// else 1 / (1 − rate).
  ///
  /// @throws IllegalArgumentException if `rate` is not in [0, 1)
  public void keep(long from, double rate, float[] y, int start, int n) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout: expected a rate in [0, 1), found " + rate);
    }
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < n; i++) {
      y[start + i] = uniform(from + i) < rate ? 0f : kept;
    }
  }

  @Override
  public String toString() {
    return "philox(seed=" + seed + ", stream=" + stream + ")";
  }
}
