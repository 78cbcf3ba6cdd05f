package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Json;
import dev.thalweg.kernels.DType;
import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.Optimizer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `trajectory`: the points that an optimizer comes to along given gradients.
///
/// Everything is read and checked before anything is printed.
@CommandLine.Command(
    name = "trajectory",
    sortOptions = false,
    description = {
      "Prints where an optimizer goes along given gradients: the point after each step as JSON, a"
          + " line a step.",
      "",
      "The gradients are a JSON list with one gradient a step, shaped as the start: numbers, lists"
          + " of numbers, nested lists, or objects by parameter. Steps are counted from 1.",
      "",
      "What isn't finite is null in what is printed; in gradients it may be null, NaN or Infinity,"
          + " and is a failure; but --optimizer 'finite(policy=skip) | adam' skips such steps, and"
          + " policy=zero takes 0 for such numbers."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg trajectory --start JSON --gradients FILE [--option value]",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg trajectory --optimizer adam --start 1 --gradients - <<< '[2, 3]'")
final class TrajectoryCommand implements Command {

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      order = 1,
      description =
          "adam(lr=0.1), torch.SGD(lr=0.1, momentum=0.9), …; 'thalweg optimizers' lists them.")
  @Nullable String optimizer;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      order = 1,
      converter = Values.Rate.class,
      description =
          "The optimizer's learning rate, a number or a schedule. Default: the one in --optimizer.")
  @Nullable LearningRate rate;

  @Option(
      names = "--start",
      paramLabel = "JSON",
      order = 2,
      description = "Where to begin: 0.5, '[1, -2]', '{\"w\": [[1, 2], [3, 4]], \"b\": 0}'.")
  @Nullable String start;

  @Option(
      names = "--gradients",
      paramLabel = "FILE|-",
      order = 3,
      converter = Values.PathText.class,
      description = "A JSON list with one gradient a step; - is standard input.")
  @Nullable Path gradients;

  @Option(
      names = "--dtype",
      paramLabel = "f32|f64",
      order = 4,
      converter = Values.DTypeName.class,
      description = "The precision of parameters, gradients and state. Default: f64.")
  DType dtype = DType.F64;

  @Override
  public void run(Call call) {
    var said = given("--optimizer OPTIMIZER", optimizer);
    var text = rate == null ? said : rate.in(said, true);
    var rule = known("--optimizer", () -> Optimizer.parse(text));
    var point = point(given("--start JSON", start));
    var file = given("--gradients FILE", gradients);
    var finite = rule.onNonFinite() == NonFinite.FAIL;
    try (var steps = GradientList.read(file, call.surroundings().in(), point, dtype, finite)) {
      call.engine()
          .run(() -> {
            var trajectory =
                known("--optimizer", () -> new Trajectory(rule.over(steps.count()), point, dtype));
            trajectory.print(steps, call.surroundings().out());
          });
    }
  }

  private static <T> T given(String option, @Nullable T value) {
    if (value == null) {
      throw Failure.usage("trajectory: expected " + option + ", found none");
    }
    return value;
  }

  private Point point(String text) {
    var shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    try {
      var point = Point.of(Json.parse(text));
      point
          .notFinite(dtype)
          .ifPresent(found -> {
            throw new BadValue("expected finite numbers; the start" + found);
          });
      return point;
    } catch (FormatException e) {
      throw Failure.usage(
          "--start " + shown + ": expected JSON, as in '[1, -2]': " + e.getMessage(), e);
    } catch (BadValue e) {
      throw Failure.usage("--start " + shown + ": " + e.getMessage(), e);
    }
  }
}
