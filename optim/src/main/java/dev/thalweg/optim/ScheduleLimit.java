package dev.thalweg.optim;

/// What a number in a schedule may be.
enum ScheduleLimit {
  FINITE("finite") {
    @Override
    boolean admits(double value) {
      return Double.isFinite(value);
    }
  },
  NOT_NEGATIVE("at least 0 and finite") {
    @Override
    boolean admits(double value) {
      return value >= 0 && Double.isFinite(value);
    }
  },
  POSITIVE("positive and finite") {
    @Override
    boolean admits(double value) {
      return value > 0 && Double.isFinite(value);
    }
  },
  AT_LEAST_ONE("at least 1 and finite") {
    @Override
    boolean admits(double value) {
      return value >= 1 && Double.isFinite(value);
    }
  },
  POSITIVE_FRACTION("in (0, 1]") {
    @Override
    boolean admits(double value) {
      return value > 0 && value <= 1;
    }
  },
  FRACTION("in [0, 1]") {
    @Override
    boolean admits(double value) {
      return value >= 0 && value <= 1;
    }
  };

  /// The largest number of steps: up to here a double holds every whole number.
  static final long MOST_STEPS = 1L << 53;

  private final String text;

  ScheduleLimit(String text) {
    this.text = text;
  }

  abstract boolean admits(double value);

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
