package dev.thalweg.optim;

/// Which iterations of a minimisation are kept as its path; the start and the last always are.
public enum Recorded {
  /// The first ten, then 20, 50, 100, 200, 500, 1,000, …: what fits on a page.
  THINNED,

  /// Each.
  ALL;

  /// Whether the point after this many iterations is kept.
  boolean includes(long iteration) {
    long digit = iteration;
    while (digit >= 10 && digit % 10 == 0) {
      digit /= 10;
    }
    return this == ALL || iteration <= 10 || digit == 1 || digit == 2 || digit == 5;
  }
}
