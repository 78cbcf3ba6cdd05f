package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.formula.SyntaxException;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sgd                                          | sgd(lr=0.01)
          sgd(0.1)                                     | sgd(lr=0.1)
          momentum                                     | momentum(lr=0.01)
          momentum(1e-2, 0.9)                          | momentum(lr=0.01)
          momentum(lr=1, momentum=0)                   | momentum(lr=1, momentum=0)
          adam                                         | adam(lr=0.001)
          ADAM()                                       | adam(lr=0.001)
          adam(3e-4, 0.8)                              | adam(lr=3.0e-4, beta1=0.8)
          adamw                                        | adamw(lr=0.001)
          adamw(lr=1e-3, weight_decay=0.01)            | adamw(lr=0.001)
          adamw(weight_decay=0, epsilon=1e-5,lr=1e-7)  | adamw(lr=1e-7, epsilon=1e-5, weight_decay=0)
          """)
  void printsTheRateAndWhatIsNotDefault(String text, String printed) {
    Optimizer optimizer = Optimizer.parse(text);

    assertThat(optimizer).hasToString(printed.replace("3.0e-4", "3e-4"));
    assertThat(Optimizer.parse(optimizer.toString())).isEqualTo(optimizer);
  }

  @Test
  void anyOptimizerReadsBackFromItsText() {
    for (long seed = 0; seed < 2_000; seed++) {
      var random = new SplittableRandom(seed);
      OptimizerKind[] kinds = OptimizerKind.values();
      OptimizerKind kind = kinds[random.nextInt(kinds.length)];
      var values = new ArrayList<Schedule>();
      for (Hyperparameter hyperparameter : kind.hyperparameters()) {
        double any = random.nextDouble() * (random.nextBoolean() ? 1e-9 : 1);
        values.add(
            Schedule.constant(
                random.nextBoolean() || any == 0 ? hyperparameter.defaultValue() : any));
      }
      Optimizer optimizer = kind.make(values);
      assertThat(Optimizer.parse(optimizer.toString())).as("seed %d", seed).isEqualTo(optimizer);
    }
  }

  @Test
  void factoriesAndTextMakeEqualOptimizers() {
    assertThat(sgd(0.1)).isEqualTo(Optimizer.parse("sgd(0.1)"));
    assertThat(momentum(0.1)).isEqualTo(Optimizer.parse("momentum(0.1)"));
    assertThat(momentum(0.1, 0.5)).isEqualTo(Optimizer.parse("momentum(0.1, momentum=0.5)"));
    assertThat(momentum(0.1).form()).isEqualTo(MomentumForm.TRACE);
    assertThat(adam(0.1).withBeta1(0.8).withBeta2(0.9).withEpsilon(1e-6))
        .isEqualTo(Optimizer.parse("adam(0.1, beta1=0.8, beta2=0.9, epsilon=1e-6)"));
    assertThat(
            adamw(0.2)
                .withBeta1(0.8)
                .withBeta2(0.9)
                .withEpsilon(1e-6)
                .withWeightDecay(0.3)
                .withLearningRate(0.1))
        .isEqualTo(
            Optimizer.parse("adamw(0.1, beta1=0.8, beta2=0.9, epsilon=1e-6, weight_decay=0.3)"));
    for (String name : Optimizers.names()) {
      Optimizer optimizer = Optimizer.parse(name);
      assertThat(optimizer.name()).isEqualTo(name);
      assertThat(optimizer.withLearningRate(0.5).hyperparameters().get("lr"))
          .isEqualTo(Schedule.constant(0.5));
      assertThat(optimizer.hyperparameters().keySet())
          .containsExactlyElementsOf(
              Optimizers.hyperparameters(name).stream().map(Hyperparameter::name).toList());
    }
  }

  @Test
  void defaultsAreThoseOfThePapers() {
    assertThat(adam(1e-3))
        .isEqualTo(
            new Adam(
                Schedule.constant(1e-3),
                Schedule.constant(0.9),
                Schedule.constant(0.999),
                Schedule.constant(1e-8)));
    assertThat(adamw(1e-3).weightDecay()).isEqualTo(Schedule.constant(0.01));
    assertThat(momentum(1).momentum()).isEqualTo(Schedule.constant(0.9));
    assertThat(Optimizers.names())
        .allSatisfy(name ->
            assertThat(Optimizers.hyperparameters(name))
                .isNotEmpty()
                .allSatisfy(h -> assertThat(h.source()).isNotBlank())
                .first()
                .extracting(Hyperparameter::name)
                .isEqualTo("lr"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          adamx                        ~  0 ~ unknown optimizer 'adamx' (did you mean 'adam'?); known: sgd, momentum, adam, adamw
          adam(beta3=1)                ~  5 ~ unknown hyperparameter of adam 'beta3' (did you mean 'beta1'?); known: lr, beta1, beta2, epsilon
          sgd(weight_decay=1)          ~  4 ~ unknown hyperparameter of sgd 'weight_decay'; known: lr
          adamw(beta1=1)               ~ 12 ~ adamw: beta1 must lie in [0, 1), found 1.0
          adamw(beta2=-0.1)            ~ 12 ~ adamw: beta2 must lie in [0, 1), found -0.1
          adamw(epsilon=0)             ~ 14 ~ adamw: epsilon must lie in (0, ∞), found 0.0
          adamw(weight_decay=-1)       ~ 19 ~ adamw: weight_decay must lie in [0, ∞), found -1.0
          adamw(lr=0)                  ~  9 ~ adamw: lr must lie in (0, ∞), found 0.0
          sgd(-1)                      ~  4 ~ sgd: lr must lie in (0, ∞), found -1.0
          momentum(0.1, 1.5)           ~ 14 ~ momentum: momentum must lie in [0, 1), found 1.5
          sgd(fast)                    ~  4 ~ sgd: lr must be a number, found fast
          sgd(lr=cosine(1e-3))         ~  7 ~ sgd: lr must be a number, found cosine(1e-3)
          sgd(1, 2)                    ~  7 ~ sgd: expected at most 1 arguments, found 2
          sgd(1) | adam                ~  9 ~ optimizer: expected one stage, found a chain of 2
          adamw(lr=1e-3                ~  5 ~ unclosed parenthesis
          """)
  void saysWhatIsWrongAndWhere(String text, int position, String sentence) {
    var error = catchThrowableOfType(SyntaxException.class, () -> Optimizer.parse(text));

    assertThat(error.sentence()).isEqualTo(sentence);
    assertThat(error.position()).isEqualTo(position);
  }

  @Test
  void theConstructorsCheckToo() {
    assertThatThrownBy(() -> adamw(1e-3).withBeta1(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("adamw: beta1 must lie in [0, 1), found 1.0");
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      for (String name : Optimizers.names()) {
        assertThatThrownBy(() -> Optimizer.parse(name).withLearningRate(rate))
            .hasMessage(name + ": lr must lie in (0, ∞), found " + rate);
      }
    }
    assertThatThrownBy(() -> momentum(0.1, Double.NaN)).hasMessageContaining("[0, 1), found NaN");
    assertThatThrownBy(() -> Optimizers.hyperparameters("adm"))
        .hasMessageStartingWith("unknown optimizer 'adm' (did you mean 'adam'?)");
  }
}
