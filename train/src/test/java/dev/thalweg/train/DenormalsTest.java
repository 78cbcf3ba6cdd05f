package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Denormal numbers cost some processors a hundred times what others cost. A training that succeeds
/// makes them: nearly certain predictions have tiny gradients. None may get into a product.
class DenormalsTest {
  private static final int FEATURES = 16;
  private static final int CLASSES = 4;

  /// Counts what is denormal in the factors of products and in sums.
  private static final class Counter {
    long products;
    long denormal;

    Kernels kernels() {
      InvocationHandler counting =
          (proxy, method, given) -> {
            if (method.getName().equals("matmul")) {
              boolean turnedA = (boolean) given[0];
              boolean turnedB = (boolean) given[1];
              int m = (int) given[2];
              int n = (int) given[3];
              int k = (int) given[4];
              look(turnedA ? k : m, turnedA ? m : k, given, 5);
              look(turnedB ? n : k, turnedB ? k : n, given, 8);
              products++;
            } else if (method.getName().equals("columnSums")) {
              look((int) given[0], (int) given[1], given, 2);
            }
            return method.invoke(ScalarKernels.INSTANCE, given);
          };
      Class<?>[] types = {Kernels.class};
      return (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), types, counting);
    }

    /// An array, its start and its stride are arguments from `at` on.
    private void look(int rows, int columns, Object[] given, int at) {
      float[] x = (float[]) given[at];
      for (int i = 0; i < rows; i++) {
        int row = (int) given[at + 1] + i * (int) given[at + 2];
        for (int j = row; j < row + columns; j++) {
          denormal += x[j] != 0 && Math.abs(x[j]) < Float.MIN_NORMAL ? 1 : 0;
        }
      }
    }
  }

  /// Classes that lie far apart: a few steps, and a network is as good as certain.
  private static Dataset apart() {
    int rows = 256;
    float[] x = new float[rows * FEATURES];
    int[] labels = new int[rows];
    Philox.of(11, 1).normal(0, x, 0, x.length, 0, 1);
    for (int i = 0; i < rows; i++) {
      labels[i] = i % CLASSES;
      x[i * FEATURES + labels[i]] += 9;
    }
    return Dataset.classification("apart", x, FEATURES, labels, List.of("a", "b", "c", "d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mlp(32)                           | adam(0.3) | softmax_cross_entropy",
        "mlp(32, 32)                       | adam(0.3) | softmax_cross_entropy",
        "mlp(32, activation=tanh)          | adam(0.5) | softmax_cross_entropy",
        "mlp(32, activation=sigmoid)       | adam(2)   | softmax_cross_entropy",
        "mlp(32, activation=gelu)          | adam(0.3) | softmax_cross_entropy",
        "mlp(32, activation=softplus)      | adam(0.3) | softmax_cross_entropy",
        "mlp(32, activation=silu)          | adam(0.3) | softmax_cross_entropy",
        "mlp(32, activation=leaky_relu)    | adam(0.3) | softmax_cross_entropy",
        "mlp(32, activation=elu)           | adam(0.3) | softmax_cross_entropy",
        "mlp(32, dropout=0.2)              | adam(0.3) | softmax_cross_entropy",
        "linear                            | adam(9)   | softmax_cross_entropy",
        "mlp(32)                           | adam(0.3) | softmax_cross_entropy(class_weights=[1, 2,"
            + " 3, 4])",
      })
  void noneGetsIntoAProduct(String model, String optimizer, String loss) {
    Counter counter = new Counter();
    FittedModel fitted =
        Trainer.defaults()
            .withEngine(Engine.of(counter.kernels(), 1))
            .withBatchSize(32)
            .withEpochs(25)
            .withStandardize(false)
            .fit(
                Models.parse(model, CLASSES),
                Losses.parse(loss),
                Optimizer.parse(optimizer),
                apart());
    assertThat(counter.products).isGreaterThan(300);
    assertThat(fitted.evaluate(apart()).loss()).isLessThan(0.01);
    assertThat(counter.denormal).isZero();
  }
}
