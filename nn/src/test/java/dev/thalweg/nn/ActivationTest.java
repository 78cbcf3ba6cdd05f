package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.GradientCheck;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

  /// A line of the file that `tools/golden/activations.py` made.
  record Case(String text, Tensor x, Tensor y, Tensor gradient) {
    @Override
    public String toString() {
      return text;
    }

    /// How far value and derivative of an activation are from the file, relative to the larger of 1
    /// and the number.
    double error(Activation activation, DType dtype) {
      Tensor at = x.to(dtype).detach();
      Tensor found = activation.apply(at);
      return Math.max(distance(found, y), distance(found.sum().gradient(at), gradient));
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = ActivationTest.class.getResourceAsStream("/golden/activations.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> read(line.split("\t", -1))).toList();
    }
  }

  private static Case read(String[] fields) {
    return new Case(fields[0], numbers(fields[2]), numbers(fields[3]), numbers(fields[4]));
  }

  private static Tensor numbers(String text) {
    return Tensor.of(Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray());
  }

  private static double distance(Tensor found, Tensor expected) {
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      double wanted = expected.element(i);
      double error = Math.abs(found.element(i) - wanted) / Math.max(1, Math.abs(wanted));
      worst = error <= worst ? worst : error;
    }
    return worst;
  }

  static Stream<Activation> named() {
    return Activation.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valueAndDerivativeAreThoseOfPyTorch(Case c) {
    // PyTorch has a sixth in float32 there, whatever the tensor's precision
    double bound = c.text.equals("hard_sigmoid") ? 1e-8 : 1e-14;
    assertThat(c.error(Activation.parse(c.text), DType.F64)).isLessThan(bound);
    assertThat(c.error(Activation.parse(c.text), DType.F32)).isLessThan(1e-6);
  }

  @Test
  void everyActivationIsInTheFile() throws IOException {
    List<String> texts = cases().stream().map(Case::text).toList();
    assertThat(Activation.ALL).allMatch(activation -> texts.contains(activation.toString()));
  }

  /// What the comparison must notice.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relu | leaky_relu",
        "gelu | gelu_tanh",
        "elu | selu",
        "elu(0.5) | celu(0.5)",
        "leaky_relu(0.2) | leaky_relu(0.21)",
        "hard_swish | silu",
        "mish | silu",
        "hard_sigmoid | sigmoid",
        "relu6 | relu",
        "softplus | log_sigmoid",
        "softsign | tanh"
      })
  void anotherActivationIsNoticed(String text, String mutant) throws IOException {
    Case c = cases().stream().filter(one -> one.text.equals(text)).findFirst().orElseThrow();
    assertThat(c.error(Activation.parse(mutant), DType.F64)).isGreaterThan(1e-4);
  }

  /// Kernels stand for some formulas: values, derivatives, and derivatives of these.
  @ParameterizedTest
  @MethodSource("named")
  void whatRunsIsTheFormula(Activation activation) {
    double[] numbers = new double[161];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i - 80) / 8.0 + 1 / 64.0; // beside the kinks
    }
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      double bound = dtype == DType.F64 ? 1e-13 : 4e-6;
      Tensor x = Tensor.of(numbers).to(dtype).detach();
      Tensor y = activation.apply(x);
      Tensor formula = activation.function().apply(x);
      assertThat(distance(y, formula)).isLessThan(bound);
      Tensor g = y.square().sum().gradient(x);
      Tensor h = formula.square().sum().gradient(x);
      assertThat(distance(g, h)).isLessThan(bound);
      assertThat(distance(g.square().sum().gradient(x), h.square().sum().gradient(x)))
          .isLessThan(10 * bound);
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void aNameIsALayerAndAnArgument(Activation activation) {
    assertThat(Activation.parse(activation.toString())).isSameAs(activation);
    assertThat(Layers.parse(activation + "()")).isEqualTo(Layers.activation(activation));
    Dense dense = (Dense) Layers.parse("dense(3, " + activation + ")");
    assertThat(dense).isEqualTo(Layers.dense(3, activation));
    assertThat(Layers.parse(dense.toString())).isEqualTo(dense);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dense(8, leaky_relu(0.2)) | dense(8, leaky_relu(0.2))",
        "dense(8, leaky_relu(slope=0.01)) | dense(8, leaky_relu)",
        "dense(8, Swish) | dense(8, silu)",
        "dense(8, 'x*sigmoid(x)') | dense(8, 'x * sigmoid(x)')",
        "elu(0.5) | elu(0.5)",
        "swish() | silu()",
        "activation('x*sigmoid(x)') | activation('x * sigmoid(x)')",
        "activation(relu) | relu()"
      })
  void aLayerReadsBackInItsCanonicalForm(String text, String canonical) {
    Layer layer = Layers.parse(text);
    assertThat(layer).hasToString(canonical);
    assertThat(Layers.parse(canonical)).isEqualTo(layer);
  }

  @Test
  void aModelHasAFormulaForItsActivation() {
    Sequential own = Models.parse("mlp(8, activation='x * sigmoid(x)')", 3);
    Sequential silu = Models.parse("mlp(8, activation=silu, initializer=glorot_uniform)", 3);
    Tensor x = Tensor.of(Shape.of(2, 4), 1, -2, 0.5, 3, -1, 0, 2, -0.25).to(DType.F32);
    // the last layer's initializer is the same, too
    assertThat(own.build(Shape.of(4), 7).apply(x).toDoubles())
        .isEqualTo(silu.build(Shape.of(4), 7).apply(x).toDoubles());
  }

  @Test
  void gradientsOfAnOwnActivationHaveGradients() {
    Activation own = Activation.of("where(x > 0, x^2, x * exp(x))");
    Tensor x = Tensor.of(-1.5, -0.25, 0.5, 2);
    GradientCheck worst = Gradients.check(t -> own.apply(t).sum().gradient(t).pow(3).sum(), x);
    assertThat(worst.within(1e-6)).as(worst.toString()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dense(8, rellu) | unknown activation 'rellu' (did you mean 'relu'?)",
        "dense(8, leaky(0.1)) | unknown activation 'leaky'",
        "dense(8, elu(beta=1)) | unknown argument of elu 'beta'",
        "dense(8, celu(0)) | celu: alpha must not be 0",
        "dense(8, elu(high)) | elu: alpha must be a number, found high",
        "dense(8, relu(0.1)) | relu: expected at most 0 arguments, found 1",
        "dense(8, 'x * y') | unknown name 'y'",
        "dense(8, 'x *') | expected a number, a name or '(', found the end",
        "dense(8, '2 + 3') | expected a formula of x, found 2 + 3",
        "dense(8, 3) | activation must be a word, found 3",
        "activation() | activation: function is missing"
      })
  void aWrongTextIsOneSentence(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.parse(text))
        .withMessageContaining(sentence)
        .withMessageContaining("^");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aNumberMustBeFinite(double alpha) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.elu(alpha))
        .withMessage("elu: alpha must be finite, found " + alpha);
    assertThatIllegalArgumentException().isThrownBy(() -> Activation.leakyRelu(alpha));
    assertThatIllegalArgumentException().isThrownBy(() -> Activation.celu(alpha));
  }
}
