package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializersTest {

  private static float[] draw(String text, int rows, int columns) {
    return Initializer.parse(text).draw(Shape.of(rows, columns), rows, columns, Philox.of(3, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "glorot_uniform, 0.0066667, 0.1414214",
    "glorot_normal, 0.0066667, 10",
    "glorot_truncated_normal, 0.0066667, 0.1856463",
    "he_uniform, 0.01, 0.1732051",
    "he_normal, 0.01, 10",
    "he_truncated_normal, 0.01, 0.2273695",
    "lecun_uniform, 0.005, 0.1224745",
    "lecun_normal, 0.005, 10",
    "lecun_truncated_normal, 0.005, 0.1607745",
    "'variance_scaling(3, fan_out, uniform)', 0.03, 0.3",
    "'uniform(-0.3, 0.3)', 0.03, 0.3",
    "'normal(0, 0.2)', 0.04, 10",
    "constant(0.5), 0.25, 0.5",
    "ones, 1, 1",
    "zeros, 0, 0"
  })
  void valuesHaveTheVarianceOfTheirPaper(String text, double variance, double bound) {
    double squares = 0;
    double largest = 0;
    float[] values = draw(text, 200, 100);
    for (float x : values) {
      squares += (double) x * x;
      largest = Math.max(largest, Math.abs(x));
    }
    // The standard error of the variance of 20,000 numbers is at most 1 % of it.
    assertThat(squares / values.length).isBetween(variance * 0.96, variance * 1.04);
    assertThat(largest).isLessThanOrEqualTo(bound + 1e-7);
    if (text.contains("truncated") || text.contains("uniform")) {
      assertThat(largest).isGreaterThan(bound * 0.99);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "60, 20, 1",
    "20, 60, 1",
    "100, 100, 1",
    "30, 30, 1",
    "7, 1, 1",
    "1, 7, 1",
    "40, 10, 1.4"
  })
  void orthogonalRowsOrColumnsAreOrthonormal(int rows, int columns, double gain) {
    Tensor w =
        Tensor.wrap(
            Shape.of(rows, columns), draw("orthogonal(" + gain + ")", rows, columns).clone());
    Tensor products = rows < columns ? w.matmul(w.transpose()) : w.transpose().matmul(w);
    int n = Math.min(rows, columns);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(products.element(i * n + j)).isCloseTo(i == j ? gain * gain : 0, within(1e-6));
      }
    }
  }

  @Test
  void orthogonalIsTheSameEachTimeAndAnotherForAnotherStream() {
    assertThat(draw("orthogonal", 9, 5)).isEqualTo(draw("orthogonal", 9, 5));
    assertThat(Initializer.ORTHOGONAL.draw(Shape.of(9, 5), 9, 5, Philox.of(3, 2)))
        .isNotEqualTo(draw("orthogonal", 9, 5));
  }

  /// The first row of a large orthogonal matrix is hardly anything but a normal vector of length 1:
  /// a sign left to chance by the decomposition would show as a mean that is not 0.
  @Test
  void orthogonalHasNoPreferredSign() {
    int positive = 0;
    for (int seed = 0; seed < 400; seed++) {
      float[] w = Initializer.ORTHOGONAL.draw(Shape.of(3, 3), 3, 3, Philox.of(seed, 1));
      for (int i = 0; i < 3; i++) {
        positive += w[4 * i] > 0 ? 1 : 0;
      }
    }
    // 1,200 coins: standard deviation 17.
    assertThat(positive).isBetween(600 - 90, 600 + 90);
  }

  @Test
  void aLayersWeightsDoNotDependOnTheSizesOfOthers() {
    Network narrow = Sequential.of(Layers.dense(4), Layers.dense(3)).build(Shape.of(5), 7);
    Network wide = Sequential.of(Layers.dense(4), Layers.dense(6)).build(Shape.of(5), 7);
    assertThat(narrow.parameters().getFirst().values().floats())
        .isEqualTo(wide.parameters().getFirst().values().floats());
    Network same = Sequential.of(Layers.dense(4), Layers.dense(4)).build(Shape.of(4), 7);
    assertThat(same.parameters().get(0).values().floats())
        .isNotEqualTo(same.parameters().get(2).values().floats());
  }

  @Test
  void oneOfYourOwnIsAFunction() {
    Initializer eye =
        (shape, fanIn, fanOut, random) -> {
          float[] w = new float[shape.size()];
          for (int i = 0; i < shape.dimension(0); i++) {
            w[i * shape.dimension(1) + i] = 1;
          }
          return w;
        };
    Network network =
        Sequential.of(Layers.dense(3).withInitializer(eye).withBiasInitializer(Initializer.ONES))
            .build(Shape.of(3), 0);
    assertThat(network.apply(Tensor.ofFloats(Shape.of(1, 3), 5, 6, 7)).floats())
        .containsExactly(6, 7, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Sequential.of(Layers.dense(3).withInitializer((s, i, o, r) -> new float[2]))
                .build(Shape.of(3), 0))
        .withMessageContaining("expected 9 values for 1.weight, found 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "he_normal",
        "glorot_truncated_normal",
        "orthogonal",
        "orthogonal(1.4)",
        "constant(0.1)",
        "zeros",
        "ones",
        "uniform(-0.1, 0.2)",
        "normal(std=0.02)",
        "variance_scaling(3, fan_avg)",
        "variance_scaling(3, distribution=uniform)"
      })
  void aTextReadsBack(String text) {
    assertThat(Initializer.parse(text)).hasToString(text);
    assertThat(Initializer.parse(Initializer.parse(text).toString()))
        .isEqualTo(Initializer.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "he_norml | did you mean 'he_normal'",
        "he_normal(2) | expected at most 0 arguments",
        "constant | constant: value is missing",
        "constant(1e99) | constant: expected a finite float, found 1.0E99",
        "uniform(1, 0) | uniform: expected finite bounds in order, found 1.0 and 0.0",
        "normal(0, -1) | a standard deviation of at least 0",
        "variance_scaling(0) | variance_scaling: scale must lie in (0, ∞), found 0",
        "variance_scaling(1, fan) | unknown variance_scaling: mode 'fan'",
        "orthogonal(gain=1e99) | orthogonal: expected a finite gain"
      })
  void aWrongTextIsOneSentence(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.parse(text))
        .withMessageContaining(sentence);
  }
}
