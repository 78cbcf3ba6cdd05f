package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// (θ − 5)² by each of the formulas that are called momentum, each with Nesterov's look ahead too.
///
/// Under a constant rate all five take the same path, if their rates are those of one rule. Under a
/// rate that falls they part in two: trace, averaged and two rates multiply the whole of the past
/// by the rate of the moment; velocity and heavy ball keep each gradient at the rate of its own
/// step.
///
/// Run it with `examples/run MomentumForms`.
public final class MomentumForms {

  private static final double RATE = 0.1;
  private static final double MOMENTUM = 0.9;
  private static final double TOLERANCE = 1e-8;

  /// When the two kinds are compared: the rate has fallen three times then.
  private static final long COMPARED_AFTER = 40;

  private MomentumForms() {}

  /// What a form does.
  ///
  /// @param form the formula
  /// @param optimizer with a constant rate
  /// @param answer of the way down to a gradient of 1e-8
  /// @param fallen θ after 40 steps under a rate that is halved every 10 steps
  record Row(MomentumForm form, Optimizer optimizer, Minimum answer, double fallen) {}

  /// Prints the table.
  public static void main(String[] arguments) {
    IO.println(
        "(theta - 5)^2 from theta = 0: steps to a gradient of 1e-8, and how far theta is off;");
    IO.println("then theta after 40 steps under a rate that is halved every 10 steps");
    IO.println();
    for (Row row : table()) {
      IO.println(
          "%-67s %4d steps  %7.1e   %.6f"
              .formatted(
                  row.optimizer(),
                  row.answer().iterations(),
                  Math.abs(row.answer().point("theta") - 5),
                  row.fallen()));
      IO.println("    " + String.join("; ", row.optimizer().formula().toString().split("\n")));
    }
  }

  /// The five forms, then the five with the gradient taken ahead.
  static List<Row> table() {
    var rows = new ArrayList<Row>();
    for (boolean nesterov : new boolean[] {false, true}) {
      for (MomentumForm form : MomentumForm.values()) {
        rows.add(row(form, nesterov));
      }
    }
    return rows;
  }

  private static Row row(MomentumForm form, boolean nesterov) {
    double rate = rate(form);
    Optimizer constant = optimizer(form, nesterov).withLearningRate(rate);
    Optimizer falling = optimizer(form, nesterov).withLearningRate(Schedule.step(rate, 0.5, 10));
    return new Row(
        form,
        constant,
        down(Minimizer.of(constant).withTolerance(TOLERANCE)),
        down(Minimizer.of(falling).withIterations(COMPARED_AFTER)).point("theta"));
  }

  private static Minimum down(Minimizer minimizer) {
    return minimizer.minimize(Formula.parse("(theta-5)^2"), Map.of("theta", 0.0));
  }

  private static Optimizer optimizer(MomentumForm form, boolean nesterov) {
    Optimizer optimizer = Optimizers.momentum(RATE, MOMENTUM).withForm(form).withNesterov(nesterov);
    return form == MomentumForm.TWO_RATES ? optimizer.with("gradient_rate", 0.5) : optimizer;
  }

  /// The rate with which a form takes the path of the others.
  private static double rate(MomentumForm form) {
    return switch (form) {
      case TRACE, VELOCITY, HEAVY_BALL -> RATE;
      case AVERAGED -> 1; // RATE / (1 - MOMENTUM)
      case TWO_RATES -> RATE / 0.5;
    };
  }
}
