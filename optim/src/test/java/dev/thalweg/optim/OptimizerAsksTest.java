package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Steps that ask for gradients and values at points of their own.
class OptimizerAsksTest {

  /// Half the sum of k (x − 1)² and a quartic, of floats laid end to end in arrays of these sizes.
  private static final class Bowl implements GradientFunction {
    final List<Parameter> parameters = new ArrayList<>();
    int asked;

    Bowl(DType dtype, int... sizes) {
      int at = 0;
      for (int size : sizes) {
        double[] start = new double[size];
        for (int i = 0; i < size; i++) {
          start[i] = Math.sin(1 + at++);
        }
        String name = "w" + parameters.size();
        if (dtype == DType.F64) {
          parameters.add(Parameter.of(name, start));
        } else {
          float[] floats = new float[size];
          for (int i = 0; i < size; i++) {
            floats[i] = (float) start[i];
          }
          parameters.add(Parameter.of(name, floats));
        }
      }
    }

    @Override
    public double gradient(List<Values> into) {
      asked++;
      double value = 0;
      int at = 0;
      for (int i = 0; i < parameters.size(); i++) {
        Values x = parameters.get(i).values();
        for (int k = 0; k < x.size(); k++, at++) {
          double number = x.dtype() == DType.F64 ? x.doubles()[k] : x.floats()[k];
          double off = number - 1;
          double weight = 0.1 + at % 7 / 3.0;
          value += weight * off * off / 2 + off * off * off * off / 4;
          double slope = weight * off + off * off * off;
          if (x.dtype() == DType.F64) {
            into.get(i).doubles()[k] = slope;
          } else {
            into.get(i).floats()[k] = (float) slope;
          }
        }
      }
      return value;
    }

    double[] point() {
      return parameters.stream()
          .flatMapToDouble(parameter -> {
            Values x = parameter.values();
            double[] numbers = new double[x.size()];
            Arrays.setAll(numbers, k -> x.dtype() == DType.F64 ? x.doubles()[k] : x.floats()[k]);
            return Arrays.stream(numbers);
          })
          .toArray();
    }
  }

