package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

import dev.thalweg.optim.Parameter;

/// An exercise of a tutorial: xθ − log θ by gradient descent, stochastic gradient descent,
/// momentum, AdaGrad and RMSProp, with the rate 0.1, a thousand steps, and θ begun anywhere between
/// 0 and 1.
///
/// With x = 2 the minimum is θ = 1/2. Where x is drawn anew for each step, evenly from (0, 1), what
/// is minimised is the mean, with x = 1/2: θ = 2.
///
/// The derivative is x − 1/θ. The tutorial's program has x/(θ + e⁻ᶿ) − 1, which [DerivativeCheck]
/// finds to be another function, and which leads to where log θ has no value.
///
/// Run it with `examples/run FiveMethods`.
public final class FiveMethods {

  private static final int STEPS = 1000;
  private static final int STARTS = 100;
  private static final String FUNCTION = "2*theta - log(theta)";
  private static final double MINIMUM = 0.5;
  private static final double CLOSE = 1e-6;
  private static final long SEED = 4;

  /// As in the tutorial: momentum 0.9, decay 0.9, and for ε the distance from 1 to the next double,
  /// in the root.
  static Map<String, String> tutorial() {
    return named(
        "sgd(0.1)",
        "momentum(0.1, momentum=0.9)",
        "adagrad(0.1, epsilon=2.2e-16, epsilon_place=inside)",
        "rmsprop(0.1, rho=0.9, epsilon=2.2e-16, epsilon_place=inside)");
  }

  /// What works: a limit for the gradient, which near 0 is huge, and for what divides by its size a
  /// rate that falls.
  static Map<String, String> working() {
    return named(
        "clip_value(1) | sgd(0.1)",
        "clip_value(1) | momentum(0.1, momentum=0.9)",
        "clip_value(1) | adagrad(0.5)",
        "rmsprop(exponential(0.1, 0.98), rho=0.9)");
  }

  /// Stochastic gradient descent as in the tutorial, and with a rate that falls as 1/t.
  static final String TUTORIAL_SGD = "sgd(0.1)";

  static final String WORKING_SGD = "clip_value(1) | sgd(inverse_time(1, 0.1))";

  private FiveMethods() {}

  private static Map<String, String> named(
      String descent, String momentum, String adagrad, String rmsprop) {
    var named = new LinkedHashMap<String, String>();
    named.put("gradient descent", descent);
    named.put("momentum", momentum);
    named.put("AdaGrad", adagrad);
    named.put("RMSProp", rmsprop);
    return named;
  }

  /// What became of a hundred starts, evenly between 0 and 1.
  ///
  /// @param arrived how many are within 1e-6 of 1/2
  /// @param cycling how many go to and fro between two points
  /// @param under how many are still on their way
  /// @param left how many left the domain
  /// @param example for one of those that did not arrive, the start and what happened
  record Outcome(int arrived, int cycling, int under, int left, String example) {

    @Override
    public String toString() {
      return "%3d at 1/2, %2d cycling, %2d on the way, %2d out of the domain%s"
          .formatted(
              arrived,
              cycling,
              under,
              left,
              example.isEmpty() ? "" : "\n" + " ".repeat(22) + example);
    }
  }

  /// Prints what happens, with the tutorial's settings and with others.
  public static void main(String[] arguments) {
    IO.println("the gradient as it is printed, at theta = 0.3: " + check());
    IO.println("where it leads from 0.3: " + misled());
    IO.println(
        "after %d steps, if nothing looks at the function: theta = %.6f, which has no logarithm"
            .formatted(STEPS, unnoticed()));
    print("x = 2, the tutorial's settings", tutorial());
    print("x = 2, settings that work", working());
    IO.println();
    IO.println(
        "x drawn from (0, 1) at each step, by stochastic gradient descent: theta should be 2");
    for (String optimizer : List.of(TUTORIAL_SGD, WORKING_SGD)) {
      double[] ends = stochastic(optimizer);
      IO.println(
          "  %-42s mean %.4f, from %.4f to %.4f over %d starts"
              .formatted(
                  optimizer,
                  Arrays.stream(ends).average().orElseThrow(),
                  Arrays.stream(ends).min().orElseThrow(),
                  Arrays.stream(ends).max().orElseThrow(),
                  ends.length));
    }
  }

