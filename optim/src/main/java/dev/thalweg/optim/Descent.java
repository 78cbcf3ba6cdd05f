package dev.thalweg.optim;

import dev.thalweg.kernels.Values;
import dev.thalweg.optim.around.Box;
import dev.thalweg.optim.minimize.LbfgsB;
import dev.thalweg.optim.minimize.Residuals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One minimisation under way.
final class Descent {
  /// Beyond it a coordinate or a value has diverged.
  private static final double TOO_LARGE = 1e300;

  /// A coordinate beyond it where the function has no value has diverged too, rather than left the
  /// domain.
  private static final double FAR = 1e20;

  /// The same for the value before.
  private static final double HIGH = 1e100;

  /// Steps in a row without a move.
  private static final long STALLED = 1000;

  private final Minimizer minimizer;
  private final Objective objective;
  private final OptimizerRun run;
  private final double[] x;
  private final double[] before;
  private final double[] gradient;

  /// Where the optimizer has asked last.
  private final double[] asked;

  private final double[] askedGradient;
  private double askedValue;
  private final List<PathPoint> path = new ArrayList<>();

  /// Between what the optimizer keeps all numbers.
  private double low = Double.NEGATIVE_INFINITY;

  private double high = Double.POSITIVE_INFINITY;
  private long iteration;
  private long evaluations;
  private long unmoved;
  private double value;
  private double norm;

  /// @param x the start, which moves
  Descent(Minimizer minimizer, Objective objective, double[] x) {
    this.minimizer = minimizer;
    this.objective = objective;
    this.x = x;
    this.before = new double[x.length];
    this.gradient = new double[x.length];
    this.asked = new double[x.length];
    Arrays.fill(asked, Double.NaN); // nowhere yet
    this.askedGradient = new double[x.length];
    this.run = minimizer.optimizer().attach(Parameter.of("x", x));
    for (Stage stage : minimizer.optimizer().stages()) {
      if (stage.method().rule() instanceof Box || stage.method().rule() instanceof LbfgsB) {
        low = Math.max(low, stage.settings().fixed("low"));
        high = Math.min(high, stage.settings().fixed("high"));
      }
    }
  }

  List<PathPoint> path() {
    return path;
  }

  long evaluations() {
    return evaluations;
  }

  Ending run() {
    Optional<Ending> reason = look();
    while (reason.isEmpty()) {
      System.arraycopy(x, 0, before, 0, x.length);
      Optional<Ending> refused = step();
      if (refused.isPresent()) {
        path.add(new PathPoint(iteration, x, value, norm));
        return refused.get();
      }
      iteration++;
      unmoved = Arrays.equals(x, before) ? unmoved + 1 : 0;
      reason = look();
      run.observe(value, Double.NaN);
    }
    return atEvaluation(reason.get());
  }

  /// The end at the point where the method is to be evaluated, which takes the place of the last
  /// one of its way.
  private Ending atEvaluation(Ending ending) {
    boolean failed = ending instanceof Ending.Diverged || ending instanceof Ending.LeftDomain;
    if (failed || !run.hasEvaluation() || iteration == 0) {
      return ending;
    }
    run.finish();
    value = objective.value(x);
    objective.gradient(x, gradient);
    evaluations++;
    norm = norm(free());
    path.set(path.size() - 1, new PathPoint(iteration, x, value, norm));
    return failure(value)
        .orElseGet(() ->
            ending instanceof Ending.Converged
                ? new Ending.Converged(norm, minimizer.tolerance())
                : ending);
  }

  /// Whether the gradient is short enough where the method is to be evaluated, too.
  private boolean isShortAtEvaluation() {
    if (!run.hasEvaluation() || iteration == 0) {
      return true;
    }
    double[] there = new double[x.length];
    run.atEvaluation(() -> objective.gradient(x, there));
    evaluations++;
    return norm(there) <= minimizer.tolerance();
  }

  /// One step; the end, where the function has no gradient at a point that was asked for.
  private Optional<Ending> step() {
    if (!run.asks() && run.lossScale() == 1) {
      run.step(gradient);
      return Optional.empty();
    }
    try {
      run.step(objective.residuals().isPresent() ? new OfSquares() : this::asked);
      return Optional.empty();
    } catch (NonFiniteGradientException e) {
      return leftDomain(objective.complaint(asked, askedValue));
    }
  }

  /// What the optimizer may ask, of a sum of squares.
  private final class OfSquares implements GradientFunction, Residuals {
    private final Residuals known = objective.residuals().orElseThrow();

