package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.optim.around.Finite;
import dev.thalweg.optim.rule.Arguments;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenTest {
  static final double TOLERANCE_F32 = 1e-5;

  @TestFactory
  List<DynamicTest> everyTextFollowsItsLibrary() {
    return GoldenCase.all().stream()
        .map(golden ->
            DynamicTest.dynamicTest(
                golden.trajectory() + ": " + golden.text(), () -> check(golden)))
        .toList();
  }

  private static void check(GoldenCase golden) {
    if (golden.isRefused()) {
      assertThatThrownBy(golden::optimizer).hasMessageContaining(" is not supported: ");
      return;
    }
    Optimizer optimizer = golden.optimizer();
    assertThat(golden.error(optimizer, optimizer.chain(), false))
        .as("F64, %s\n%s", golden.library(), optimizer.formula())
        .isLessThanOrEqualTo(golden.tolerance());
    assertThat(golden.error(optimizer, optimizer.chain(), true))
        .as("F32, %s\n%s", golden.library(), optimizer.formula())
        .isLessThanOrEqualTo(
            Math.max(golden.tolerance(), Math.max(TOLERANCE_F32, 4 * golden.single())));
  }

  @Test
  void theSchedulesOfTheRatesAreTheListsThatWereExecuted() {
    assertThat(GoldenCase.INPUTS.rates()).containsOnlyKeys("drop", "zigzag");
    GoldenCase.INPUTS
        .rates()
        .forEach((name, rates) -> {
          Schedule schedule = Schedule.parse(rates.text());
          assertThat(LongStream.range(0, 64).mapToDouble(schedule::at))
              .as(name)
              .containsExactly(Arrays.stream(rates.values()).boxed().toArray(Double[]::new));
        });
  }

  /// Of [GoldenCase] and [MatrixGolden].
  private static List<Optimizer> everyText() {
    var all = new ArrayList<Optimizer>();
    for (GoldenCase golden : GoldenCase.all()) {
      if (!golden.isRefused()) {
        Optimizer optimizer = golden.optimizer();
        all.add(optimizer);
        optimizer.groups().stream()
            .flatMap(group -> Stream.ofNullable(group.other()))
            .forEach(all::add);
      }
    }
    MatrixGolden.all().forEach(golden -> all.add(golden.optimizer()));
    return all;
  }

  @Test
  void everyMethodIsThere() {
    GoldenCase.assumeAll();
    List<String> tested =
        everyText().stream()
            .flatMap(optimizer -> optimizer.stages().stream())
            .map(stage -> stage.method().name())
            .distinct()
            .toList();
    List<String> computing =
        Methods.all().stream()
            .filter(method -> !method.name().equals(Finite.NAME))
            .filter(method -> !EveryRule.asks(method)) // AskingGoldenTest has these
            .map(Method::name)
            .toList();
    assertThat(tested).containsExactlyInAnyOrderElementsOf(computing);
  }

  /// A method in the table without golden values for each of its conventions fails here: each
  /// switch and choice in each position, each number with two values.
  @Test
  void everyConventionOfEveryMethodIsThere() {
    GoldenCase.assumeAll();
    Map<String, Set<String>> seen = new HashMap<>();
    for (Optimizer optimizer : everyText()) {
      for (Stage stage : optimizer.stages()) {
        stage
            .settings()
            .values()
            .forEach((argument, value) ->
                seen.computeIfAbsent(
                        stage.method().name() + ": " + argument, name -> new HashSet<>())
                    .add(value.toString()));
      }
    }
    var missing = new ArrayList<String>();
    for (Method method : Methods.all()) {
      if (method.name().equals(Finite.NAME) || EveryRule.asks(method)) {
        continue;
      }
      Settings standard = Settings.defaults(method.arguments());
      Set<String> base =
          method.rule() instanceof Renamed
                  || method.name().equals("keras.Muon")
                  || method.name().equals("keras.ScheduleFreeAdamW")
              ? Set.copyOf(Arguments.names(Card.ofKeras()))
              : Set.of(); // what all of Keras' calls share, tested on those that have a text
      for (Hyperparameter argument : method.arguments()) {
        if (method.name().startsWith("keras.")
            && base.contains(argument.name())
            && !argument.name().equals("weight_decay")) {
          continue;
        }
        String name = method.name() + ": " + argument.name();
        Set<String> values = seen.getOrDefault(name, Set.of());
        switch (argument.kind()) {
          case FLAG, CHOICE ->
              Conventions.values(argument).stream()
                  .filter(value -> !values.contains(value.toString()))
                  .filter(value -> method.conflict(standard.with(argument.name(), value)).isEmpty())
                  .filter(value ->
                      !name.equals("accelerated: restart")
                          || !value.toString().equals("function")) // asks
                  .forEach(value -> missing.add(name + "=" + value));
          case NUMBER, OPTIONAL, FIXED, WHOLE, TUPLE -> {
            if (values.size() < 2) {
              missing.add(name + ", only " + values);
            }
          }
          case IGNORED, REFUSED -> {}
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /// Any two conventions of a rule together make a formula that has a trajectory. Not what Keras'
  /// base class does, which is the same lines around each of its rules, and not the calls that are
  /// a rule of ours under other names, whose formula is that rule's.
  @Test
  void conventionsAreThereInPairs() {
    GoldenCase.assumeAll();
    Set<String> formulas =
        everyText().stream()
            .map(optimizer -> optimizer.formula().toString())
            .collect(Collectors.toSet());
    List<Optimizer> checked =
        EveryRule.all().stream()
            .filter(optimizer -> {
              String name = optimizer.stages().getFirst().method().name();
              return !name.startsWith("keras.")
                  && !name.matches("optax\\.(scale_by_)?muon") // each convention by itself
                  && !name.equals(OwnRule.NAME)
                  && !optimizer.stages().getFirst().isAround() // these are around momentum there
                  && !(optimizer.stages().getFirst().method().rule() instanceof Renamed);
            })
            .toList();
    assertThat(checked)
        .hasSizeGreaterThan(150)
        .filteredOn(optimizer -> !formulas.contains(optimizer.formula().toString()))
        .isEmpty();
  }

  /// 64 steps on smooth, noisy and sparse gradients, of a vector and a matrix.
  @Test
  void everyTrajectoryIsWhole() {
    assertThat(GoldenCase.INPUTS.gradients()).hasSize(3);
    GoldenCase.INPUTS.gradients().values().forEach(steps -> assertThat(steps).hasSize(64));
    assertThat(GoldenCase.INPUTS.vector()).hasSize(5);
    assertThat(GoldenCase.INPUTS.matrix()).hasSize(12);
    for (GoldenCase golden : GoldenCase.all()) {
      // some libraries compute in float32 within: these are no test of the formula, but of the
      // call;
      // so are those of PyTorch's Muon as it is, in bfloat16, beside the same in float64
      assertThat(golden.tolerance())
          .as(golden.trajectory())
          .isLessThanOrEqualTo(golden.trajectory().contains("-bfloat16-") ? 2e-2 : 1e-6);
      assertThat(GoldenCase.POINTS.get(golden.trajectory()))
          .as(golden.trajectory())
          .isNotNull()
          .containsOnlyKeys(GoldenCase.INPUTS.gradients().keySet())
          .allSatisfy((sequence, points) -> assertThat(points.getLast().step()).isEqualTo(64));
    }
  }

  /// Each trajectory has a sister with other hyperparameters.
  @Test
  void everyTrajectoryIsThereTwice() {
    Set<String> names =
        GoldenCase.all().stream().map(GoldenCase::trajectory).collect(Collectors.toSet());
    for (String name : names) {
      String sister = name.replaceAll("a$", "B").replaceAll("b$", "a").replaceAll("B$", "b");
      assertThat(names).contains(sister);
    }
  }

  @Test
  void nesterovIsMomentumWithTheGradientTakenAhead() {
    for (MomentumForm form : MomentumForm.values()) {
      String word = form.name().toLowerCase(Locale.ROOT);
      assertThat(Optimizer.parse("nesterov(0.1, form=" + word + ")").formula())
          .isEqualTo(Optimizer.parse("momentum(0.1, form=" + word + ", nesterov=true)").formula());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          optax.trace(0.9) | optax.scale_by_learning_rate(0.1)       ; optax.sgd(0.1, momentum=0.9)
          optax.trace(0.9) | optax.scale(-0.1)                       ; optax.sgd(0.1, momentum=0.9)
          optax.scale_by_adam() | optax.scale_by_learning_rate(0.01) ; optax.adam(0.01)
          optax.scale_by_rms() | optax.scale(-0.01)                  ; optax.rmsprop(0.01)
          torch.clip_grad_norm_(0.5) | torch.SGD(0.1)                ; clip_norm(0.5, form=torch) | sgd(0.1)
          trace(0.9) | sgd(0.1)                                      ; momentum(0.1, 0.9)
          average(0.9) | sgd(0.1)                                    ; momentum(0.1, form=averaged, debias=true)
          decay(0.1, form=coupled) | momentum(0.1)                   ; torch.SGD(0.1, 0.9, weight_decay=0.1)
          maximize() | adam(0.01)                                    ; torch.Adam(0.01, maximize=true)
          """)
  void aChainIsTheRuleThatItSpellsOut(String chain, String rule) {
    for (String sequence : GoldenCase.INPUTS.gradients().keySet()) {
      double[] expected = GoldenCase.end(Optimizer.parse(rule), sequence);
      double[] found = GoldenCase.end(Optimizer.parse(chain), sequence);
      assertThat(found).as(sequence).containsExactly(expected, within(1e-12));
    }
  }
}