  private static void print(String title, Map<String, String> settings) {
    IO.println();
    IO.println(title);
    settings.forEach((name, optimizer) -> {
      IO.println("  %-18s  %s".formatted(name, optimizer));
      IO.println(" ".repeat(22) + outcome(optimizer));
    });
  }

  /// The tutorial's gradient against differences.
  static DerivativeCheck check() {
    return DerivativeCheck.of(FiveMethods::value, FiveMethods::printed, new double[] {0.3});
  }

  private static double value(double[] theta) {
    return 2 * theta[0] - Math.log(theta[0]);
  }

  private static double[] printed(double[] theta) {
    return new double[] {2 / (theta[0] + Math.exp(-theta[0])) - 1};
  }

  /// What gradient descent makes of the tutorial's gradient: nothing in its program computes the
  /// function, so that it doesn't notice.
  static Minimum misled() {
    return Minimizer.of(Optimizer.parse("sgd(0.1)"))
        .withIterations(STEPS)
        .minimize(FiveMethods::value, FiveMethods::printed, new double[] {0.3});
  }

  /// Where the tutorial's own program is after its thousand steps, which never look at the
  /// function.
  static double unnoticed() {
    double[] theta = {0.3};
    OptimizerRun run = Optimizers.sgd(0.1).attach(Parameter.of("theta", theta));
    for (int step = 0; step < STEPS; step++) {
      run.step(printed(theta));
    }
    return theta[0];
  }

  /// What becomes of the starts with x = 2.
  static Outcome outcome(String optimizer) {
    int[] counts = new int[4];
    String example = "";
    for (int i = 0; i < STARTS; i++) {
      double start = (i + 0.5) / STARTS;
      double[] last = new double[3];
      Minimum end =
          Minimizer.of(Optimizer.parse(optimizer))
              .withIterations(STEPS)
              .withTolerance(0)
              .withObserver(point -> keep(last, point.point()[0]))
              .minimize(Formula.parse(FUNCTION), Map.of("theta", start));
      String what;
      if (Math.abs(last[2] - MINIMUM) <= CLOSE) {
        counts[0]++;
        continue;
      } else if (end.reason() instanceof Ending.LeftDomain) {
        counts[3]++;
        what = end.reason().toString();
      } else if (Math.abs(last[2] - last[0]) < CLOSE && Math.abs(last[2] - last[1]) > CLOSE) {
        counts[1]++;
        what = "to and fro between %.4f and %.4f".formatted(last[1], last[2]);
      } else {
        counts[2]++;
        what = "at %.4f after %d steps".formatted(last[2], STEPS);
      }
      if (example.isEmpty() || (counts[3] == 1 && end.reason() instanceof Ending.LeftDomain)) {
        example = "from %.3f: %s".formatted(start, what);
      }
    }
    return new Outcome(counts[0], counts[1], counts[2], counts[3], example);
  }

  private static void keep(double[] last, double theta) {
    last[0] = last[1];
    last[1] = last[2];
    last[2] = theta;
  }

  /// Where θ is after a thousand steps with another x at each, from each start.
  static double[] stochastic(String optimizer) {
    double[] ends = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      Philox random = Philox.of(SEED, i);
      double[] theta = {(i + 0.5) / STARTS};
      OptimizerRun run = Optimizer.parse(optimizer).attach(Parameter.of("theta", theta));
      for (int step = 0; step < STEPS; step++) {
        run.step(new double[] {random.uniformDouble(step) - 1 / theta[0]});
      }
      ends[i] = theta[0];
    }
    return ends;
  }
}