    @Override
    public double gradient(List<Values> into) {
      return asked(into);
    }

    @Override
    public double[] values(double[] at) {
      if (!Arrays.equals(at, before)) {
        evaluations++;
      }
      return known.values(at);
    }

    @Override
    public double[][] jacobian(double[] at) {
      return known.jacobian(at);
    }
  }

  /// Value and gradient where the optimizer wants to know them; where it stands they are known.
  private double asked(List<Values> into) {
    double[] out = into.getFirst().doubles();
    System.arraycopy(x, 0, asked, 0, x.length);
    if (Arrays.equals(x, before)) {
      System.arraycopy(gradient, 0, out, 0, x.length);
      askedValue = value;
    } else {
      askedValue = objective.value(x);
      objective.gradient(x, out);
      evaluations++;
    }
    System.arraycopy(out, 0, askedGradient, 0, x.length);
    return askedValue;
  }

  /// Computes value and gradient where the point is, keeps what is to be kept, and says whether
  /// this is the end.
  private Optional<Ending> look() {
    double last = value;
    if (evaluations > 0 && Arrays.equals(x, asked)) {
      value = askedValue;
      System.arraycopy(askedGradient, 0, gradient, 0, x.length);
    } else {
      value = objective.value(x);
      objective.gradient(x, gradient);
      evaluations++;
    }
    norm = norm(free());
    Optional<Ending> reason = reason(last);
    var point = new PathPoint(iteration, x, value, norm);
    if (reason.isPresent() || minimizer.recorded().includes(iteration)) {
      path.add(point);
    }
    minimizer.observer().accept(point);
    return reason;
  }

  /// The gradient without what leads out of the optimizer's bounds.
  private double[] free() {
    double[] free = gradient.clone();
    for (int i = 0; i < x.length; i++) {
      if ((x[i] <= low && gradient[i] > 0) || (x[i] >= high && gradient[i] < 0)) {
        free[i] = 0;
      }
    }
    return free;
  }

  private Optional<Ending> reason(double last) {
    Optional<Ending> failure = failure(last);
    if (failure.isPresent()) {
      return failure;
    }
    if (norm <= minimizer.tolerance() && isShortAtEvaluation()) {
      return Optional.of(new Ending.Converged(norm, minimizer.tolerance()));
    }
    if (iteration >= minimizer.iterations()) {
      return Optional.of(new Ending.Iterations(minimizer.iterations()));
    }
    return unmoved >= STALLED
        ? Optional.of(new Ending.Stalled(iteration, unmoved))
        : Optional.empty();
  }

  private Optional<Ending> failure(double last) {
    int largest = largest(x);
    if (!(Math.abs(x[largest]) <= TOO_LARGE)) {
      return diverged(objective.variables().get(largest) + " is " + NumberText.of(x[largest]));
    }
    boolean far = Math.abs(x[largest]) > FAR || Math.abs(last) > HIGH;
    if (!Double.isFinite(value)) {
      String complaint = objective.complaint(x, value);
      return far ? diverged(complaint) : leftDomain(complaint);
    }
    if (Math.abs(value) > TOO_LARGE) {
      return diverged("the value is " + NumberText.of(value));
    }
    for (int i = 0; i < gradient.length; i++) {
      if (!Double.isFinite(gradient[i])) {
        String name = objective.variables().get(i);
        String complaint =
            "the derivative by %s is %s where %s is %s"
                .formatted(name, NumberText.of(gradient[i]), name, NumberText.of(x[i]));
        return far ? diverged(complaint) : leftDomain(complaint);
      }
    }
    return Optional.empty();
  }

  private Optional<Ending> diverged(String complaint) {
    return Optional.of(new Ending.Diverged(iteration, complaint));
  }

  private Optional<Ending> leftDomain(String complaint) {
    return Optional.of(new Ending.LeftDomain(iteration, complaint));
  }

  /// Where the number farthest from 0 is; a NaN is farther than all.
  private static int largest(double[] x) {
    int largest = 0;
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i])) {
        return i;
      }
      if (Math.abs(x[i]) > Math.abs(x[largest])) {
        largest = i;
      }
    }
    return largest;
  }

  /// √Σx², scaled so that no square overflows or vanishes.
  static double norm(double[] x) {
    double scale = Math.abs(x[largest(x)]);
    if (scale == 0 || !Double.isFinite(scale)) {
      return scale;
    }
    double sum = 0;
    for (double number : x) {
      double part = number / scale;
      sum += part * part;
    }
    return scale * Math.sqrt(sum);
  }
}
