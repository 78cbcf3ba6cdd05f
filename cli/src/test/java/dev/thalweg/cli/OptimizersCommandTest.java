package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import dev.thalweg.formula.Program;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Optimizers;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizersCommandTest {

  private static String text(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "optimizers";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    var outcome = Outcome.of(all);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return outcome.out();
  }

  private static List<Map<?, ?>> json(String... arguments) {
    var all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--format";
    all[arguments.length + 1] = "json";
    var text = text(all);
    assertThat(text).containsOnlyOnce("\n").endsWith("\n");
    return ((List<?>) java.util.Objects.requireNonNull(Json.parse(text.strip())))
        .stream().<Map<?, ?>>map(element -> (Map<?, ?>) element).toList();
  }

  static List<String> names() {
    return Optimizers.names();
  }

  @Test
  void theListHasEveryMethodWithinEightyColumns() {
    var list = text();
    for (var name : names()) {
      assertThat(list).containsPattern("(?m)^  \\Q" + name + "\\E  \\S");
    }
    for (var family : Family.values()) {
      assertThat(list).contains(family.title() + "\n\n");
    }
    assertThat(list.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
  }

  @Test
  void oneStageHasTheFormulaOfItsArguments() {
    assertThat(text("clip_norm(form=torch)", "--formula"))
        .isEqualTo("g = g * min(limit / (global_norm(g) + 1e-6), 1)\n");
    assertThat(text("trace(nesterov=true)", "--formula"))
        .isEqualTo("v = momentum * v + g\ng = g + momentum * v\n");
    assertThat(text("trace(nesterov=true)"))
        .contains("name         trace", "\nFormula (p: parameter");
    var unfinished = Outcome.of("optimizers", "clip_norm(1) | trace");
    assertThat(unfinished.exitCode()).isEqualTo(2);
    assertThat(unfinished.err()).contains("no stage moves the parameters");
  }

  @Test
  void jsonHasTheKeysOfTheContract() {
    var list = json();
    assertThat(list).extracting(method -> (Object) method.get("name")).isEqualTo(names());
    assertThat(list)
        .allSatisfy(method ->
            assertThat(method.keySet().stream().map(String::valueOf))
                .contains("name", "family", "summary", "defaults", "paper", "aliases"));
    var sgd = list.getFirst();
    assertThat(sgd.get("family")).isEqualTo("descent");
    assertThat(sgd.get("aliases")).isEqualTo(List.of("gd", "gradient_descent"));
    assertThat(sgd.get("defaults"))
        .isEqualTo(Map.of("lr", 0.01, "weight_decay", 0.0, "decay", "coupled"));
  }

  @Test
  void defaultsAreNumbersTuplesWordsAndNull() {
    assertThat(json("torch.AdamW").getFirst().get("defaults"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("betas", List.of(0.9, 0.999))
        .containsEntry("amsgrad", false);
    assertThat(json("optax.sgd").getFirst().get("defaults"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("learning_rate", null)
        .containsEntry("momentum", null);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyMethodExplainsItself(String name) {
    var details = text(name);
    assertThat(details).startsWith("name         " + name + "\n");
    assertThat(details.lines().filter(line -> !line.contains(" = ") && !line.contains("-=")))
        .allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    var formula = text(name, "--formula");
    if (!formula.startsWith("#")) {
      assertThat(Program.parse(formula)).hasToString(Program.parse(formula).toString());
      assertThat(text(name, "--latex")).startsWith("\\begin{aligned}\n");
    }
  }

  @Test
  void oneInDetail() {
    assertThat(text("torch.adagrad"))
        .isEqualTo(
            """
            name         torch.Adagrad
            summary      AdaGrad, ε outside the root, the rate falling too
            family       adaptive rates
            computes as  PyTorch 2.15.0, torch.optim
            unused rows  stay as they are: a step of an embedding costs as the rows that a
                         batch looks up

            Arguments and their defaults; a number may be a schedule:
              lr=0.01                      in [0, ∞); PyTorch's default
              lr_decay=0                   in [0, ∞); PyTorch's default
              weight_decay=0               in [0, ∞); PyTorch's default
              initial_accumulator_value=0  in [0, ∞), no schedule; PyTorch's default
              eps=1e-10                    in [0, ∞); PyTorch's default
              foreach                      accepted, without effect
              maximize=false               true or false
              differentiable=false         only this: steps that are differentiated
                                           themselves are not
              fused                        accepted, without effect

            Formula with the defaults (p: parameter, g: gradient, t: update, from 1):
              init s = initial_accumulator_value
              s = s + g^2
              p -= lr * g / (sqrt(s) + epsilon)
            """);
  }

  @Test
  void aCallShowsTheFormulaOfItsArguments() {
    assertThat(text("momentum(form=velocity, nesterov=true)", "--formula"))
        .isEqualTo(
            """
            v = momentum * v - lr * g
            p = p + (momentum * v - lr * g)
            """);
    assertThat(text("clip_norm(2) | sgd(cosine(0.1))"))
        .contains("call         clip_norm(limit=2) | sgd(lr=cosine(0.1))\n")
        .contains("with         limit=2, lr=cosine(0.1)\n")
        .endsWith(
            """
              g = g * limit / max(global_norm(g), limit)
              p = p - lr * g
            """);
    assertThat(text("rule('p -= lr * sign(g)', lr=0.1)", "--latex")).contains("\\alpha");
  }

  @Test
  void aLibraryOrAFamilyIsPartOfTheList() {
    assertThat(json("keras"))
        .extracting(method -> (Object) method.get("name"))
        .allMatch(name -> String.valueOf(name).startsWith("keras."))
        .hasSizeGreaterThan(4);
    assertThat(json("--family", "Momentum"))
        .extracting(method -> (Object) method.get("family"))
        .containsOnly("momentum");
    assertThat(text("--family", "momentum", "--formula"))
        .contains("# nesterov\nv = momentum * v + g\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamz", "torch.adammw", "admw"})
  void anUnknownNameGetsTheNearest(String name) {
    var outcome = Outcome.of("optimizers", name);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("thalweg: unknown optimizer '" + name + "' (did you mean '")
        .containsOnlyOnce("\n");
  }

  @Test
  void aWrongCallHasACaret() {
    assertThat(Outcome.of("optimizers", "adam(beta3=1)"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                """
                thalweg: unknown hyperparameter of adam 'beta3' (did you mean 'beta1'?); known: lr, \
                beta1, beta2, epsilon, epsilon_place, bias_correction, weight_decay, decay
                  adam(beta3=1)
                       ^
                """));
    assertThat(Outcome.of("optimizers", "--family", "adma").err())
        .isEqualTo(
            "thalweg: --family adma: expected descent, momentum, adaptive, adam, matrix, rate_free,"
                + " second_order or stage (did you mean 'adam'?)\n");
    assertThat(Outcome.of("optimizers", "adam", "--family", "adam").exitCode()).isEqualTo(2);
  }
}
