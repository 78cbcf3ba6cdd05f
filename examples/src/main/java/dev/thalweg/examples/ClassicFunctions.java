package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

import dev.thalweg.optim.Parameter;

/// Every method of this library on the classic functions of two numbers, and methods for matrices
/// on one of a matrix: in how many steps the value has come down to a ten-thousandth of what it was
/// above the minimum, by the best of nine rates; where it never does, how far it came in 2,000.
///
/// It writes `docs/functions.md`, which a test holds to what the methods do:
///
/// ```
/// examples/run ClassicFunctions > docs/functions.md
/// ```
public final class ClassicFunctions {
  /// What is minimised.
  ///
  /// @param formula of `x` and `y`
  /// @param x where it begins
  /// @param y where it begins
  /// @param about what is known of it
  record Classic(String name, String formula, double x, double y, String about) {}

  /// All have the least value 0.
  static final List<Classic> FUNCTIONS =
      List.of(
          new Classic("sphere", "x^2 + y^2", 3, -2, "round"),
          new Classic(
              "ellipse", "x^2 + 100*y^2", 3, -2, "a hundred times as steep across as along"),
          new Classic("Rosenbrock", "(1-x)^2 + 100*(y-x^2)^2", -1.2, 1, "a bent valley"),
          new Classic(
              "Beale",
              "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2",
              1,
              1,
              "flat far out, steep in the corners"),
          new Classic(
              "Himmelblau", "(x^2+y-11)^2 + (x+y^2-7)^2", 0, 0, "four minima, all of them 0"),
          new Classic("Booth", "(x+2*y-7)^2 + (2*x+y-5)^2", -5, 5, "a slanted bowl"),
          new Classic(
              "Rastrigin",
              "20 + x^2 + y^2 - 10*cos(2*pi*x) - 10*cos(2*pi*y)",
              2.2,
              -1.3,
              "a bowl full of hollows: who goes down stays in the nearest"));

  private static final double[] RATES = {3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003};
  private static final int MOST = 2_000;
  private static final double PART = 1e-4;

  /// What a method did.
  ///
  /// @param rate the best
  /// @param steps until the value was there; negative where it never was
  /// @param left the least value that it saw, of one at the start
  private record Result(double rate, int steps, double left) {}

  private ClassicFunctions() {}

  /// Writes the page.
  public static void main(String[] arguments) {
    IO.print(page((_, _) -> RATES));
  }

  /// The rates that a method is tried with on a function.
  interface Rates {
    double[] of(String method, String function);
  }

