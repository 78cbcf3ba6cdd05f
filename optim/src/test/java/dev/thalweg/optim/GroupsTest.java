package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adamw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.Values;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {
  private static final int STEPS = 5;

  /// A network's parameters: a matrix and a vector of a body and of a head.
  private static final class Network {
    final List<Parameter> parameters;

    Network() {
      var random = new SplittableRandom(3);
      parameters =
          List.of(
              parameter(random, "body.weight", 3, 4),
              parameter(random, "body.bias", 4),
              parameter(random, "head.weight", 4, 2),
              parameter(random, "head.bias", 2));
    }

    private static Parameter parameter(SplittableRandom random, String name, int... shape) {
      int size = 1;
      for (int n : shape) {
        size *= n;
      }
      return Parameter.of(name, shape, random.doubles(size, -1, 1).toArray());
    }

    double[] values(int i) {
      return parameters.get(i).values().doubles();
    }

    /// Gradients of some step.
    List<Parameter> gradients(int step) {
      var random = new SplittableRandom(100 + step);
      return parameters.stream().map(p -> parameter(random, p.name(), p.dimensions())).toList();
    }

    Network after(String optimizer) {
      OptimizerRun run = Optimizer.parse(optimizer).attach(parameters);
      for (int t = 0; t < STEPS; t++) {
        run.step(gradients(t));
      }
      return this;
    }
  }

  @Test
  void eachParameterMovesAsByTheOptimizerOfItsGroups() {
    Network grouped =
        new Network()
            .after(
                "adamw(lr=0.1, weight_decay=0.5) for 'head.*': lr=0.01; for rank<2:"
                    + " weight_decay=0");
    List<String> alone =
        List.of(
            "adamw(lr=0.1, weight_decay=0.5)",
            "adamw(lr=0.1, weight_decay=0)",
            "adamw(lr=0.01, weight_decay=0.5)",
            "adamw(lr=0.01, weight_decay=0)");
    for (int i = 0; i < alone.size(); i++) {
      assertThat(grouped.values(i)).isEqualTo(new Network().after(alone.get(i)).values(i));
    }
  }

  @Test
  void anotherRuleMovesWhatItIsFor() {
    Network grouped = new Network().after("muon(0.02) for rank<2 or 'head.*': adamw(0.003)");
    Network adam = new Network().after("adamw(0.003)");
    for (int i = 1; i < 4; i++) {
      assertThat(grouped.values(i)).isEqualTo(adam.values(i));
    }
    assertThat(grouped.values(0)).isNotEqualTo(adam.values(0));
  }

  /// The norm of all gradients is that of all groups: a group that changes nothing changes nothing.
  @Test
  void whatStandsBeforeTheRuleSeesAllParameters() {
    String front = "clip_norm(0.3) | trace(0.5) | ";
    Network grouped = new Network().after(front + "adamw(lr=0.1) for 'head.*': lr=0.1");
    Network whole = new Network().after(front + "adamw(lr=0.1)");
    for (int i = 0; i < 4; i++) {
      assertThat(grouped.values(i)).containsExactly(whole.values(i), within(1e-12));
    }
    Network unclipped = new Network().after("trace(0.5) | adamw(lr=0.1) for 'head.*': lr=0.1");
    assertThat(unclipped.values(0)).isNotEqualTo(whole.values(0));
  }

  @Test
  void gradientsThatAreClippedForGroupsStayAsTheyAre() {
    var network = new Network();
    OptimizerRun run =
        Optimizer.parse("clip_norm(0.01) | sgd(0.1) for rank<2: lr=0.2").attach(network.parameters);
    List<Parameter> gradients = network.gradients(0);
    double[] before = gradients.getFirst().values().doubles().clone();
    run.step(gradients);
    assertThat(gradients.getFirst().values().doubles()).isEqualTo(before);
  }

  @Test
  void aGroupMayDecayItsScheduleMayEndWithTheTraining() {
    Optimizer optimizer =
        Optimizer.parse("sgd(lr=0.1) for 'head.*': lr=cosine(1); for 'body.*': adam(cosine(0.1))");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.attach(new Network().parameters))
        .withMessageContaining("has no length");
    OptimizerRun run = optimizer.over(10).attach(new Network().parameters);
    assertThat(run.optimizer().toString()).contains("cosine(1, steps=10)", "cosine(0.1, steps=10)");
  }

  @Test
  void aRunGoesOnWhereItWasSaved() {
    String text =
        "clip_norm(0.3) | trace(0.5) | muon(0.02) for rank<2: adamw(0.01); for 'head.weight':"
            + " nadam(0.02)";
    Network straight = new Network().after(text);
    var network = new Network();
    OptimizerRun run = Optimizer.parse(text).attach(network.parameters);
    for (int t = 0; t < STEPS; t++) {
      OptimizerState state = run.state();
      assertThat(state.slots())
          .containsKeys("body.weight.m", "head.bias.v", "head.bias.before.v", "product");
      run = Optimizer.parse(text).attach(network.parameters);
      run.restore(state);
      run.step(network.gradients(t));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(network.values(i)).isEqualTo(straight.values(i));
    }
  }

  @Test
  void slotsAreThoseOfThePart() {
    var network = new Network();
    OptimizerRun run = Optimizer.parse("sgd(0.1) for rank<2: adam(0.1)").attach(network.parameters);
    run.step(network.gradients(0));
    assertThat(run.slots()).containsExactly("m", "v");
    Values m = run.slot("m", network.parameters.get(1));
    assertThat(m.doubles()[0])
        .isCloseTo(0.1 * network.gradients(0).get(1).values().doubles()[0], within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.slot("m", network.parameters.getFirst()))
        .withMessage("sgd: parameter body.weight has no slot m; its slots: ");
  }

  @Test
  void aWrongScheduleInOneGroupMovesNone() {
    var network = new Network();
    double[] before = network.values(0).clone();
    OptimizerRun run =
        adamw(0.1)
            .where(
                ParameterSelector.rankBelow(2),
                it -> it.withLearningRate(Schedule.of("mine", t -> -1.0)))
            .attach(network.parameters);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.step(network.gradients(0)))
        .withMessageContaining("lr must lie in");
    assertThat(network.values(0)).isEqualTo(before);
    assertThat(run.steps()).isZero();
  }

  @Test
  void groupsInJavaAreThoseOfTheText() {
    Optimizer optimizer =
        adamw(1e-3)
            .where(ParameterSelector.name("head.*"), it -> it.withLearningRate(0.01))
            .where(ParameterSelector.rankBelow(2), it -> it.withWeightDecay(0))
            .where(
                ParameterSelector.rank(4).or(ParameterSelector.rankAtLeast(6)),
                Optimizers.sgd(0.1));
    assertThat(optimizer)
        .hasToString(
            "adamw(lr=0.001) for 'head.*': lr=0.01; for rank<2: weight_decay=0; for rank==4 or"
                + " rank>=6: sgd(lr=0.1)");
    assertThat(Optimizer.parse(optimizer.toString())).isEqualTo(optimizer);
    assertThat(optimizer.withBeta1(0.8).toString()).startsWith("adamw(lr=0.001, beta1=0.8) for ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adamw(1e-3).where(ParameterSelector.rank(1), it -> it))
        .withMessage("optimizer: the group for rank==1 changes nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'h*'           | head.bias  | true
          'h*s'          | head.bias  | true
          '*.bias'       | head.bias  | true
          'head'         | head.bias  | false
          'head.bia?'    | head.bias  | true
          'head.bias?'   | head.bias  | false
          '*e*a*s*'      | head.bias  | true
          '*b*b*'        | head.bias  | false
          '*'            | head.bias  | true
          """)
  void aStarStandsForAnyCharacters(String glob, String name, boolean matches) {
    var selector = ParameterSelector.name(glob.replace("'", ""));
    assertThat(selector.matches(Parameter.of(name, new float[1]))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(lr=0.1) for rank<2: lr=0.2",
        "sgd(lr=0.1) for rank<=1: lr=0.2",
        "sgd(lr=0.1)   for  rank < 2 :lr=0.2 ;",
        "sgd(0.1) for rank<2: lr = 0.2",
      })
  void blanksMeanNothing(String text) {
    assertThat(Optimizer.parse(text)).hasToString("sgd(lr=0.1) for rank<2: lr=0.2");
  }

  @Test
  void theWordForMayStandInARule() {
    String text = "rule('p -= lr * g # for rank<2: all', lr=0.1)";
    assertThat(Optimizer.chainOf(text)).isEqualTo(text);
    assertThat(Optimizer.chainOf("sgd(0.1) for 'a': lr=1")).isEqualTo("sgd(0.1) ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sgd(0.1) for 'tail.*': lr=1 | optimizer: no parameter is in the group 'for 'tail.*''; parameters: body.weight, body.bias, head.weight, head.bias
          sgd(0.1) for 'head.*': lr=1; for rank<2: lr=2 | optimizer: parameter head.bias is in two groups that say the same, 'for 'head.*'' and 'for rank<2'
          sgd(0.1) for 'head.*': adam(0.1); for rank<2: lr=2 | optimizer: parameter head.bias is in two groups that say the same, 'for 'head.*'' and 'for rank<2'
          muon(0.1) | muon is a method for matrices, and parameter body.bias has shape [4]
          torch.Muon(0.1) | torch.Muon moves matrices only, and parameter body.bias has shape [4]
          dog(1) for rank<2: lr=2 | dog: a rule with a number over all parameters can't be one of several in groups
          """)
  void whatCannotBeIsSaidWhenItIsAttached(String text, String sentence) {
    Optimizer optimizer = Optimizer.parse(text);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.attach(new Network().parameters))
        .withMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clip_norm(1) @ sgd(0.1) for rank<2: limit=2 | clip_norm stands before the rule and is the same for all parameters
          sgd(0.1) for rank<2: rate=2 | unknown hyperparameter of sgd 'rate'
          sgd(0.1) for rank<2: lr=-2 | lr must lie in (0, ∞), found -2
          sgd(0.1) for rank<2: momentun(0.1) | did you mean
          sgd(0.1) for rank<2: | expected settings or a rule for rank<2, found nothing
          sgd(0.1) for weight: lr=2 | expected a name in quotes, or rank<2 and the like, after for
          sgd(0.1) for rank: lr=2 | expected a rank, as in rank<2
          sgd(0.1) for rank!2: lr=2 | expected a rank, as in rank<2
          sgd(0.1) for rank<2 and 'a': lr=2 | expected ':' or 'or' behind rank<2
          sgd(0.1) for rank<2 | a group is written for SELECTOR: name=value
          sgd(0.1) for '': lr=2 | a selector must be a name without quotes
          """)
  void aTextThatIsNoneIsSaidWithACaret(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse(text.replace('@', '|')))
        .withMessageContaining(sentence);
  }
}
