package dev.thalweg.cli;

import dev.thalweg.optim.Description;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Optimizers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// `docs/optimizers.md`, made from the table of methods.
final class OptimizerPage {

  private static final String BEGINNING =
      """
      # Optimizers

      This page is made from the table of methods that the library computes by; a test fails when the two differ. `./thalweg optimizers NAME` prints an
      entry, `./thalweg optimizers NAME --latex` its formula.

      In a formula `p` is a parameter, `g` its gradient, `t` the number of the update counted from 1. A name that is read before it is assigned is state, and
      begins at 0 where nothing else is said; one that is never assigned is an argument, a number or a [schedule](#schedules). `lerp(a, b, w)` is
      a + w (b − a). The formula of an entry is the one of its defaults; an argument that chooses a convention chooses another formula, which
      `./thalweg optimizers 'momentum(form=velocity)' --formula` prints.

      A chain is written with `|`, from the gradient to the step: `clip_norm(1) | adamw(lr=cosine(1e-3, warmup=100))`. In Java it is
      `clipNorm(1).then(adamw(cosine(1e-3).withWarmup(100)))`, or `Optimizer.parse` of the text. What changes the gradient stands before the
      rule, and is refused behind it; what moves the parameters (`decay`) may stand on either side.

      Behind a chain stand groups of parameters for which something is otherwise, by name (`*` stands for any characters) or number of dimensions:
      `adamw(lr=1e-3) for 'head.*': lr=1e-2; for rank<2: weight_decay=0`, or with another rule: `muon(0.02) for rank<2 or 'embed*': adamw(3e-4)`. In Java
      it is `muon.where(ParameterSelector.rankBelow(2), adamw(3e-4))`. A stage before the rule is the same for all parameters, whose norm it takes together.

      `…` in a formula stands for all that follows in the chain, around which the stage is, and `move` for what that has added to `p`; `g = gradient(p)` asks for the gradient where the parameter is
      then; `value` is what is minimised, where the step begins. A stage that is around others, or asks, may be written around them: `sam(sgd(lr=0.1), rho=0.05)`
      is `sam(rho=0.05) | sgd(lr=0.1)`. What asks needs the function, as in `train` and `minimize`, or in Java `run.step(objective)`, not gradients alone.

      A method for matrices calls functions of whole arrays, such as `newton_schulz(x, steps, a, b, c)`, the polynomial aX + bAX + cA²X, A = XXᵀ, of the
      singular values, so many times. A matrix has as many `columns` as the last dimension of a parameter has, and as many `rows` as the others together.
      """;

  private static final String LIBRARIES =
      """
      ## Other libraries' own calls

      The argument names, defaults and formulas of the named version. Arguments that only choose how that library computes are accepted and left out here.
      A call may stand as it does in Python: `torch.optim.SGD(model.parameters(), lr=0.1)`, `optax.chain(optax.clip(1.0), optax.trace(0.9), optax.scale(-0.1))`.
      """;

  private static final String SCHEDULES =
      """
      ## Schedules

      Any number that an optimizer is told may change with the update: `--optimizer 'adamw(lr=cosine(1e-3, warmup=100))'`. Step 0 is the first update.

      TABLE

      A warm-up of n steps has an n-th of the value at step 0 and all of it at step n − 1. With a `start` it begins there and has all of the value at step n, as in Optax
      and Keras: with `start=0` the first update moves nothing.

      Where a length `steps` is left out, it is the run's; it includes the warm-up. Other libraries' schedules are read by their own calls, as in
      `torch.StepLR(lr=0.1, step_size=30)`, `keras.ExponentialDecay(…)`, `optax.warmup_cosine_decay_schedule(…)`.
      """;

  private OptimizerPage() {}

  /// The whole page.
  ///
  /// @param schedules the rows of the table of schedules
  static String text(List<String> schedules) {
    var all = Optimizers.all();
    var page = new StringBuilder(BEGINNING);
    page.append("\n| name | what it does | source |\n|---|---|---|\n");
    for (var method : all) {
      page.append(
          "| [`%s`](#%s) | %s | %s |\n"
              .formatted(method.name(), anchor(method), method.summary(), method.paper()));
    }
    for (var family : Family.values()) {
      page.append("\n## ").append(heading(family)).append('\n');
      all.stream()
          .filter(method -> method.family() == family && !isLibrarys(method))
          .forEach(method -> page.append(entry(method)));
    }
    page.append('\n').append(LIBRARIES);
    all.stream().filter(OptimizerPage::isLibrarys).forEach(method -> page.append(entry(method)));
    return page.append('\n')
        .append(SCHEDULES.replace("TABLE", String.join("\n", schedules)))
        .toString();
  }

  private static boolean isLibrarys(Description method) {
    return method.name().contains(".");
  }

  private static String heading(Family family) {
    return family.title().substring(0, 1).toUpperCase(Locale.ROOT) + family.title().substring(1);
  }

  /// As GitHub makes it of a heading.
  private static String anchor(Description method) {
    return method.name().toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "");
  }

  private static String entry(Description method) {
    var entry = new StringBuilder("\n### " + method.name() + "\n\n");
    var also =
        method.aliases().isEmpty()
            ? ""
            : " Also called "
                + method.aliases().stream()
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(", "))
                + ".";
    entry.append("%s. %s.%s\n".formatted(capital(method.summary()), method.paper(), also));
    method
        .formula()
        .ifPresent(formula -> {
          entry.append("\n```\n").append(formula.text().strip()).append("\n```\n");
          if (!isLibrarys(method)) {
            entry.append("\n```math\n").append(formula.latex()).append("\n```\n");
          }
        });
    var arguments = method.arguments().stream().filter(ArgumentText::isMeant).toList();
    if (!arguments.isEmpty()) {
      entry.append(
          "\n| argument | default | values and where the default comes from |\n|---|---|---|\n");
      arguments.forEach(argument -> entry.append(row(argument)));
    }
    return entry.toString();
  }

  private static String row(Hyperparameter argument) {
    var assignment = ArgumentText.assignment(argument);
    var equals = assignment.indexOf('=');
    var value = equals < 0 ? "" : "`" + assignment.substring(equals + 1) + "`";
    return "| `%s` | %s | %s |\n"
        .formatted(argument.name(), value, ArgumentText.explanation(argument));
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