  /// The page, by these rates: those of [#read] or all.
  static String page(Rates rates) {
    var out = new StringBuilder();
    out.append(
        """
        # Methods on classic functions

        In how many steps each method brings the value down to a ten-thousandth of what it was at the start, and in parentheses the rate, the best
        of 3, 1, 0.3, 0.1 … 0.0003; all else is the method's default, but no weights decay. Where none of the rates does within 2,000 steps: –, and
        what part of the value is left in the best case. The value is the one where the method takes its gradients; those of the last
        family take several a step.

        Written by `examples/run ClassicFunctions > docs/functions.md`; a test runs each method with its rate and compares.

        | function | from | |
        |---|---|---|
        """);
    for (Classic function : FUNCTIONS) {
      out.append(
          "| %s: `%s` | %s, %s | %s |\n"
              .formatted(
                  function.name,
                  function.formula,
                  number(function.x),
                  number(function.y),
                  function.about));
    }
    out.append(
        """
        | matrix: ½‖A(X − C)‖², X of 4×3, A diagonal | 0 | for methods of matrices; A² is 1, 3, 10, 30 |

        What to see: only noise or luck leaves the hollows of Rastrigin's function: who arrives there took a rate that jumps across them. Signs
        and normalised steps are as long at the end as at the start, so that their rate is how near they come. A rate that only falls
        (AdaGrad and its kin) wants to begin large. Methods that find their rate begin with the one that stands in parentheses as a factor.
        """);
    Family family = null;
    for (Description method : methods()) {
      if (method.family() != family) {
        family = method.family();
        List<String> columns = columns(family);
        out.append("\n## %s\n\n| |".formatted(title(family)));
        columns.forEach(column -> out.append(" %s |".formatted(column)));
        out.append("\n|---|").append("--:|".repeat(columns.size())).append('\n');
      }
      out.append("| `%s` |".formatted(method.name()));
      for (String column : columns(family)) {
        double[] tried =
            hasRate(method) ? rates.of(method.name(), column) : new double[] {Double.NaN};
        Result best = best(method, column, tried);
        out.append(" %s |".formatted(cell(best)));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /// The rates of the cells of a page; 1 where a method is not tried.
  static Rates read(String page) {
    var read = new HashMap<String, Double>();
    List<String> columns = List.of();
    for (String line : page.lines().filter(each -> each.startsWith("| ")).toList()) {
      List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
      if (cells.get(1).isEmpty()) {
        columns = cells;
      } else if (cells.get(1).startsWith("`")) {
        for (int i = 2; i < cells.size() - 1; i++) {
          String cell = cells.get(i);
          if (cell.endsWith(")")) {
            String rate = cell.substring(cell.indexOf('(') + 1, cell.length() - 1);
            read.put(cells.get(1) + columns.get(i), Double.valueOf(rate));
          }
        }
      }
    }
    return (method, function) ->
        new double[] {read.getOrDefault("`" + method + "`" + function, 1.0)};
  }

  /// This library's own methods by family, without stages, and without the one that draws answers
  /// from a model.
  static List<Description> methods() {
    return Optimizers.all().stream()
        .filter(method -> method.family() != Family.STAGE)
        .filter(method -> !method.name().contains(".") && !method.name().equals("sophia_g"))
        .sorted(Comparator.comparing(Description::family))
        .toList();
  }

  private static String title(Family family) {
    String title = family.title();
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private static List<String> columns(Family family) {
    return family == Family.MATRIX
        ? List.of("matrix")
        : FUNCTIONS.stream().map(Classic::name).toList();
  }

  private static String cell(Result result) {
    String rate = Double.isNaN(result.rate) ? "" : " (" + number(result.rate) + ")";
    return result.steps >= 0
        ? result.steps + rate
        : Double.isNaN(result.left) ? "no sum of squares" : "– %.2g%s".formatted(result.left, rate);
  }

  private static String number(double value) {
    return Expression.number(value).toString();
  }

  /// What the best of some rates does: the fewest steps, or the least that is left.
  private static Result best(Description method, String function, double[] rates) {
    Result best = new Result(rates[0], -1, Double.NaN);
    for (double rate : rates) {
      Result result = function.equals("matrix") ? matrix(method, rate) : of(method, function, rate);
      boolean better =
          best.steps >= 0
              ? result.steps >= 0 && result.steps < best.steps
              : result.steps >= 0 || !(result.left >= best.left);
      best = better ? result : best;
    }
    return best;
  }

  private static boolean hasRate(Description method) {
    return method.arguments().stream().anyMatch(a -> a.name().equals("lr"));
  }

  private static Optimizer optimizer(Description method, double rate) {
    Optimizer plain = Optimizer.parse(method.name());
    Optimizer optimizer = hasRate(method) ? plain.withLearningRate(rate) : plain;
    boolean decays = method.arguments().stream().anyMatch(a -> a.name().equals("weight_decay"));
    return decays ? optimizer.withWeightDecay(0) : optimizer;
  }

  private static Result of(Description method, String name, double rate) {
    Classic function =
        FUNCTIONS.stream().filter(f -> f.name.equals(name)).findFirst().orElseThrow();
    Formula formula = Formula.parse(function.formula);
    Minimizer minimizer =
        Minimizer.of(optimizer(method, rate))
            .withIterations(MOST)
            .withTolerance(1e-6)
            .withRecorded(Recorded.ALL);
    try {
      minimizer.check(formula);
    } catch (IllegalArgumentException e) {
      return new Result(rate, -1, Double.NaN);
    }
    var start = Map.of("x", function.x, "y", function.y);
    return result(
        rate,
        minimizer.minimize(formula, start).path().stream().mapToDouble(PathPoint::value).toArray());
  }

  private static Result result(double rate, double[] values) {
    double least = 1;
    for (int step = 0; step < values.length; step++) {
      double left = values[step] / values[0];
      if (left <= PART) {
        return new Result(rate, step, left);
      }
      least = Math.min(least, left);
    }
    return new Result(rate, -1, least);
  }

  /// ½‖A(X − C)‖², C of numbers near ±1.
  private static Result matrix(Description method, double rate) {
    double[] x = new double[12];
    double[] g = new double[12];
    double[] curvature = {1, 3, 10, 30};
    OptimizerRun run = optimizer(method, rate).attach(Parameter.of("x", new int[] {4, 3}, x));
    double[] values = new double[MOST + 1];
    for (int step = 0; step <= MOST; step++) {
      for (int i = 0; i < x.length; i++) {
        g[i] = curvature[i / 3] * (x[i] - Math.cos(i * i));
        values[step] += g[i] * (x[i] - Math.cos(i * i)) / 2;
      }
      run.step(g);
    }
    return result(rate, values);
  }
}
