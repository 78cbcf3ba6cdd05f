package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `optimizers`: the optimizers that are found by name, or one of them in detail.
@CommandLine.Command(
    name = "optimizers",
    sortOptions = false,
    description = "Lists the optimizers, or tells what one of them is told and computes.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg optimizers [NAME] [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg optimizers 'momentum(form=velocity, nesterov=true)' --formula")
final class OptimizersCommand implements Command {

  private static final String AFTER_LIST =
      "'thalweg optimizers NAME' tells more, '--formula' what it computes. A chain is written with"
          + " |: clip_norm(1) | adamw(lr=cosine(1e-3, warmup=100)). A rule of your own:"
          + " rule('v = momentum * v + g; p -= lr * v', lr=0.1, momentum=0.9).";

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = {
        "The optimizer to tell more about: adamw, torch.SGD; 'torch', 'keras' or 'optax' for all of"
            + " that library; or a call as after --optimizer, whose formula then is that of its"
            + " arguments."
      })
  @Nullable String name;

  @Option(
      names = "--formula",
      order = 1,
      description = "The formula alone, a line an assignment: p is the parameter, g its gradient.")
  boolean formula;

  @Option(names = "--latex", order = 2, description = "The formula alone, in LaTeX.")
  boolean latex;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      order = 3,
      converter = Values.FamilyName.class,
      description =
          "Only those of a family: descent, momentum, adaptive, adam, matrix, rate_free,"
              + " second_order, stage.")
  @Nullable Family family;

  @Override
  public void run(Call call) {
    var asked = name;
    if (asked == null || isLibrary(asked)) {
      list(call, asked == null ? "" : asked.toLowerCase(Locale.ROOT) + ".");
    } else if (family != null) {
      throw Failure.usage(
          "optimizers: --family chooses from the list, expected no NAME, found '" + asked + "'");
    } else if (isCall(asked)) {
      one(call, known(() -> ofCall(asked)));
    } else {
      one(call, MethodCard.of(known(() -> Optimizers.describe(asked))));
    }
  }

  /// Of a whole optimizer, or of one stage of it, which alone moves nothing.
  private static MethodCard ofCall(String text) {
    try {
      return MethodCard.of(Optimizer.parse(text));
    } catch (IllegalArgumentException incomplete) {
      try {
        var described = Optimizers.describe(text);
        if (described.family() == Family.STAGE) {
          return MethodCard.of(described);
        }
      } catch (IllegalArgumentException unreadable) {
        incomplete.addSuppressed(unreadable);
      }
      throw incomplete;
    }
  }

  private void list(Call call, String prefix) {
    var cards =
        Optimizers.all().stream()
            .filter(method -> family == null || method.family() == family)
            .filter(method -> method.name().startsWith(prefix))
            .map(MethodCard::of)
            .toList();
    var columns = columns(call);
    var text = new StringBuilder();
    for (var each : Family.values()) {
      var members = cards.stream().filter(card -> card.method().family() == each).toList();
      if (!members.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(each.title()).append("\n\n");
        members.forEach(
            card -> text.append(formula || latex ? formulas(card) : card.entry(columns)));
      }
    }
    if (!formula && !latex) {
      text.append('\n').append(Wrapped.text("", AFTER_LIST, 0, columns));
    }
    call.print(cards.stream().map(MethodCard::json).toList(), text.toString());
  }

  private String formulas(MethodCard card) {
    return "# " + card.title() + "\n" + only(card) + "\n";
  }

  private void one(Call call, MethodCard card) {
    call.print(List.of(card.json()), formula || latex ? only(card) : card.details(columns(call)));
  }

  private String only(MethodCard card) {
    return (formula ? card.formulaText() + "\n" : "") + (latex ? card.latex() + "\n" : "");
  }

  private static int columns(Call call) {
    return Math.clamp(call.surroundings().screen().columns(), 60, 100);
  }

  private static boolean isLibrary(String name) {
    var prefix = name.toLowerCase(Locale.ROOT) + ".";
    return !name.contains(".")
        && Optimizers.names().stream().anyMatch(known -> known.startsWith(prefix));
  }

  /// Anything but a name; `rule` is none by itself.
  private static boolean isCall(String text) {
    return !text.matches("[\\w.]+") || text.equalsIgnoreCase("rule");
  }
}
