package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Losses against drawn answers: what is drawn, and what their gradients' squares estimate.
class DrawnTest {
  private static final int DRAWS = 4000;

  private static Tensor random(Shape shape, double scale, long seed) {
    double[] values = new double[shape.size()];
    Philox random = Philox.of(seed, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * random.normal(i);
    }
    return Tensor.of(shape, values);
  }

  /// Of a linear model on four rows the mean of the squares of drawn gradients is the diagonal of
  /// Σᵢ Jᵢᵀ Hᵢ Jᵢ, Hᵢ being the second derivatives of the loss by its predictions, which
  /// differences of gradients tell; they don't depend on the answers but by their number.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "softmax_cross_entropy | false",
        "softmax_cross_entropy | true",
        "softmax_cross_entropy(label_smoothing=0.3) | false",
        "softmax_cross_entropy(reduction=sum) | false",
        "bce | false",
        "bce(reduction=sum) | true",
        "bce(label_smoothing=0.2) | true",
        "mse | false",
        "mse | true",
        "mse_sum | false",
      })
  void squaresOfDrawnGradientsAreTheGaussNewtonDiagonalInTheMean(String text, boolean weighted) {
    Loss loss = Losses.parse(text);
    int outputs = 3;
    Tensor x = random(Shape.of(4, 2), 1, 1);
    Tensor w = random(Shape.of(2, outputs), 0.7, 2);
    Optional<Tensor> weights = weighted ? Optional.of(Tensor.of(0.5, 2, 0, 1.5)) : Optional.empty();
    double[] mean = new double[w.size()];
    for (int i = 0; i < DRAWS; i++) {
      Tensor drawn = loss.ofDrawn(x.matmul(w), weights, Philox.of(7, i)).orElseThrow();
      Tensor g = drawn.gradients(List.of(w)).getFirst();
      for (int k = 0; k < mean.length; k++) {
        mean[k] += g.element(k) * g.element(k) / DRAWS;
      }
    }
    Tensor target =
        text.startsWith("soft")
            ? Tensor.of(0, 2, 1, 1)
            : text.startsWith("bce")
                ? Tensor.of(Shape.of(4, outputs), 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0)
                : random(Shape.of(4, outputs), 1, 3);
    for (int k = 0; k < mean.length; k++) {
      double h = 1e-5;
      double above = slope(loss, x, w, k, h, target, weights);
      double below = slope(loss, x, w, k, -h, target, weights);
      double expected = (above - below) / (2 * h);
      assertThat(mean[k]).as("%s, number %d", text, k).isCloseTo(expected, within(0.1 * expected));
    }
  }

  /// The k-th number of the gradient with the k-th weight moved: of a linear model the second
  /// derivative is that of the Gauss–Newton matrix.
  private static double slope(
      Loss loss, Tensor x, Tensor w, int k, double by, Tensor target, Optional<Tensor> weights) {
    double[] moved = new double[w.size()];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = w.element(i) + (i == k ? by : 0);
    }
    Tensor at = Tensor.of(w.shape(), moved);
    Tensor prediction = x.matmul(at);
    Tensor value =
        weights.isPresent()
            ? loss.of(prediction, target, weights.get())
            : loss.of(prediction, target);
    return value.gradients(List.of(at)).getFirst().element(k);
  }

  /// Classes have the shares of softmax, however far the logits are from each other.
  @Test
  void classesAreDrawnByTheirShares() {
    Tensor logits = Tensor.of(Shape.of(1, 4), 1, -200, 0, 2);
    double[] shares = new double[4];
    for (int i = 0; i < DRAWS; i++) {
      shares[Drawn.classes(logits, Philox.of(3, i)).ints()[0]] += 1.0 / DRAWS;
    }
    Tensor expected = logits.softmax();
    for (int c = 0; c < 4; c++) {
      assertThat(shares[c]).isCloseTo(expected.element(c), within(0.025));
    }
    assertThat(shares[1]).isZero();
  }

  @Test
  void theSameNumbersDrawTheSameAnswers() {
    Tensor logits = random(Shape.of(50, 5), 1, 4);
    assertThat(Drawn.classes(logits, Philox.of(1, 2)).ints())
        .isEqualTo(Drawn.classes(logits, Philox.of(1, 2)).ints())
        .isNotEqualTo(Drawn.classes(logits, Philox.of(1, 3)).ints());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mae", "hinge", "softmax_cross_entropy(class_weights=(1, 2, 3))"})
  void otherLossesHaveNoDistribution(String text) {
    assertThat(
            Losses.parse(text)
                .ofDrawn(random(Shape.of(4, 3), 1, 5), Optional.empty(), Philox.of(0, 0)))
        .isEmpty();
  }
}
