package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
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
        .isLessThanOrEqualTo(Math.max(TOLERANCE_F32, 4 * golden.single()));
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

  @Test
  void everyMethodIsThere() {
    List<String> tested =
        GoldenCase.all().stream()
            .filter(golden -> !golden.isRefused())
            .flatMap(golden -> golden.optimizer().stages().stream())
            .map(stage -> stage.method().name())
            .distinct()
            .toList();
    List<String> computing =
        Methods.all().stream().filter(method -> method != Stages.FINITE).map(Method::name).toList();
    assertThat(tested).containsExactlyInAnyOrderElementsOf(computing);
  }

  @Test
  void nesterovIsMomentumWithTheGradientTakenAhead() {
    for (MomentumForm form : MomentumForm.values()) {
      String word = Argument.word(form);
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