  private static double[] path(String optimizer, Bowl bowl, int steps) {
    var run = Optimizer.parse(optimizer).attach(bowl.parameters);
    for (int i = 0; i < steps; i++) {
      run.step(bowl);
    }
    return bowl.point();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sam(momentum(0.1))",
        "asam(nesterov(0.05, 0.5))",
        "gsam(clip_norm(0.5) | sgd(0.1), alpha=0.2)",
        "trace(0.9) | sam(rho=0.1) | sgdw(0.05)",
        "polyak(0.3)",
        "sam | polyak(0.3)",
      })
  void sameBitsHoweverParametersAreCutAndHoweverManyThreads(String optimizer) {
    double[] whole = path(optimizer, new Bowl(DType.F32, 70_000), 4);
    assertThat(path(optimizer, new Bowl(DType.F32, 1, 29_999, 40_000), 4)).isEqualTo(whole);
    double[] threads =
        Engine.of("auto", 3).call(() -> path(optimizer, new Bowl(DType.F32, 70_000), 4));
    assertThat(threads).isEqualTo(whole);
    double[] wide = path(optimizer, new Bowl(DType.F64, 70_000), 4);
    for (int i = 0; i < whole.length; i++) {
      assertThat(whole[i]).isCloseTo(wide[i], org.assertj.core.api.Assertions.within(1e-5));
    }
  }

  /// What was kept on the way to a gradient is no state; what a stage before it keeps is.
  @Test
  void aRunGoesOnFromItsState() {
    String optimizer = "trace(0.9) | sam(rho=0.1) | adam(0.05)";
    var bowl = new Bowl(DType.F64, 5, 8);
    var run = Optimizer.parse(optimizer).attach(bowl.parameters);
    for (int i = 0; i < 7; i++) {
      run.step(bowl);
    }
    OptimizerState state = run.state();
    assertThat(state.slots().keySet())
        .containsExactlyInAnyOrder("w0.m", "w1.m", "w0.v", "w1.v", "w0.v_2", "w1.v_2");
    var other = new Bowl(DType.F64, 5, 8);
    for (int i = 0; i < 2; i++) {
      ArrayValues.copy(bowl.parameters.get(i).values(), other.parameters.get(i).values());
    }
    var again = Optimizer.parse(optimizer).attach(other.parameters);
    again.restore(state);
    for (int i = 0; i < 5; i++) {
      run.step(bowl);
      again.step(other);
    }
    assertThat(other.point()).isEqualTo(bowl.point());
    assertThat(again.state()).isEqualTo(run.state());
  }

  /// Also one that searches, in the middle of what it has learnt of the curvature.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lbfgs(history=3)",
        "lbfgs(search=backtracking)",
        "conjugate_gradient",
        "conjugate_gradient(form=hager_zhang)",
        "newton_cg",
        "torch.LBFGS(lr=0.1, max_iter=2, history_size=3)",
        "torch.LBFGS(max_iter=2, line_search_fn=strong_wolfe)",
        "gsam | adam(0.05)",
        "lookahead(adam(0.05), k=3)",
      })
  void aSearchGoesOnFromItsState(String optimizer) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      var bowl = new Bowl(dtype, 5, 8);
      var run = Optimizer.parse(optimizer).attach(bowl.parameters);
      double before = run.step(bowl);
      run.step(bowl);
      run.step(bowl);
      assertThat(run.step(bowl)).isLessThan(before);
      OptimizerState state = run.state();
      var other = new Bowl(dtype, 5, 8);
      for (int i = 0; i < 2; i++) {
        ArrayValues.copy(bowl.parameters.get(i).values(), other.parameters.get(i).values());
      }
      var again = Optimizer.parse(optimizer).attach(other.parameters);
      again.restore(state);
      for (int i = 0; i < 4; i++) {
        run.step(bowl);
        again.step(other);
      }
      assertThat(other.point()).isEqualTo(bowl.point());
      assertThat(again.state()).isEqualTo(run.state());
      var cut = new Bowl(dtype, 1, 4, 8);
      var whole = Optimizer.parse(optimizer).attach(cut.parameters);
      for (int i = 0; i < 8; i++) {
        whole.step(cut);
      }
      assertThat(cut.point()).isEqualTo(bowl.point());
    }
  }

  @Test
  void aSearchStandsAloneAndIsAsItWasWhereTheObjectiveThrows() {
    assertThatExceptionOfType(SyntaxException.class)
        .isThrownBy(() -> Optimizer.parse("clip_norm | lbfgs"))
        .withMessageContaining(
            "lbfgs goes its own way over all parameters, and stands alone: found clip_norm beside"
                + " it");
    var bowl = new Bowl(DType.F64, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("cg for 'w*': lr=0.5").attach(bowl.parameters))
        .withMessageContaining(
            "conjugate_gradient goes its own way over all parameters, and has no groups");
    var run = Optimizer.parse("lbfgs").attach(bowl.parameters);
    run.step(bowl);
    run.step(bowl);
    OptimizerState state = run.state();
    double[] before = bowl.point();
    int asked = bowl.asked;
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            run.step(into -> {
              if (bowl.asked > asked) {
                throw new IllegalStateException("no more");
              }
              return bowl.gradient(into);
            }));
    assertThat(bowl.point()).isEqualTo(before);
    assertThat(run.state()).isEqualTo(state);
  }

  /// A line that leads out of the function's domain is gone back.
  @Test
  void aSearchComesBackFromWhereThereIsNoValue() {
    for (String optimizer :
        List.of("lbfgs(100)", "lbfgs(100, search=backtracking)", "cg(100)", "newton_cg(100)")) {
      Minimum answer =
          Minimizer.of(Optimizer.parse(optimizer))
              .withIterations(300)
              .minimize(
                  dev.thalweg.formula.Formula.parse("x - log(x) - log(2-x)"),
                  java.util.Map.of("x", 0.1));
      assertThat(answer.converged()).as("%s: %s", optimizer, answer).isTrue();
    }
  }

  @Test
  void upsideDownItClimbs() {
    var bowl = new Bowl(DType.F64, 3);
    GradientFunction hill =
        into -> {
          double value = bowl.gradient(into);
          for (int k = 0; k < 3; k++) {
            into.getFirst().doubles()[k] *= -1;
          }
          return -value;
        };
    var run =
        Optimizer.parse("torch.LBFGS(maximize=true, line_search_fn=strong_wolfe)")
            .attach(bowl.parameters);
    run.step(hill);
    assertThat(bowl.point())
        .containsExactly(new double[] {1, 1, 1}, org.assertj.core.api.Assertions.within(1e-4));
  }

  /// A slot that is renamed beside another of its name is the one where the run is evaluated.
  @Test
  void averagesAreEvaluatedUnderTheirNames() {
    double[] p = {1};
    var run =
        Optimizer.parse("ema_weights(0.5) | rule('average = lerp(average, g, 0.5); p -= average')")
            .attach(Parameter.of("p", p));
    run.step(new double[] {1});
    run.step(new double[] {1});
    assertThat(p[0]).isEqualTo(1 - 0.5 - 0.75);
    double[] there = new double[1];
    run.atEvaluation(() -> there[0] = p[0]);
    assertThat(there[0]).isEqualTo((0.5 - 0.25) / 2);
  }

  /// Where the objective knows no product with the Hessian, two gradients tell it: of a bowl it is
  /// (k + 3 (x − 1)²) d. The parameters are as before, to the bit.
  @ParameterizedTest
  @CsvSource({"F64, 1, 1e-9", "F64, 1000, 1e-9", "F32, 1, 2e-4", "F32, 1000, 2e-4"})
  void aProductWithTheHessianIsADifferenceOfGradients(DType dtype, double length, double within) {
    var bowl = new Bowl(dtype, 5, 4);
    double[] before = bowl.point();
    var room = new ArrayList<Values>();
    bowl.parameters.forEach(parameter -> room.add(ArrayValues.zerosLike(parameter.values())));
    HessianProduct.of(bowl, bowl.parameters, room);
    assertThat(bowl.asked).as("nobody is asked for the product with 0").isZero();

    for (int at = 0; at < 9; at++) {
      Values values = room.get(at / 5);
      if (dtype == DType.F64) {
        values.doubles()[at % 5] = (at - 4) * length;
      } else {
        values.floats()[at % 5] = (float) ((at - 4) * length);
      }
    }
    HessianProduct.of(bowl, bowl.parameters, room);

    assertThat(bowl.asked).isEqualTo(2);
    assertThat(bowl.point()).isEqualTo(before);
    for (int at = 0; at < 9; at++) {
      Values values = room.get(at / 5);
      double found = dtype == DType.F64 ? values.doubles()[at % 5] : values.floats()[at % 5];
      double off = before[at] - 1;
      double expected = (0.1 + at % 7 / 3.0 + 3 * off * off) * (at - 4) * length;
      assertThat(found)
          .isCloseTo(expected, org.assertj.core.api.Assertions.within(within * 10 * length));
    }
  }

  /// A function that knows no drawn answers is refused, with all as it was; so is a formula.
  @Test
  void drawnAnswersAreAskedForWhereTheyAreKnown() {
    var bowl = new Bowl(DType.F64, 3);
    double[] before = bowl.point();
    var run = Optimizer.parse("sophia_g(every=3)").attach(bowl.parameters);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.step(bowl))
        .withMessage(
            "sophia_g asks for gradients against answers that are drawn from what a model says:"
                + " expected a function with such, found one without");
    assertThat(bowl.point()).isEqualTo(before);
    assertThat(run.steps()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Minimizer.of(Optimizer.parse("sophia_g"))
                .minimize(dev.thalweg.formula.Formula.parse("x^2"), java.util.Map.of("x", 1.0)))
        .withMessageStartingWith(
            "sophia_g draws answers from what a model says, and a function says none: expected an"
                + " optimizer that draws none, found sophia_g");

    var landscape = new AskingGoldenTest.Landscape();
    var other = Optimizer.parse("sophia_g(every=3)").attach(landscape.parameters());
    for (int i = 0; i < 7; i++) {
      other.step(landscape);
    }
    assertThat(landscape.drawn).as("in the steps 1, 4 and 7").isEqualTo(3);
  }

  @Test
  void gradientsAloneAreNotEnough() {
    double[] x = {1, 2};
    for (String optimizer : List.of("sam(sgd)", "polyak", "clip_norm | gsam | adam")) {
      var run = Optimizer.parse(optimizer).attach(Parameter.of("x", x));
      assertThat(run.asks()).isTrue();
      String asking = optimizer.contains("gsam") ? "gsam" : optimizer.replace("(sgd)", "");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.step(new double[] {1, 1}))
          .withMessage(
              asking
                  + " asks for gradients or values at points of its own: expected step(objective),"
                  + " found gradients only");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.step(List.of(Parameter.of("g", new double[] {1, 1}))));
      assertThat(x).containsExactly(1, 2);
      assertThat(run.steps()).isZero();
    }
  }

  /// The objective of a step that asks nothing is asked once.
  @Test
  void aStepThatAsksNothingTakesAnObjectiveToo() {
    var bowl = new Bowl(DType.F64, 9);
    path("adam(0.1)", bowl, 6);
    assertThat(bowl.asked).isEqualTo(6);
    double[] found = bowl.point();
    var other = new Bowl(DType.F64, 9);
    var run = Optimizer.parse("adam(0.1)").attach(other.parameters);
    assertThat(run.asks()).isFalse();
    for (int i = 0; i < 6; i++) {
      double[] g = new double[9];
      other.gradient(List.of(ArrayValues.vector(g)));
      run.step(g);
    }
    assertThat(found).isEqualTo(other.point());
    var twice = new Bowl(DType.F64, 9);
    path("sam(adam(0.1))", twice, 6);
    assertThat(twice.asked).isEqualTo(12);
  }

  /// Whatever goes wrong at the climbed point: parameters, slots and steps are as they were.
  @ParameterizedTest
  @CsvSource({"fail", "skip", "zero", "thrown"})
  void nothingHasChangedWhereASecondGradientIsRefused(String policy) {
    var bowl = new Bowl(DType.F64, 6);
    boolean thrown = policy.equals("thrown");
    var run =
        Optimizer.parse(
                "finite(policy=%s) | trace(0.9) | sam(rho=0.1) | adam(0.05)"
                    .formatted(thrown ? "fail" : policy))
            .attach(bowl.parameters);
    for (int i = 0; i < 3; i++) {
      run.step(bowl);
    }
    double[] before = bowl.point();
    OptimizerState state = run.state();
    GradientFunction broken =
        into -> {
          double value = bowl.gradient(into);
          if (bowl.asked % 2 == 0) {
            if (thrown) {
              throw new IllegalStateException("no more");
            }
            into.getFirst().doubles()[2] = Double.NaN;
          }
          return value;
        };
    if (policy.equals("fail")) {
      assertThatExceptionOfType(NonFiniteGradientException.class)
          .isThrownBy(() -> run.step(broken))
          .withMessage("adam: the gradient of w0 has NaN at element 2, at step 3");
    } else if (thrown) {
      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> run.step(broken));
    } else {
      run.step(broken);
    }
    if (policy.equals("zero")) {
      assertThat(bowl.point()).isNotEqualTo(before).doesNotContain(Double.NaN);
    } else {
      assertThat(bowl.point()).isEqualTo(before);
      state
          .slots()
          .forEach((name, values) -> {
            double skipped = name.equals("finite.skipped") && !thrown ? 1 : 0;
            assertThat(Objects.requireNonNull(run.state().slots().get(name)).doubles())
                .as(name)
                .containsExactly(
                    Arrays.stream(values.doubles()).map(each -> each + skipped).toArray());
          });
      assertThat(run.steps()).isEqualTo(state.steps());
    }
  }

  @Test
  void whatAStageIsAroundMayStandInItsParentheses() {
    assertThat(Optimizer.parse("sam(sgd(lr=0.1), rho=0.1)"))
        .isEqualTo(Optimizer.parse("sam(rho=0.1) | sgd(lr=0.1)"));
    assertThat(Optimizer.parse("sam(clip_norm(1) | adam, 0.1)"))
        .isEqualTo(Optimizer.parse("sam(0.1) | clip_norm(1) | adam"));
    assertThat(Optimizer.parse("gsam(sam(adam))").toString())
        .isEqualTo("gsam() | sam() | adam(lr=0.001)");
    assertThatExceptionOfType(SyntaxException.class)
        .isThrownBy(() -> Optimizer.parse("clip_norm(adam(0.1))"))
        .withMessageContaining("clip_norm is around no other optimizer; a chain is written with |");
  }

  /// With groups the climb is over all parameters.
  @Test
  void groupsAreMovedByTheGradientsOfOneClimb() {
    double[] same = path("sam(rho=0.3) | sgd(0.1)", new Bowl(DType.F64, 3, 4), 5);
    assertThat(path("sam(rho=0.3) | sgd(0.1) for 'w1': lr=0.1", new Bowl(DType.F64, 3, 4), 5))
        .isEqualTo(same);
    double[] other = path("sam(rho=0.3) | sgd(0.1) for 'w1': lr=0.2", new Bowl(DType.F64, 3, 4), 1);
    double[] one = path("sam(rho=0.3) | sgd(0.1)", new Bowl(DType.F64, 3, 4), 1);
    assertThat(Arrays.copyOf(other, 3)).isEqualTo(Arrays.copyOf(one, 3));
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void theMinimizerCountsWhatIsAsked() {
    var formula = dev.thalweg.formula.Formula.parse("(x-1)^2");
    Minimum answer =
        Minimizer.of(Optimizer.parse("sam(rho=1e-3) | sgd(0.3)"))
            .withIterations(10)
            .minimize(formula, java.util.Map.of("x", 3.0));
    assertThat(answer.iterations()).isEqualTo(10);
    assertThat(answer.evaluations()).isEqualTo(21);
    Minimum outside =
        Minimizer.of(Optimizer.parse("sam(rho=1) | sgd(0.3)"))
            .minimize(dev.thalweg.formula.Formula.parse("-sqrt(x)"), java.util.Map.of("x", 0.5));
    assertThat(outside.reason()).isInstanceOf(Ending.LeftDomain.class);
    assertThat(outside.point("x")).isEqualTo(0.5);
  }
}
