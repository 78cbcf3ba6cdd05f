package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.formula.Formula;
import dev.thalweg.optim.Curvature;
import dev.thalweg.optim.Curvature.Kind;
import dev.thalweg.optim.Ending;
import dev.thalweg.optim.Minimizer;
import dev.thalweg.optim.Minimum;
import dev.thalweg.optim.Optimizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `minimize`: follows an optimizer down a function, and shows the path, the answer, and why it
/// stopped.
///
/// Having used up its iterations is an answer: exit code 0, `converged` false. A function that has
/// no value where a step led is none: the path is shown, and the exit code is 1.
@CommandLine.Command(
    name = "minimize",
    sortOptions = false,
    description = {
      "Follows an optimizer down a function, in double precision.",
      "",
      "EXPR is made of numbers, names, + - * / ^, and functions such as exp, log, sqrt, abs, sin,"
          + " cos, tanh. The gradient is derived from it. The last point is printed, with 'stopped'"
          + " for why it is the last: the exit code is 0 although the gradient is not yet as small"
          + " as asked for, and 1 where the function has no value or grows beyond all bounds. Where"
          + " the gradient is 0 but the second derivatives show a maximum, a saddle or a flat part,"
          + " the point is called so and not the answer."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg minimize EXPR --start a=1,b=2 [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg minimize '100*(y-x^2)^2 + (1-x)^2' --start x=-1.2,y=1")
final class MinimizeCommand implements Command {

  /// Solves most functions of a few variables whose distances are between a thousandth and a
  /// hundred: see the test.
  static final String DEFAULT_OPTIMIZER = "adam(lr=0.1)";

  @Parameters(
      arity = "1",
      paramLabel = "EXPR",
      converter = Values.ExpressionText.class,
      description = "The function, for example '(theta-5)^2'.")
  String expression = "";

  @Option(
      names = "--start",
      paramLabel = "a=1,b=2",
      order = 1,
      converter = Values.StartText.class,
      description = "Where to begin: a number for each name in EXPR.")
  StartPoint start = StartPoint.NONE;

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      order = 2,
      description =
          "sgd(0.1), clip_norm(1) | momentum(0.01), adam(cosine(0.1)), …; 'thalweg optimizers'"
              + " lists them. Default: adam(lr=0.1), which solves most functions whose variables"
              + " move by less than about 100; a larger rate goes farther, a smaller one is more"
              + " careful.")
  @Nullable String optimizer;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      order = 2,
      converter = Values.Rate.class,
      description =
          "The optimizer's learning rate, a number or a schedule. Default: the one in --optimizer.")
  @Nullable LearningRate rate;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      order = 3,
      converter = Values.NaturalNumber.class,
      description = "At most; schedules without a length end there. Default: 10000.")
  long iterations = 10_000;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      order = 4,
      converter = Values.NotNegative.class,
      description = "Stop where the norm of the gradient is at most this. Default: 1e-8.")
  double tolerance = 1e-8;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      order = 5,
      converter = Values.PathText.class,
      description = "Write every iteration to a CSV file.")
  @Nullable Path path;

  @Override
  public void run(Call call) {
    var function = known(() -> Formula.parse(expression));
    checkStart(function);
    var minimizer =
        known(
            "--optimizer",
            () ->
                Minimizer.of(Optimizer.parse(rule()).over(Math.max(1, iterations)))
                    .withIterations(iterations)
                    .withTolerance(tolerance));
    known(
        "--optimizer",
        () -> {
          minimizer.check(function);
          return minimizer;
        });
    var answer = call.engine().call(() -> minimize(minimizer, function));
    var sentence = sentence(answer.reason());
    call.print(
        json(function, minimizer, answer, sentence), text(call, minimizer, answer, sentence));
    if (answer.reason() instanceof Ending.LeftDomain
        || answer.reason() instanceof Ending.Diverged) {
      throw Failure.working("minimize: " + sentence);
    }
  }

  private Minimum minimize(Minimizer minimizer, Formula function) {
    return path == null
        ? minimizer.minimize(function, start.values())
        : PathFile.writing(
            path,
            function.variables(),
            observer -> minimizer.withObserver(observer).minimize(function, start.values()));
  }

  private String rule() {
    var text = optimizer == null ? DEFAULT_OPTIMIZER : optimizer;
    return rate == null ? text : rate.in(text, optimizer != null);
  }

  private void checkStart(Formula function) {
    var variables = function.variables();
    if (variables.isEmpty()) {
      throw Failure.usage("there is nothing to minimise: " + expression + " has no variable");
    }
    known("--start", () -> start.checkedFor(variables));
  }

  private static String sentence(Ending reason) {
    return switch (reason) {
      case Ending.LeftDomain(long iteration, String complaint) when iteration == 0 ->
          "iteration 0, the start, is outside the domain of the function: " + complaint;
      default -> reason.toString();
    };
  }

  private static String word(Ending reason) {
    return switch (reason) {
      case Ending.Converged _ -> "tolerance";
      case Ending.Iterations _ -> "iterations";
      case Ending.Stalled _ -> "stalled";
      case Ending.LeftDomain _ -> "left_domain";
      case Ending.Diverged _ -> "diverged";
    };
  }

  private Map<String, @Nullable Object> json(
      Formula function, Minimizer minimizer, Minimum answer, String sentence) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("x", answer.byName());
    json.put("value", answer.value());
    json.put("gradient_norm", answer.gradientNorm());
    json.put("iterations", answer.iterations());
    json.put("evaluations", answer.evaluations());
    json.put("converged", answer.converged());
    json.put("stopped_because", word(answer.reason()));
    json.put("message", sentence);
    json.put("curvature", answer.curvature().map(found -> found.kind().toString()).orElse(null));
    json.put("eigenvalues", answer.curvature().map(Curvature::eigenvalues).orElse(null));
    json.put("function", function.toString());
    json.put("optimizer", minimizer.optimizer().toString());
    json.put("path", path == null ? null : path.toString());
    return json;
  }

  /// What the last point is called: a gradient of 0 is no answer by itself.
  private static String name(Minimum answer) {
    if (!answer.converged()) {
      return "last point";
    }
    return switch (answer.curvature().map(Curvature::kind).orElse(Kind.MINIMUM)) {
      case MINIMUM -> "answer";
      case MAXIMUM -> "maximum";
      case SADDLE -> "saddle";
      case FLAT -> "flat point";
    };
  }

  private String text(Call call, Minimizer minimizer, Minimum answer, String sentence) {
    var width = Math.clamp(call.surroundings().screen().columns(), 60, 110);
    var table = new Table();
    var name = name(answer);
    for (var variable : answer.byName().entrySet()) {
      table.row(name, variable.getKey() + " = " + Numbers.text(variable.getValue()));
      name = "";
    }
    table
        .row("value", Numbers.text(answer.value()))
        .row("gradient norm", Numbers.shortText(answer.gradientNorm()))
        .row(
            "iterations",
            String.format(
                Locale.ROOT,
                "%,d (%,d evaluation%s)",
                answer.iterations(),
                answer.evaluations(),
                answer.evaluations() == 1 ? "" : "s"))
        .row("optimizer", minimizer.optimizer().toString())
        .row("stopped", answer.converged() ? sentence : "not converged: " + sentence);
    answer
        .curvature()
        .filter(found -> found.kind() != Kind.MINIMUM)
        .ifPresent(found -> table.row("curvature", found.toString()));
    if (path != null) {
      table.row("path", path.toString());
    }
    return PathTable.text(answer.variables(), answer.path(), width) + "\n" + table;
  }
}
