package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.UnaryFunction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions from formulas, and the built-in operations held to their formulas.
class ElementFunctionTest {
  private static final double SINGLE = Math.scalb(1.0, -24);

  /// Where the function is defined, kinks included.
  private static Tensor domain(UnaryFunction f, DType dtype) {
    boolean positive = f == UnaryFunction.SQRT || f == UnaryFunction.LOG;
    double[] x = new double[801];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 400) / 64.0;
      x[i] = positive || f == UnaryFunction.LOG1P ? Math.abs(x[i]) + 0.25 : x[i];
      x[i] = f == UnaryFunction.RECIPROCAL && x[i] == 0 ? 0.25 : x[i];
    }
    return Tensor.of(x).to(dtype).detach();
  }

  /// How far apart two tensors are, element by element relative to the larger of 1 and the element.
  private static double distance(Tensor a, Tensor b) {
    double worst = 0;
    for (int i = 0; i < a.size(); i++) {
      double error = Math.abs(a.element(i) - b.element(i)) / Math.max(1, Math.abs(b.element(i)));
      worst = error <= worst ? worst : error;
    }
    return worst;
  }

  @ParameterizedTest
  @EnumSource
  void aKernelComputesItsFormulaAndItsProductIsTheDerivedOne(UnaryFunction f) {
    ElementFunction derived = ElementFunction.of(Elementwise.formula(f));
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      Tensor x = domain(f, dtype);
      double bound = dtype == DType.F64 ? 1e-14 : 4 * SINGLE;
      Tensor y = Elementwise.unary(f, x);
      assertThat(distance(derived.apply(x), y)).as("%s", dtype).isLessThan(bound);
      Tensor weights = random(x.shape(), 5).to(dtype);
      Tensor byHand = y.times(weights).sum().gradient(x);
      Tensor byFormula = derived.apply(x).times(weights).sum().gradient(x);
      assertThat(distance(byFormula, byHand)).as("%s", dtype).isLessThan(4 * bound);
      if (byHand.operation() != null) {
        Tensor again = byFormula.square().sum().gradient(x);
        assertThat(distance(again, byHand.square().sum().gradient(x)))
            .as("second derivative, %s", dtype)
            .isLessThan(32 * bound);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOperationOfTwoComputesItsFormulaAndItsProductsAreTheDerivedOnes(BinaryFunction f) {
    ElementFunction derived = ElementFunction.of(Elementwise.formula(f), "a", "b");
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      double bound = dtype == DType.F64 ? 1e-14 : 4 * SINGLE;
      Tensor a = Tensor.of(-3, -1, 0.5, 2, 2, 4).to(dtype).detach();
      Tensor b = Tensor.of(0.5, -1, -2, 2, 3, -0.25).to(dtype).detach();
      Tensor weights = random(a.shape(), 5).to(dtype);
      Tensor byHand = Elementwise.binary(f, a, b);
      Tensor byFormula = derived.apply(a, b);
      assertThat(byFormula.toDoubles()).isEqualTo(byHand.toDoubles());
      List<Tensor> expected = byHand.times(weights).sum().gradients(a, b);
      List<Tensor> found = byFormula.times(weights).sum().gradients(a, b);
      assertThat(distance(found.get(0), expected.get(0))).as("a, %s", dtype).isLessThan(bound);
      assertThat(distance(found.get(1), expected.get(1))).as("b, %s", dtype).isLessThan(bound);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x * sigmoid(x)",
        "x * tanh(softplus(x))",
        "where(x > 0.3, x^3, 0.5 * expm1(x))",
        "exp(-x^2 / 2) / sqrt(2 * pi)",
        "tanh(x)",
        "sin(x)^2 * x",
        "x^2.5 / (1 + x^2)",
        "3 * x",
        "7"
      })
  void derivativesOfAFormulaAgreeWithDifferencesTwice(String formula) {
    ElementFunction f = ElementFunction.of(formula);
    Tensor x = random(Shape.of(3, 4), 1).plus(1.5).detach();
    GradientCheck first = Gradients.check(t -> t.map(f).sum(), x);
    assertThat(first.within(1e-7)).as(first.toString()).isTrue();
    GradientCheck second = Gradients.check(t -> t.map(f).sum().gradient(t).pow(3).sum(), x);
    assertThat(second.within(1e-6)).as(second.toString()).isTrue();
  }

  @Test
  void aFunctionOfSeveralIsBroadcastAndDifferentiatedByEach() {
    ElementFunction f = ElementFunction.of("a * exp(-b * x) + a^2", "x", "a", "b");
    Tensor x = random(Shape.of(3, 4), 1);
    Tensor row = random(Shape.of(4), 2);
    Tensor one = Tensor.scalar(0.7);
    assertThat(f.apply(x, row, one).shape()).isEqualTo(Shape.of(3, 4));
    for (GradientCheck worst :
        List.of(
            Gradients.check(t -> f.apply(t, row, one).sum(), x),
            Gradients.check(t -> f.apply(x, t, one).sum(), row),
            Gradients.check(t -> f.apply(x, row, t).sum(), one),
            Gradients.check(t -> f.apply(x, row, t).sum().gradient(t).square(), one))) {
      assertThat(worst.within(1e-6)).as(worst.toString()).isTrue();
    }
  }

  @Test
  void theBitsAreThoseOfTheOperationsOnAnyNumberOfThreads() {
    ElementFunction swish = ElementFunction.of("x * sigmoid(x)");
    float[] numbers = new float[50_001];
    Philox random = Philox.of(3, 0);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (20 * random.uniformDouble(i) - 10);
    }
    Tensor x = Tensor.wrap(Shape.of(numbers.length), numbers);
    float[] expected = x.times(x.sigmoid()).floats();
    float[] gradient = swish.apply(x).sum().gradient(x).floats();
    for (int threads = 1; threads <= 3; threads++) {
      Engine engine = Engine.of("scalar", threads);
      assertThat(engine.call(() -> swish.apply(x).floats())).isEqualTo(expected);
      assertThat(engine.call(() -> swish.apply(x).sum().gradient(x).floats())).isEqualTo(gradient);
    }
  }

  /// The derivative of tanh by the result: no second tanh, and exactly 0 where it is 1.
  @Test
  void aDerivativeTakesTheResultWhereTheFunctionOccursInIt() {
    ElementFunction f = ElementFunction.of("tanh(x)");
    Tensor x = Tensor.of(-0.5, 0.25, 40);
    Tensor y = f.apply(x);
    Tensor g = y.sum().gradient(x);
    for (int i = 0; i < 3; i++) {
      assertThat(g.element(i)).isEqualTo(1 - y.element(i) * y.element(i));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x * sigmoid(z) | unknown name 'z'",
        "x * sigmoid(x  | unclosed parenthesis",
        "x / norm(x)    | norm runs over an array",
        "x +            | expected a number, a name or '(', found the end"
      })
  void aWrongFormulaIsOneSentenceWithACaret(String formula, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElementFunction.of(formula))
        .isInstanceOf(SyntaxException.class)
        .withMessageContaining(sentence)
        .withMessageContaining("^");
  }

  @Test
  void wrongInputsAreOneSentence() {
    ElementFunction f = ElementFunction.of("a - b", "a", "b");
    Tensor x = Tensor.of(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.apply(x))
        .withMessage("a - b: expected 2 tensors for a, b, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.apply(x, x.to(DType.F32)))
        .withMessageContaining("don't mix");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.apply(x, Tensor.of(1, 2, 3)))
        .withMessageContaining("a - b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElementFunction.of("x", "x", "x"))
        .withMessageContaining("each once");
  }

  private static Tensor random(Shape shape, long seed) {
    double[] values = new double[shape.size()];
    Philox random = Philox.of(seed, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.uniformDouble(i) - 1;
    }
    return Tensor.of(shape, values);
  }
}
