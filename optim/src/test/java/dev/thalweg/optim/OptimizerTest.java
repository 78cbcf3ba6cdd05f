package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.formula.SyntaxException;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void twoEqualStagesHaveSlotsOfTheirOwn() {
    Optimizer twice = Optimizer.parse("trace(momentum=0.5) | trace(momentum=0.5) | sgd(1)");
    assertThat(twice.formula().targets()).containsExactly("v", "g", "v_2", "p");
    double[] weight = {0};
    OptimizerRun run = twice.attach(Parameter.of("weight", weight));
    run.step(new double[] {1});
    run.step(new double[] {1});
    assertThat(weight[0]).isEqualTo(-1 - 2); // v: 1, 1.5; then 1, 2
  }

  @Test
  void factoriesAndTextMakeEqualOptimizers() {
    assertThat(sgd(0.1)).isEqualTo(Optimizer.parse("sgd(0.1)"));
    assertThat(momentum(0.1)).isEqualTo(Optimizer.parse("momentum(0.1)"));
    assertThat(momentum(0.1, 0.5)).isEqualTo(Optimizer.parse("momentum(0.1, momentum=0.5)"));
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
  }

  @Test
  void everyMethodReadsBackFromItsText() {
    for (Method method : Methods.all()) {
      if (method.family() == Family.STAGE || method.name().equals("levenberg_marquardt")) {
        continue; // that has no rate
      }
      Optimizer optimizer = Optimizers.of(method).withLearningRate(0.5);
      assertThat(Optimizer.parse(optimizer.toString())).isEqualTo(optimizer);
      assertThat(optimizer.name()).isEqualTo(method.name());
      assertThat(optimizer.hyperparameters().get("lr")).isEqualTo(Schedule.constant(0.5));
    }
  }

  /// Equality goes by the text, so what the text lost would not be missed by it.
  @Test
  void everyArgumentThatIsNoDefaultReadsBackFromTheText() {
    int count = 0;
    for (Method method : Methods.all()) {
      for (Hyperparameter argument : method.arguments()) {
        for (Setting other : others(argument)) {
          Stage stage;
          try {
            stage =
                new Stage(
                    method, Settings.defaults(method.arguments()).with(argument.name(), other));
          } catch (IllegalArgumentException e) {
            continue; // not in its range, or not alone
          }
          String text = stage + (method.family() == Family.STAGE ? " | sgd(0.1)" : "");
          Optimizer read;
          try {
            read = Optimizer.parse(text);
          } catch (SyntaxException e) {
            continue; // an argument without a default is not there
          }
          assertThat(read.stages().getFirst().settings().values().get(argument.name()))
              .as(text)
              .isEqualTo(other);
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(200);
  }

  private static List<Setting> others(Hyperparameter argument) {
    var others = new ArrayList<>(Conventions.values(argument));
    if (argument.kind() == Hyperparameter.Kind.NUMBER
        || argument.kind() == Hyperparameter.Kind.OPTIONAL
        || argument.kind() == Hyperparameter.Kind.FIXED) {
      for (double number : new double[] {0.0625, 0.5, 3}) {
        others.add(Setting.number(number));
      }
    }
    others.remove(argument.defaultValue());
    return others;
  }

  @Test
  void aLibrarysOwnCallKeepsItsNames() {
    assertThat(Optimizer.parse("torch.adamw(1e-3, betas=(0.9, 0.95), foreach=True)"))
        .hasToString("torch.AdamW(lr=0.001, betas=(0.9, 0.95))");
    assertThat(Optimizer.parse("keras.rmsprop(learning_rate=0.01, rho=0.8)"))
        .hasToString("keras.RMSprop(learning_rate=0.01, rho=0.8)");
    assertThat(Optimizer.parse("Optax.Adam(learning_rate=0.01, b1=0.8, eps_root=1e-6)"))
        .hasToString("optax.adam(learning_rate=0.01, b1=0.8, eps_root=1e-6)");
    assertThat(Torch.sgd(0.01).withMomentum(0.9).with("nesterov", true))
        .isEqualTo(Optimizer.parse("torch.SGD(lr=0.01, momentum=0.9, nesterov=true)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          torch.SGD(model.parameters(), lr=0.1, momentum=0.9) | torch.SGD(lr=0.1, momentum=0.9)
          torch.optim.Adam(params, 3e-4)                | torch.Adam(lr=3e-4)
          torch.optim.AdamW(net.parameters())           | torch.AdamW()
          keras.optimizers.RMSprop(learning_rate=0.01)  | keras.RMSprop(learning_rate=0.01)
          torch.SGD(1e-3)                               | torch.SGD(lr=0.001)
          """)
  void aCallMayStandAsItDoesInItsOwnLanguage(String text, String same) {
    assertThat(Optimizer.parse(text)).isEqualTo(Optimizer.parse(same));
  }

  @Test
  void optaxChainsAreChains() {
    assertThat(
            Optimizer.parse(
                "optax.chain(optax.clip(1.0), optax.chain(optax.trace(0.9), optax.scale(-0.1)))"))
        .isEqualTo(Optimizer.parse("optax.clip(1.0) | optax.trace(0.9) | optax.scale(-0.1)"));
  }

  @Test
  void optaxTransformationsMoveTheParametersWhateverStandsBeforeThem() {
    for (String before : new String[] {"", "finite(skip) | ", "clip_value(5) | "}) {
      double[] weight = {1};
      OptimizerRun run =
          Optimizer.parse(before + "optax.trace(0.5) | optax.scale(-0.5)")
              .onNonFinite(NonFinite.UNCHECKED)
              .attach(Parameter.of("w", weight));
      run.step(new double[] {1});
      run.step(new double[] {1});
      assertThat(weight[0]).as(before).isEqualTo(1 - 0.5 - 0.75);
    }
  }

  @Test
  void oneCallOfAStageIsDescribed() {
    assertThat(Optimizers.describe("clip_norm(form=torch)").formula().orElseThrow().text().strip())
        .isEqualTo("g = g * min(limit / (global_norm(g) + 1e-6), 1)");
  }

  @Test
  void aChainIsOneProgram() {
    Optimizer chain =
        Optimizer.parse("clip_norm(1) | clip_value(0.5) | momentum(0.1) | decay(0.01)");

    assertThat(chain.formula())
        .hasToString(
            """
            g = g * limit / max(global_norm(g), limit)
            g = min(max(g, -limit_2), limit_2)
            v = momentum * v + g
            p = p - lr * v
            p = p - lr * weight_decay * p\
            """);
    assertThat(chain)
        .hasToString("clip_norm() | clip_value(limit=0.5) | momentum(lr=0.1) | decay()");
    assertThat(Optimizer.parse(chain.toString())).isEqualTo(chain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "'inf'", "Inf", "float('inf')"})
  void theLargestMagnitudeIsANormToo(String order) {
    Optimizer optimizer =
        Optimizer.parse("torch.clip_grad_norm_(2, norm_type=" + order + ") | sgd(0.1)");
    assertThat(optimizer)
        .hasToString("torch.clip_grad_norm_(max_norm=2, norm_type=inf) | sgd(lr=0.1)")
        .isEqualTo(Optimizer.parse(optimizer.toString()));
    assertThat(optimizer.formula())
        .hasToString("g = g * min(limit / (global_max_norm(g) + 1e-6), 1)\np = p - lr * g");
    assertThat(optimizer.hyperparameters()).containsOnlyKeys("lr", "limit");
  }

  @Test
  void defaultsAreThoseOfThePapers() {
    assertThat(adam(1e-3))
        .isEqualTo(Optimizer.parse("adam(1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)"));
    assertThat(adamw(1e-3).hyperparameters().get("weight_decay"))
        .isEqualTo(Schedule.constant(0.01));
    assertThat(momentum(1).hyperparameters().get("momentum")).isEqualTo(Schedule.constant(0.9));
    assertThat(Optimizers.all()).allSatisfy(d -> assertThat(d.paper()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          adam(beta3=1)                ~  5 ~ unknown hyperparameter of adam 'beta3' (did you mean 'beta1'?); known: lr, beta1, beta2, epsilon, epsilon_place, bias_correction, weight_decay, decay
          sgd(momentum=1)              ~  4 ~ unknown hyperparameter of sgd 'momentum'; known: lr, weight_decay, decay
          adamw(beta1=1)               ~ 12 ~ adamw: beta1 must lie in [0, 1), found 1.0
          adamw(beta2=-0.1)            ~ 12 ~ adamw: beta2 must lie in [0, 1), found -0.1
          adamw(epsilon=-1)            ~ 14 ~ adamw: epsilon must lie in [0, ∞), found -1.0
          momentum(form=averag)        ~ 14 ~ unknown value of momentum: form 'averag' (did you mean 'averaged'?); known: trace, velocity, averaged, two_rates, heavy_ball
          torch.SGD(nesterov=true)     ~  0 ~ torch.SGD: nesterov needs a momentum and no dampening
          torch.Adam(differentiable=True) ~ 26 ~ torch.Adam: differentiable is not supported: steps that are differentiated themselves are not
          keras.SGD(gradient_accumulation_steps=1) ~ 0 ~ keras.SGD: gradient_accumulation_steps must be a whole number of at least 2, found 1
          keras.Adam(use_ema=True, ema_overwrite_frequency=2.5) ~ 0 ~ keras.Adam: ema_overwrite_frequency must be a whole number of at least 1, found 2.5
          torch.clip_grad_norm_(1, norm_type=0) ~ 35 ~ torch.clip_grad_norm_: norm_type must lie in (0, ∞], found 0.0
          torch.clip_grad_norm_(1, norm_type=-1) ~ 35 ~ torch.clip_grad_norm_: norm_type must lie in (0, ∞], found -1.0
          torch.clip_grad_norm_(1, norm_type=max) ~ 35 ~ torch.clip_grad_norm_: norm_type must be a number or a schedule, found max
          torch.clip_grad_norm_(inf)   ~ 22 ~ torch.clip_grad_norm_: max_norm must be a number or a schedule, found inf
          optax.sgd(momentum=0.9)      ~  0 ~ optax.sgd: learning_rate must be given
          adagrad(initial_accumulator=linear(0, 1, 5)) ~ 28 ~ adagrad: initial_accumulator can't be a schedule, found linear(0, 1, steps=5)
          clip_norm(1)                 ~  0 ~ optimizer: no stage moves the parameters; add a rule, for example | sgd(0.1)
          rule('p -= rate * g')        ~  0 ~ rule: rate must be given
          adamw(weight_decay=-1)       ~ 19 ~ adamw: weight_decay must lie in [0, ∞), found -1.0
          adamw(lr=0)                  ~  9 ~ adamw: lr must lie in (0, ∞), found 0.0
          sgd(-1)                      ~  4 ~ sgd: lr must lie in (0, ∞), found -1.0
          momentum(0.1, 1.5)           ~ 14 ~ momentum: momentum must lie in [0, 1), found 1.5
          sgd(fast)                    ~  4 ~ sgd: lr must be a number or a schedule, found fast
          sgd(1, 0, coupled, 2)        ~ 19 ~ sgd: expected at most 3 arguments, found 4
          sgd(1) | adam                ~  9 ~ optimizer: a chain has one rule, found sgd and adam
          adamw(lr=1e-3                ~  5 ~ unclosed parenthesis
          sgd(0.1) | clip_norm(1)      ~ 11 ~ optimizer: clip_norm changes the gradient, and sgd before it has moved the parameters already; put it before the rule
          sgd(1) | decay(form=coupled) ~  9 ~ optimizer: decay changes the gradient, and sgd before it has moved the parameters already; put it before the rule
          torch.SGD(1) | maximize      ~ 15 ~ optimizer: maximize changes the gradient, and torch.SGD before it has moved the parameters already; put it before the rule
          optax.scale_by_learning_rate(0.1) | optax.clip(1) ~ 36 ~ optimizer: optax.clip changes the gradient, and optax.scale_by_learning_rate before it has moved the parameters already; make a rate that other transformations follow optax.scale(-rate)
          optax.trace(0.9) | clip_norm(1) ~ 19 ~ optimizer: no stage moves the parameters; add a rule, for example | sgd(0.1)
          momentum(gradient_rate=2)    ~  0 ~ momentum: gradient_rate needs form=two_rates
          nesterov(gradient_rate=2)    ~  0 ~ nesterov: gradient_rate needs form=two_rates
          optax.chain(optax.scale(1), 2) ~ 28 ~ optax.chain: expected a call, found 2
          rule('p -= g', lr=1)         ~ 15 ~ unknown hyperparameter of the rule 'lr'; there is none
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
      assertThatThrownBy(() -> adam(rate)).hasMessage("adam: lr must lie in (0, ∞), found " + rate);
    }
    assertThatThrownBy(() -> momentum(0.1, Double.NaN)).hasMessageContaining("[0, 1), found NaN");
    assertThatThrownBy(() -> Optimizers.describe("adm"))
        .hasMessageStartingWith("unknown optimizer 'adm' (did you mean 'adam'?)");
  }

  @Test
  void twoFunctionsOfOneNameAreNotEqual() {
    LongToDoubleFunction tenth = step -> 0.1;
    Optimizer one = sgdAt(Schedule.of("mine", tenth));
    assertThat(one).isEqualTo(sgdAt(Schedule.of("mine", tenth)));
    assertThat(one).isNotEqualTo(sgdAt(Schedule.of("mine", step -> 0.2)));
    Schedule half = Schedule.of("mine", step -> 0.2).times(0.5);
    assertThat(sgdAt(Schedule.of("mine", tenth).times(0.5)))
        .isNotEqualTo(sgdAt(half))
        .hasToString(sgdAt(half).toString());
  }

  private static Optimizer sgdAt(Schedule rate) {
    return Optimizers.sgd(1).withLearningRate(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip_norm(1)", "trace(0.5)", "decay(0.001)"})
  void aChainMayBeLong(String stage) {
    Optimizer chain =
        Optimizer.parse((stage + " | ").repeat(499) + "sgd(lr=0.1)").onNonFinite(NonFinite.SKIP);
    float[] p = {1, 2};
    chain.attach(Parameter.of("p", p)).step(new float[] {0.25f, 0.5f});
    assertThat(p[0]).isLessThan(1);
    assertThat(p[1]).isEqualTo(2 * p[0]);
  }

  @Test
  void aChainHasALargestLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("clip_norm(1) | ".repeat(500) + "sgd(lr=0.1)"))
        .withMessageContaining("optimizer: expected at most 500 stages, found 501");
  }

  @Test
  void larsMovesWeightsThatBeginAtZeroAsWithoutTrust() {
    float[] p = {0, 0};
    Optimizer.parse("lars(lr=0.5)").attach(Parameter.of("p", p)).step(new float[] {1, -2});
    assertThat(p).containsExactly(-0.5f, 1f);
  }
}
