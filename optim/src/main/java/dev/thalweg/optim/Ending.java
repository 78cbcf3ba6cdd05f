package dev.thalweg.optim;

/// Why a minimisation ended; `toString` is a sentence.
public sealed interface Ending {

  /// The gradient's Euclidean norm is at most the tolerance.
  record Converged(double gradientNorm, double tolerance) implements Ending {
    @Override
    public String toString() {
      return "the gradient norm %s is at most %s"
          .formatted(NumberText.of(gradientNorm), NumberText.of(tolerance));
    }
  }

  /// As many iterations as allowed were made.
  record Iterations(long limit) implements Ending {
    @Override
    public String toString() {
      return "the limit of %d iterations was reached".formatted(limit);
    }
  }

  /// The function or its gradient has no finite value at a point that is not far out.
  ///
  /// @param iteration the step that led there; 0 for the start
  /// @param complaint what has no value, and where: `log(theta): theta is -0.3`
  record LeftDomain(long iteration, String complaint) implements Ending {
    @Override
    public String toString() {
      return "iteration %d left the domain of the function: %s".formatted(iteration, complaint);
    }
  }

  /// The point or the value has grown beyond all bounds.
  ///
  /// @param iteration the step that led there; 0 for the start
  /// @param complaint what is too large: `theta is 1.3e301`
  record Diverged(long iteration, String complaint) implements Ending {
    @Override
    public String toString() {
      return "diverged at iteration %d: %s".formatted(iteration, complaint);
    }
  }

  /// Many steps in a row moved nothing: they are below the resolution of double there, or the rate
  /// is 0.
  ///
  /// @param iteration the last of them
  /// @param steps how many
  record Stalled(long iteration, long steps) implements Ending {
    @Override
    public String toString() {
      return "stalled at iteration %d: the last %d steps moved nothing".formatted(iteration, steps);
    }
  }
}
