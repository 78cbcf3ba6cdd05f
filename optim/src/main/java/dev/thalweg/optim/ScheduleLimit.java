package dev.thalweg.optim;

import dev.thalweg.formula.Range;

/// What a number in a schedule may be.
enum ScheduleLimit {
  FINITE("finite", Range.ANY),
  NOT_NEGATIVE("at least 0 and finite", Range.NOT_NEGATIVE),
  POSITIVE("positive and finite", Range.POSITIVE),
  AT_LEAST_ONE("at least 1 and finite", new Range(1, true, Double.POSITIVE_INFINITY, false)),
  POSITIVE_FRACTION("in (0, 1]", new Range(0, false, 1, true)),
  FRACTION("in [0, 1]", Range.PART);

  /// The largest number of steps: up to here a double holds every whole number.
  static final long MOST_STEPS = 1L << 53;

  private final String text;

  /// Immutable, though its type can't say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Range range;

  ScheduleLimit(String text, Range range) {
    this.text = text;
    this.range = range;
  }

  boolean admits(double value) {
    return range.contains(value);
  }

  /// Why a number is refused.
  ///
  /// @param what whose it is: `cosine: end`
  String complaint(String what, double value) {
    return what + " must be " + text + ", found " + NumberText.of(value);
  }

  /// @throws IllegalArgumentException with [#complaint] if the number is not admitted
  void check(String what, double value) {
    if (!admits(value)) {
      throw new IllegalArgumentException(complaint(what, value));
    }
  }

  /// Why a number of steps is refused.
  static String stepsComplaint(String what, long least, Object found) {
    return what + " must be a whole number from " + least + " to 2^53, found " + found;
  }

  /// @throws IllegalArgumentException if it is less than `least` or more than [#MOST_STEPS]
  static void checkSteps(String what, long least, long steps) {
    if (steps < least || steps > MOST_STEPS) {
      throw new IllegalArgumentException(stepsComplaint(what, least, steps));
    }
  }
}
