package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AverageTest {

  private static Network network(String model, long seed) {
    return Models.parse(model, 3).build(Shape.of(4), seed);
  }

  private static float value(Network network, int parameter) {
    return network.parameters().get(parameter).values().floats()[0];
  }

  @Test
  void isTheMeanOfEachWeightAndOfTheStatesOfLayers() {
    String model = "dense(5) | batch_norm | relu | dense(3)";
    Network mean = network(model, 1);
    Network second = network(model, 2);
    Network third = network(model, 3);
    float next = 1;
    for (Parameter state : second.states()) {
      Arrays.fill(state.values().floats(), next += 3);
    }
    List<double[]> expected = new ArrayList<>();
    for (int k = 0; k < all(mean).size(); k++) {
      double[] sum = new double[all(mean).get(k).size()];
      for (Network each : List.of(mean, second, third)) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += all(each).get(k).values().floats()[i];
        }
      }
      expected.add(sum);
    }
    float unchanged = value(second, 0);
    mean.average(List.of(second, third));
    for (int k = 0; k < expected.size(); k++) {
      for (int i = 0; i < expected.get(k).length; i++) {
        assertThat(all(mean).get(k).values().floats()[i])
            .as("%s %d", all(mean).get(k).name(), i)
            .isEqualTo((float) (expected.get(k)[i] / 3));
      }
    }
    assertThat(value(second, 0)).isEqualTo(unchanged);
  }

  private static List<Parameter> all(Network network) {
    List<Parameter> all = new ArrayList<>(network.parameters());
    all.addAll(network.states());
    return all;
  }

  @Test
  void othersMustBeOfTheSameModel() {
    Network mean = network("mlp(5)", 1);
    float before = value(mean, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mean.average(List.of(network("mlp(5)", 2), network("mlp(6)", 2))))
        .withMessageStartingWith("average: expected networks of one model, dense(5, relu)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mean.average(List.of()))
        .withMessage("average: expected other networks, found none");
    assertThat(value(mean, 0)).isEqualTo(before);
  }
}
