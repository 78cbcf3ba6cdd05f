package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
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
    second.states().getFirst().values().floats()[0] = 3;
    for (Network each : List.of(mean, second, third)) {
      for (Parameter parameter : each.parameters()) {
        assertThat(parameter.size()).isPositive();
      }
    }
    double expected = ((double) value(mean, 0) + value(second, 0) + value(third, 0)) / 3;
    float unchanged = value(second, 0);
    mean.average(List.of(second, third));
    assertThat(value(mean, 0)).isEqualTo((float) expected);
    assertThat(value(second, 0)).isEqualTo(unchanged);
    assertThat(mean.states().getFirst().values().floats()[0]).isEqualTo(1);
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
