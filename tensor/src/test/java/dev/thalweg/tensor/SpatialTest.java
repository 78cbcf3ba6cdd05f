package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpatialTest {

  private static Tensor random(long seed, int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[shape.size()];
    Philox random = Philox.of(seed, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.uniformDouble(i) - 1;
    }
    return Tensor.of(shape, values);
  }

  /// The sum of the definition, number by number.
  private static double convolved(
      Tensor x, Tensor w, Window window, int groups, int i, int oy, int ox, int f) {
    int[] s = x.dimensions();
    int depth = s[3] / groups;
    int filters = w.shape().dimension(3);
    int first = f / (filters / groups) * depth;
    double sum = 0;
    for (int ky = 0; ky < window.kernelHeight(); ky++) {
      for (int kx = 0; kx < window.kernelWidth(); kx++) {
        int iy = oy * window.strideY() - window.top() + ky * window.dilationY();
        int ix = ox * window.strideX() - window.left() + kx * window.dilationX();
        for (int c = 0; iy >= 0 && iy < s[1] && ix >= 0 && ix < s[2] && c < depth; c++) {
          double pixel = x.element(((i * s[1] + iy) * s[2] + ix) * s[3] + first + c);
          int at = ((ky * window.kernelWidth() + kx) * depth + c) * filters + f;
          sum += pixel * w.element(at);
        }
      }
    }
    return sum;
  }

  @Test
  void convolutionIsTheSumOfItsDefinition() {
    Window window = Window.of(3, 2).withStride(2, 1).withDilation(1, 2).withPadding(1, 0, 2, 1);
    Tensor x = random(1, 2, 7, 6, 4);
    Tensor w = random(2, 3, 2, 2, 6);
    Tensor bias = random(3, 6);
    Tensor y = Spatial.conv2d(x, w, bias, window, 2);
    assertThat(y.dimensions()).containsExactly(2, 3, 7, 6);
    int at = 0;
    for (int i = 0; i < 2; i++) {
      for (int oy = 0; oy < 3; oy++) {
        for (int ox = 0; ox < 7; ox++) {
          for (int f = 0; f < 6; f++) {
            double expected = convolved(x, w, window, 2, i, oy, ox, f) + bias.element(f);
            assertThat(y.element(at++)).isBetween(expected - 1e-14, expected + 1e-14);
          }
        }
      }
    }
  }

  @Test
  void transposedConvolutionIsTheGradientByTheInput() {
    Window window = Window.of(3, 3).withStride(2, 2).withPadding(1, 1);
    Tensor x = random(1, 2, 8, 7, 4);
    Tensor w = random(2, 3, 3, 2, 6);
    Tensor y = Spatial.conv2d(x, w, window, 2);
    Tensor g = random(3, 2, 4, 4, 6);
    Tensor expected = y.times(g).sum().gradient(x);
    Tensor found = Spatial.convTranspose2d(g, w, window, 2, 8, 7);
    assertThat(found.toDoubles()).containsExactly(expected.toDoubles());
  }

  @Test
  void theFirstOfEqualNumbersIsTheMaximum() {
    Tensor x = Tensor.of(Shape.of(1, 2, 4, 1), 1, 3, 2, 2, 3, 0, 2, Double.NaN).detach();
    Tensor y = Spatial.maxPool(x, Window.of(2, 2).withStride(2, 2));
    assertThat(y.toDoubles()).containsExactly(3, Double.NaN);
    assertThat(y.sum().gradient(x).toDoubles()).containsExactly(0, 1, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void paddingCountsInAMeanOrNot() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 1), 6, 3, 9);
    Window window = Window.of(1, 2).withStride(1, 2).withPadding(0, 1);
    assertThat(Spatial.avgPool(x, window, true).toDoubles()).containsExactly(3, 6);
    assertThat(Spatial.avgPool(x, window, false).toDoubles()).containsExactly(6, 6);
  }

  @Test
  void imagesAreEnlargedByTheNearestPixelOrInBetween() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 1), 1, 3);
    assertThat(Spatial.upsampleNearest(x, 1, 4).toDoubles()).containsExactly(1, 1, 3, 3);
    assertThat(Spatial.upsampleBilinear(x, 2, 4).toDoubles())
        .containsExactly(1, 1.5, 2.5, 3, 1, 1.5, 2.5, 3);
    Tensor wide = Tensor.of(Shape.of(1, 1, 3, 1), 1, 2, 6);
    assertThat(Spatial.adaptiveAvgPool(wide, 1, 1).item()).isEqualTo(3);
    assertThat(Spatial.adaptiveAvgPool(wide, 1, 2).toDoubles()).containsExactly(1.5, 4);
  }

  @Test
  void bordersAreAddedAndTakenAway() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
    assertThat(Spatial.pad(x, 1, -1, 0, 1, 9).toDoubles()).containsExactly(9, 9, 9, 1, 2, 9);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(1, 4, 5, 4));
    Tensor w = Tensor.zeros(DType.F32, Shape.of(3, 3, 4, 6));
    Window window = Window.of(3, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.conv2d(x, w, Window.of(3, 2), 1))
        .withMessage("conv2d: expected weights of [3, 2, …, …], found shape [3, 3, 4, 6]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.conv2d(x, w, window, 2))
        .withMessage(
            "conv2d: expected weights of 4 channels in 2 groups, found [3, 3, 4, 6] for images of"
                + " [1, 4, 5, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.conv2d(x.flatten(), w, window, 1))
        .withMessage(
            "conv2d: expected images of [images, height, width, channels], found shape [1, 80]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.conv2d(x, w, Tensor.zeros(DType.F32, Shape.of(4)), window, 1))
        .withMessage("conv2d: expected a bias of [6], a number for each filter, found [4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.conv2d(x, w.to(DType.F64), window, 1))
        .withMessageContaining("conv2d: F32 and F64 don't mix");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.convTranspose2d(x, w, window, 1, 6, 7))
        .withMessageContaining("expected weights of 4 filters");
    Tensor v = Tensor.zeros(DType.F32, Shape.of(3, 3, 6, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.convTranspose2d(x, v, window, 1, 6, 8))
        .withMessage(
            "convTranspose2d: an output of 6 x 8 is for images of 4 x 6, found [1, 4, 5, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spatial.maxPool(x.flatten(), window))
        .withMessageContaining("maxPool: expected images");
  }

  /// What the derivative of relu has cleaned of tiny numbers need not be cleaned again.
  @Test
  void aGradientWithoutTinyNumbersStaysOneThroughWindowsThatLieApart() {
    Tensor x = random(3, 2, 6, 6, 4).to(DType.F32).detach();
    Window two = Window.of(2, 2).withStride(2, 2);
    Tensor apart = Spatial.maxPool(x, two).relu().sum().gradients(List.of(x)).get(0);
    assertThat(apart.isWithoutNegligible()).isTrue();
    assertThat(apart.reshape(12, 24).isWithoutNegligible()).isTrue();
    // two windows may add what cancels all but a tiny rest
    Tensor together =
        Spatial.maxPool(x, two.withStride(1, 2)).relu().sum().gradients(List.of(x)).get(0);
    assertThat(together.isWithoutNegligible()).isFalse();
  }
}
